"""What a single clear frame says beyond the bench's figures: kept samples, seam, highlights, brows."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width
from pipeline.quality.highlights import Highlights, highlights
from pipeline.quality.kept_samples import KeptSamples, kept_samples
from pipeline.quality.known_face import KnownFace, kept_as_known
from pipeline.quality.pixel_meter import PlateFrame, cut
from pipeline.quality.seam import SeamStep, matte_outline, mesh_outline, seam_step
from pipeline.quality.signal_noise import decibels, mean_squared_error

NAN = math.nan


@dataclass(frozen=True, slots=True)
class CloseMeasures:
    """One frame; NaN where a value could not be taken. `brows`: PSNR of the result inside the plate's brows, dB."""

    kept: KeptSamples
    seam: SeamStep
    highlights: Highlights
    brows: float


UNSEEN = CloseMeasures(KeptSamples(NAN, NAN), SeamStep(NAN, NAN), Highlights(NAN, NAN), NAN)


def close_measures(
    plate: PlateFrame, result: ImageU8, own: NDArray[np.floating], new: NDArray[np.floating]
) -> CloseMeasures:
    """Measure one clear frame of any film (h, w, 3 RGB) beside the plate's.

    `own`, `new` (478, ≥ 2): landmarks found in the plate and in the result. The seam is looked for along the mesh's
    outline, and kept samples are followed in the pictures.
    """
    wide = face_width(plate.landmarks)
    outline = mesh_outline(plate.landmarks)
    return _whole_face(
        plate, result, kept_samples(plate.picture, result, own, new), seam_step(plate.picture, result, outline, wide)
    )


def known_measures(plate: PlateFrame, result: ImageU8, known: KnownFace | None) -> CloseMeasures:
    """The same of a render that knows where it drew and where the plate's samples went.

    `known` None: not asked for on this frame, which then has no seam and no kept samples.
    """
    if known is None:
        return _whole_face(plate, result, UNSEEN.kept, UNSEEN.seam)
    wide = face_width(plate.landmarks)
    outline = matte_outline(known.matte)
    seam = UNSEEN.seam if outline is None else seam_step(plate.picture, result, outline, wide)
    return _whole_face(plate, result, kept_as_known(known, result), seam)


def _whole_face(plate: PlateFrame, result: ImageU8, kept: KeptSamples, seam: SeamStep) -> CloseMeasures:
    before, after = cut(plate.picture, plate.rect), cut(result, plate.rect)
    return CloseMeasures(
        kept=kept,
        seam=seam,
        highlights=highlights(before, after, plate.regions.skin),
        brows=float(decibels(mean_squared_error(before, after, plate.regions.brows))),
    )
