"""Time slices through the face: one line of the face chart a frame, side by side. What swims draws a wave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.uv import chart

CHART = 256
LEAST_WIDTH = 360
"""A slice of fewer columns is widened to about this many pixels."""


@dataclass(frozen=True, slots=True)
class SliceLine:
    """A line of the chart through the landmark `through`: a row of it or a column, between two landmarks' ends."""

    label: str
    through: int
    along: str
    """"u" for a row, "v" for a column."""


LINES = (
    SliceLine("brows", 105, "u"),
    SliceLine("eyes to cheeks, right", 50, "v"),
    SliceLine("cheeks and nose", 50, "u"),
    SliceLine("upper lip", 164, "u"),
    SliceLine("chin", 199, "u"),
)


class SliceBuilder:
    """Gathers the slices of one film, frame by frame."""

    def __init__(self) -> None:
        self._chart = chart(CHART)
        self._columns: dict[str, list[ImageU8]] = {line.label: [] for line in LINES}

    def add(self, picture: ImageU8 | None, landmarks: NDArray[np.floating] | None) -> None:
        """The next frame (h, w, 3 RGB) at the plate's smoothed landmarks; a missing one leaves a black column."""
        if picture is None or landmarks is None:
            for columns in self._columns.values():
                columns.append(np.zeros((CHART, 3), np.uint8))
            return
        texture = self._chart.unwrap(picture.astype(np.float32), np.asarray(landmarks, np.float64))
        texture = np.where(self._chart.covered[..., None], texture, 0.0)
        for line in LINES:
            u, v = np.rint(self._chart.points[line.through]).astype(int)
            values = texture[v] if line.along == "u" else texture[:, u]
            self._columns[line.label].append(np.clip(np.rint(values), 0, 255).astype(np.uint8))

    def slices(self) -> dict[str, ImageU8]:
        """(CHART, T, 3) by label: position downwards, time to the right, black margins cut."""
        return {label: _trimmed(np.stack(columns, axis=1)) for label, columns in self._columns.items() if columns}


def _trimmed(picture: ImageU8) -> ImageU8:
    """Without the black margins; a short film's columns are widened until they can be seen."""
    used = np.nonzero(picture.any(axis=(1, 2)))[0]
    kept = picture[used[0] : used[-1] + 1] if len(used) else picture
    return np.repeat(kept, max(1, round(LEAST_WIDTH / kept.shape[1])), axis=1)
