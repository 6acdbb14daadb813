"""What of the performer's hair stays on the identity's face: lashes, and the strokes that brows are made of.

A photo is seldom as sharp as the plate, and lashes are thinner than the chart's texels: painted alone they are a smear,
and brows look airbrushed.
"""

from typing import NamedTuple

import cv2
import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import Matte
from pipeline.imaging.bands import gaussian, normalised_blur, ramp
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


def brow_hairs(painted: Matte, calm: Matte, bare: Matte, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """(size, size) luma detail to add to `painted`: the performer's hairs, laid along the identity's brows.

    As many as make the brows `brow_hair` times as rough along them as theirs: squares of roughness add. Hairs end
    raggedly at a brow's edges, so the `calm` plate's brow is laid onto the painted one edge on edge. `bare`: 1 where no
    hair of the head lies over the performer's brow.
    """
    size = len(painted)
    fine = (calm - gaussian(calm, grade.brow_hair_size * size)) * masks.brows * bare
    dark = np.maximum(-gaussian(painted, grade.brow_hair_size * size), 0) * masks.brows
    theirs = np.maximum(-gaussian(calm, grade.brow_hair_size * size), 0) * masks.brows * bare
    laid = np.zeros_like(painted)
    for half in (np.s_[:, : size // 2], np.s_[:, size // 2 :]):
        if dark[half].any() and theirs[half].any():
            laid[half] = _laid_along(fine[half], _lie(theirs[half], grade), _lie(dark[half], grade), grade.brow_stretch)
    shown, own = (
        gaussian(ramp(each, grade.brow_dark_start, grade.brow_dark_end), grade.hair_stroke * size)
        for each in (dark, theirs)
    )
    wanted, has, given = (
        _hairiness(luma, where, grade.hair_stroke * size)
        for luma, where in ((calm, own), (painted, shown), (laid, shown))
    )
    lacking = np.sqrt(max((grade.brow_hair * wanted) ** 2 - has**2, 0.0)) / (given + LEAST)
    added = shown * np.float32(min(lacking, grade.brow_hair_most)) * laid
    # What shows between hairs is skin, and no lighter; the brow stays as dark as it is.
    most = np.maximum(-painted, 0)
    darker = gaussian(np.minimum(added, most), grade.brow_hair_size * size)
    return np.asarray(np.minimum(added - shown * darker, most), np.float32)


def brow_rims(painted: Matte, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """(size, size) luma detail by which skin along the brows is lighter than the skin beyond: a photo's sharpening.

    A line drawn along an edge is the first thing that looks painted.
    """
    size = len(painted)
    skin = 1 - ramp(-gaussian(painted, grade.hair_stroke * size), grade.brow_rim_start, grade.brow_rim_end)
    beyond = normalised_blur(painted[..., None], skin, grade.brow_rim * size)[..., 0]
    near = np.minimum(grade.brow_rim_gain * gaussian(masks.brows, grade.brow_rim_softness * size), 1)
    return np.asarray(near * np.maximum(painted - beyond, 0), np.float32)


class _Lie(NamedTuple):
    """How a brow lies in half a chart, texels: its middle and spread along it, and by column (w,) those across it."""

    middle: float
    spread: float
    across: Matte
    thick: Matte


def _lie(dark: Matte, grade: GradeSettings) -> _Lie:
    """Of a brow's darkness (h, w); columns without any of it go with those nearby."""
    rows, columns = (np.arange(n, dtype=np.float32) for n in dark.shape)
    mass = dark.sum(0)
    middle = float(mass @ columns / mass.sum())
    spread = float(np.sqrt(max(mass @ (columns - middle) ** 2 / mass.sum(), 1.0)))
    moments = np.stack([mass, rows @ dark, rows**2 @ dark])
    near, far = (_along(moments, sigma * len(rows)) for sigma in (grade.brow_lie, grade.brow_lie_far))
    sums = near + LEAST * far + LEAST
    across, square = np.asarray(sums[1:] / sums[:1], np.float32)
    return _Lie(middle, spread, across, np.sqrt(np.maximum(square - across**2, 1.0)))


def _laid_along(fine: Matte, own: _Lie, other: _Lie, most: float) -> Matte:
    """Detail (h, w) of a brow that lies as `own`, where it lies as `other`, stretched by `most` at most."""
    rows = np.arange(fine.shape[0])[:, None]
    stretch = np.clip(own.spread / other.spread, 1 / most, most)
    along = np.arange(fine.shape[1])
    at = own.middle + (along - other.middle) * stretch
    across, thick = (np.interp(at, along, values) for values in (own.across, own.thick))
    x = np.asarray(np.broadcast_to(at, fine.shape), np.float32)
    y = np.asarray(across + (rows - other.across) * np.clip(thick / other.thick, 1 / most, most), np.float32)
    return np.asarray(cv2.remap(fine, x, y, cv2.INTER_CUBIC), np.float32)


def _along(values: Matte, sigma: float) -> Matte:
    """`values` (h, w) under a Gaussian along their rows."""
    return np.asarray(cv2.GaussianBlur(values, (0, 1), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)


def _hairiness(luma: Matte, where: Matte, sigma: float) -> float:
    """Roughness along the brows alone: hairs cross them, and their edges run along them."""
    strokes = luma - _along(luma, sigma)
    return float(np.sqrt((strokes**2 * where**2).sum() / ((where**2).sum() + LEAST)))


def _roughness(luma: Matte, where: Matte, sigma: float) -> float:
    strokes = luma - gaussian(luma, sigma)
    return float(np.sqrt((strokes**2 * where**2).sum() / ((where**2).sum() + LEAST)))
