"""What was measured of the drafts that are shown, face by face and frame by frame, and which of it still holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from pipeline.project.frame_changes import changed_among, changed_frames, never
from pipeline.project.project import Project

AU_ERROR, LANDMARKS = "expression_error", "landmarks"
"""The measures that are drawn along the timeline, named as in docs/measuring.md."""

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one frame. `limit`: up to which it is good, NaN: it has none."""

    value: float
    fresh: bool
    """Whether it is of the picture as it is now."""
    limit: float

    @property
    def is_over(self) -> bool:
        return self.value > self.limit


@dataclass(slots=True, eq=False)
class FaceFigures:
    """All that is known of one face's drafts. `values` (measures, frames), NaN where nothing is known; `limits`
    (measures,); `measured`, `fresh` (frames,): looked at at all, and as it is drawn now.
    """

    measures: tuple[str, ...]
    limits: Values
    values: Values
    measured: Mask
    fresh: Mask

    @staticmethod
    def of_none(measures: tuple[str, ...], limits: Values, frames: int) -> "FaceFigures":
        """Of a plate of so many frames, nothing measured."""
        empty = np.full((len(measures), frames), np.nan, np.float32)
        return FaceFigures(measures, limits, empty, np.zeros(frames, np.bool_), np.zeros(frames, np.bool_))

    def row(self, measure: str) -> int | None:
        """Where a measure's values are; None: it isn't taken."""
        return self.measures.index(measure) if measure in self.measures else None

    def figure(self, measure: str, frame: int) -> Figure | None:
        """One measure of a frame; None where it isn't known."""
        row = self.row(measure)
        if row is None or not 0 <= frame < self.values.shape[1]:
            return None
        value = float(self.values[row, frame])
        return None if math.isnan(value) else Figure(value, bool(self.fresh[frame]), float(self.limits[row]))


class DraftFigures(QObject):
    """Filled by the worker's answers; an edit puts the frames that it touches out of date at once."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._faces: dict[str, FaceFigures] = {}
        document.opened.connect(self._start_over)
        document.changed.connect(self._put_out_of_date)

    def of(self, face: str | None) -> FaceFigures | None:
        """What is known of a face's drafts; None where nothing is."""
        return None if face is None else self._faces.get(face)

    def figure(self, face: str | None, measure: str, frame: int) -> Figure | None:
        """One measure of one frame; None where it isn't known."""
        known = self.of(face)
        return None if known is None else known.figure(measure, frame)

    def put(
        self,
        face: str,
        measures: tuple[str, ...],
        limits: Values,
        frames: Sequence[int],
        fresh: Mask,
        values: Values,
        made_of: Project,
    ) -> None:
        """Figures that came: `values` (measures, n) of `frames`; `fresh` (n,) as `made_of` draws them."""
        plate = self._document.plate
        if plate is None or self._document.face(face) is None:
            return
        known = self._faces.get(face)
        if known is None or known.measures != measures or known.values.shape[1] != plate.frames:
            known = self._faces[face] = FaceFigures.of_none(measures, limits, plate.frames)
        places = np.asarray(frames, np.int64)
        inside = (places >= 0) & (places < plate.frames)
        places = places[inside]
        known.values[:, places] = values[:, inside]
        known.measured[places] = True
        known.fresh[places] = fresh[inside]
        if made_of is not self._document.project:
            ordered = np.sort(places).tolist()
            known.fresh[changed_among(made_of, self._document.project, face, ordered)] = False
        self.changed.emit()

    def _put_out_of_date(self, old: Project, new: Project) -> None:
        touched = False
        for face, known in self._faces.items():
            if changed_frames(old, new, face) is never:
                continue
            frames = changed_among(old, new, face, np.flatnonzero(known.fresh).tolist())
            known.fresh[frames] = False
            touched = touched or bool(frames)
        if touched:
            self.changed.emit()

    def _start_over(self) -> None:
        self._faces.clear()
        self.changed.emit()
