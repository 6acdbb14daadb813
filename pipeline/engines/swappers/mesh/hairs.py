"""What of the performer's hair stays on the identity's face: lashes, and the strokes that brows are made of.

A photo is seldom as sharp as the plate, and lashes are thinner than the chart's texels: painted alone they are a smear,
and brows look airbrushed.
"""

import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import Matte
from pipeline.imaging.bands import gaussian, ramp
from pipeline.project.identity_stages import GradeSettings

LEAST = 1e-6
"""Keeps quotients finite where there is no brow."""


def lashes_kept(painted: Matte, calm: Matte, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """(size, size) share of the performer's own lids, by luma detail (size, size) of the identity and the calm plate.

    None where the photo's lash line is as crisp as the plate's, or light: such lids are a likeness, not a smear.
    """
    line, stroke = masks.lash_line, grade.hair_stroke * len(painted)
    crisper = _roughness(calm, line, stroke) / (_roughness(painted, line, stroke) + LEAST)
    dark = -float((painted * line).sum() / line.sum())
    share = ramp(crisper, grade.lash_start, grade.lash_end) * ramp(dark, grade.lash_dark_start, grade.lash_dark_end)
    return masks.lashes * np.float32(grade.lash_most * share)


def line_crispness(painted: Matte, calm: Matte, masks: ChartMasks, grade: GradeSettings) -> float:
    """`line_least`..1: crispness of the calm plate's lashes and brows over the identity's, by luma detail (size, size).

    Lines far crisper than the plate can show them shimmer when they move.
    """
    where, stroke = np.maximum(masks.lash_line, masks.brows), grade.hair_stroke * len(painted)
    ratio = _roughness(calm, where, stroke) / (_roughness(painted, where, stroke) + LEAST)
    return float(np.clip(ratio, grade.line_least, 1.0))


def brow_hairs(painted: Matte, calm: Matte, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """(size, size) luma detail to add to `painted` where both it and the `calm` plate show brows.

    As much of the performer's hairs as makes the brows `brow_hair` times as rough as theirs: squares of roughness add.
    """
    size = len(painted)
    both = masks.brows.copy()
    for luma in (painted, calm):
        dark = -gaussian(luma, grade.brow_hair_size * size)
        both *= ramp(dark, grade.brow_dark_start, grade.brow_dark_end)
    both = gaussian(both, grade.hair_stroke * size)
    theirs, own = (_roughness(luma, both, grade.hair_stroke * size) for luma in (calm, painted))
    lacking = np.sqrt(max((grade.brow_hair * theirs) ** 2 - own**2, 0.0)) / (theirs + LEAST)
    return np.asarray(both * np.float32(lacking) * (calm - gaussian(calm, grade.brow_hair_size * size)), np.float32)


def _roughness(luma: Matte, where: Matte, sigma: float) -> float:
    strokes = luma - gaussian(luma, sigma)
    return float(np.sqrt((strokes**2 * where**2).sum() / ((where**2).sum() + LEAST)))
