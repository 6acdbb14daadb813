"""Whose face is it? Distances by dlib's face recognition network, which nothing in the engine has ever seen.

The network comes with the test extra only (`dlib-bin`, `face-recognition-models`); where it is absent, identity is
left out of a report and that is said. Descriptors are 128 numbers of unit order; dlib's own threshold for
"the same person" is a Euclidean distance of 0.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelMissing
from pipeline.imaging.arrays import ImageU8

Descriptor = NDArray[np.float64]
"""(128,)."""

_PACKAGE = "face_recognition_models"
_RESNET = "dlib_face_recognition_resnet_model_v1.dat"
_FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"
BOX_TOP, BOX_BOTTOM = 70, 152
"""Landmarks at the height of the brows and of the chin: dlib's own detector frames a face from here to there."""
SAME_PERSON = 0.6


def identity_missing() -> str | None:
    """Why identity can't be measured here, in words; None where it can."""
    absent = [name for name in ("dlib", _PACKAGE) if util.find_spec(name) is None]
    if not absent:
        return None
    return f"identity is not measured: {' and '.join(absent)} not installed (they come with the test extra)"


class IdentityMeter:
    """Embeds faces. Owns the network; not for several threads at once.

    Raises
    ------
    ModelMissing
        dlib or its networks are not installed.
    """

    def __init__(self) -> None:
        reason = identity_missing()
        if reason is not None:
            raise ModelMissing(f"{reason}. Install likeness with the extra test.")
        import dlib

        folder = _models_folder()
        self._dlib: Any = dlib
        self._points: Any = dlib.shape_predictor(str(folder / _FIVE_POINTS))
        self._network: Any = dlib.face_recognition_model_v1(str(folder / _RESNET))

    def embed(self, image: ImageU8, landmarks: NDArray[np.floating]) -> Descriptor:
        """Descriptor of the face with these `landmarks` (468.., ≥ 2) in an RGB picture.

        The landmarks only place the box; the alignment inside it is dlib's own.
        """
        x0, y0, x1, y1 = face_box(landmarks)
        shape = self._points(np.ascontiguousarray(image), self._dlib.rectangle(x0, y0, x1, y1))
        values = self._network.compute_face_descriptor(np.ascontiguousarray(image), shape)
        return np.asarray(values, np.float64)


def face_box(landmarks: NDArray[np.floating]) -> tuple[int, int, int, int]:
    """A square from the brows to the chin, as dlib's detector frames faces: x0, y0, x1, y1 in pixels, inclusive."""
    xy = np.asarray(landmarks[:468, :2], np.float64)
    low, high = xy.min(0), xy.max(0)
    top = low[1] + 0.18 * (high[1] - low[1])
    side = max(high[1] - top, 0.92 * (high[0] - low[0]))
    x, y = (low[0] + high[0]) / 2, (top + high[1]) / 2
    return round(x - side / 2), round(y - side / 2), round(x + side / 2), round(y + side / 2)


@dataclass(frozen=True, slots=True, eq=False)
class IdentityDistances:
    """Mean distances over the frames looked at.

    `to_source`: to the source photos (mean over photos). `to_performer`: to the plate's person, the mean over
    several clear plate frames spread over the film: photo against photo on both sides, no averaged face that lies near
    everybody. `to_same_frame`: to the plate's own frame, which shares pose and light. `nearer_source`: share of
    frames nearer the source than the performer. `frames`: how many frames were looked at.
    """

    to_source: float
    to_performer: float
    to_same_frame: float
    nearer_source: float
    frames: int


def identity_distances(
    results: Sequence[Descriptor],
    sources: Sequence[Descriptor],
    performer: Sequence[Descriptor],
    same_frames: Sequence[Descriptor],
) -> IdentityDistances:
    """Summarise descriptors of result frames against the source's photos and the plate's person."""
    to_source, to_performer = mean_distances(results, sources), mean_distances(results, performer)
    own = np.linalg.norm(np.stack(results) - np.stack(same_frames), axis=1)
    return IdentityDistances(
        to_source=float(to_source.mean()),
        to_performer=float(to_performer.mean()),
        to_same_frame=float(own.mean()),
        nearer_source=float((to_source < to_performer).mean()),
        frames=len(results),
    )


def mean_distances(results: Sequence[Descriptor], people: Sequence[Descriptor]) -> NDArray[np.float64]:
    """(T,) of each result, the mean distance to all of `people`."""
    return np.asarray(_distances(results, people).mean(1), np.float64)


def _distances(a: Sequence[Descriptor], b: Sequence[Descriptor]) -> NDArray[np.float64]:
    """(len(a), len(b)) Euclidean distances."""
    first, second = np.stack(a), np.stack(b)
    return np.asarray(np.linalg.norm(first[:, None] - second[None], axis=2), np.float64)


def _models_folder() -> Path:
    """Where the networks' files lie: found without importing the package, whose own lookup needs setuptools."""
    spec = util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"{_PACKAGE} is not installed. Install likeness with the extra test.")
    return Path(spec.origin).parent / "models"
