"""One frame of a result against its plate, by itself: what can be said without the frames around it.

A film's measure follows the face through both films; here both pictures are read in one region, that of the plate's
smoothed landmarks, so that any frame may be measured in any order and again, and comes out the same.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceMesh, SourcePhoto
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.recognizers.faceres import FaceResRecognizer
from pipeline.engines.regions import tracking_region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width
from pipeline.quality.expression import SIGMA_MEASURED
from pipeline.quality.landmark_distance import landmark_distance, pose_distance
from pipeline.quality.pixel_meter import PlateFrame, PlateMeter, ResultMeter
from pipeline.quality.seam import mesh_outline, seam_step

Embedding = NDArray[np.float32]
"""(1024,) of unit length."""

NAN = math.nan


@dataclass(frozen=True, slots=True)
class FrameMeasures:
    """One face in one frame; NaN where a value could not be taken."""

    expression_error: float = NAN
    """Root mean square over the units that move in the plate of the result's score minus the plate's (0..1)."""
    landmarks: float = NAN
    """Mean landmark distance, pose aligned, % of the plate's face diagonal."""
    pose: float = NAN
    """Displacement of the whole face, % of the diagonal."""
    skin_excess: float = NAN
    """ΔE2000 of the skin against the plate's forehead–neck ring, beyond the plate's own."""
    seam_worst: float = NAN
    """ΔE2000 across the mesh's outline beyond the plate's own, worst 5 % of it."""
    sharpness: float = NAN
    """Fine detail of the result's skin over the plate's."""
    alike_source: float = NAN
    """Likeness to the photos, dot product of embeddings by the recogniser that ships: -1..1, 1 is the same picture."""
    alike_performer: float = NAN
    """The same to the plate's own face in this frame."""


MEASURES: tuple[str, ...] = tuple(each.name for each in fields(FrameMeasures))

LIMITS: Mapping[str, float] = {"expression_error": 0.15, "landmarks": 4.2, "skin_excess": 2.0, "seam_worst": 4.0}
"""The values up to which a frame is good; those of `film_summary`, which ranks a film's frames by them."""


class FrameMeter:
    """Measures one face frame by frame. Not for several threads at once.

    `scores` (T, 52) are the plate's over its clear frames: they say which units move. `photos` are the identity's;
    without any, likeness is left out.
    """

    def __init__(self, pool: SessionPool, scores: NDArray[np.floating], photos: Sequence[SourcePhoto]) -> None:
        self._landmarker = FaceMeshLandmarker(pool)
        self._recognizer = FaceResRecognizer(pool) if photos else None
        self._moving = np.asarray(scores, np.float64).std(0) > SIGMA_MEASURED if len(scores) else np.zeros(52, np.bool_)
        self._photos = photos
        self._source: Embedding | None = None

    def measure(
        self,
        plate: ImageU8,
        result: ImageU8,
        steady: NDArray[np.floating],
        likeness: bool = True,
        corrected: NDArray[np.floating] | None = None,
    ) -> FrameMeasures:
        """Measure one frame (h, w, 3 RGB) of both with nothing before the face.

        `steady` (478, 3) are the face's smoothed landmarks, pixels. Without `likeness` that is left out: it takes as
        long as all the rest. `corrected` (478, 3): pixels by which a person moved what is found in the plate.
        """
        region = tracking_region(np.asarray(steady, np.float32))
        own, new = (self._landmarker.locate_rois(picture, [region])[0] for picture in (plate, result))
        if min(own.presence, new.presence) <= PRESENT:
            return FrameMeasures()
        found = own.landmarks if corrected is None else own.landmarks + corrected
        first, second = found[None], new.landmarks[None]
        error = (new.scores.astype(np.float64) - own.scores)[self._moving]
        skin_excess, seam_worst, sharpness = _of_pixels(plate, result, steady)
        alike = self._likeness(plate, own, result, new) if likeness else (NAN, NAN)
        return FrameMeasures(
            expression_error=float(np.sqrt((error**2).mean())) if len(error) else NAN,
            landmarks=float(landmark_distance(first, second)[0]),
            pose=float(pose_distance(first, second)[0]),
            skin_excess=skin_excess,
            seam_worst=seam_worst,
            sharpness=sharpness,
            alike_source=alike[0],
            alike_performer=alike[1],
        )

    def _likeness(self, plate: ImageU8, own: FaceMesh, result: ImageU8, new: FaceMesh) -> tuple[float, float]:
        if self._recognizer is None:
            return NAN, NAN
        if self._source is None:
            total = np.sum([self._recognizer.embed(each.image, each.mesh) for each in self._photos], axis=0)
            self._source = np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float32)
        shown = self._recognizer.embed(result, new)
        return float(shown @ self._source), float(shown @ self._recognizer.embed(plate, own))


def row(measures: FrameMeasures) -> NDArray[np.float32]:
    """(n,) the values in the order of `MEASURES`."""
    return np.array(astuple(measures), np.float32)


def _of_pixels(plate: ImageU8, result: ImageU8, steady: NDArray[np.floating]) -> tuple[float, float, float]:
    """Skin's excess, the seam's worst, sharpness."""
    seen: PlateFrame | None = PlateMeter().add(plate, steady, True)
    if seen is None:
        return NAN, NAN, NAN
    still = ResultMeter().add(seen, result, True).still
    seam = seam_step(plate, result, mesh_outline(steady), face_width(steady))
    return still.tone.excess, seam.worst, still.sharpness
