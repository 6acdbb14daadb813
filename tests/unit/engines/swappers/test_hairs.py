"""Lashes and brows: hairs where there are hairs, and no smear instead of them."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.swappers.mesh.hairs import brow_hairs, lashes_kept, line_crispness
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.source import lay_out
from pipeline.imaging.arrays import Matte
from pipeline.imaging.bands import gaussian
from pipeline.imaging.mesh import BROW_LEFT, BROW_RIGHT
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings, RegionSettings

SIZE = 512
GRADE = GradeSettings()
MASKS = chart_masks(SIZE, RegionSettings())


def hairs(strength: float) -> Matte:
    """Strokes two texels wide, all over the chart."""
    noise = np.random.default_rng(5).normal(size=(SIZE, SIZE)).astype(np.float32)
    fine = gaussian(noise, 1.0)
    return np.asarray(strength * fine / fine.std(), np.float32)


def brows(strength: float) -> Matte:
    """Dark brows of hairs on bare skin."""
    brow = np.clip(chart(SIZE).polygon(BROW_RIGHT, 0.2) + chart(SIZE).polygon(BROW_LEFT, 0.2), 0, 1)
    return np.asarray(gaussian(brow, 3.0) * (hairs(strength) - 0.7), np.float32)


def roughness(luma: Matte) -> float:
    """Of the middle of the right brow."""
    middle = chart(SIZE).polygon(BROW_RIGHT, -0.4) > 0.5
    return float((luma - gaussian(luma, 1.5))[middle].std())


def test_crisper_lashes_show_through_and_nothing_far_from_the_eyes_does() -> None:
    kept = lashes_kept(hairs(0.1) - 0.6, hairs(0.4), MASKS, GRADE)
    assert kept[MASKS.lash_line > 0.5].mean() > 0.8 * GRADE.lash_most
    assert kept[MASKS.forehead > 0.5].max() < 1e-3
    assert kept[MASKS.brows > 0.5].mean() < 0.05


def test_a_photo_with_crisp_lashes_hides_the_performer_s() -> None:
    assert lashes_kept(hairs(0.4) - 0.6, hairs(0.4), MASKS, GRADE).max() == 0


def test_lids_that_are_light_stay_light() -> None:
    assert lashes_kept(hairs(0.1), hairs(0.4), MASKS, GRADE).max() == 0


def test_lines_far_crisper_than_the_plate_s_are_held_back_and_softer_ones_are_not() -> None:
    assert line_crispness(hairs(0.4), hairs(0.3), MASKS, GRADE) == pytest.approx(0.75, abs=0.01)
    assert line_crispness(hairs(0.4), hairs(0.05), MASKS, GRADE) == GRADE.line_least
    assert line_crispness(hairs(0.1), hairs(0.4), MASKS, GRADE) == 1


def test_airbrushed_brows_become_as_rough_as_the_performer_s() -> None:
    calm, painted = brows(0.2), brows(0.02)
    added = painted + brow_hairs(painted, calm, MASKS, GRADE)
    assert roughness(painted) < 0.2 * roughness(calm)
    assert roughness(added) == pytest.approx(GRADE.brow_hair * roughness(calm), rel=0.15)
    # Hairs are light and dark: the brow stays about as dark as it was.
    middle = chart(SIZE).polygon(BROW_RIGHT, -0.4) > 0.5
    assert added[middle].mean() == pytest.approx(painted[middle].mean(), abs=0.1)


def test_brows_that_have_hairs_keep_theirs_and_skin_gets_none() -> None:
    assert np.abs(brow_hairs(brows(0.3), brows(0.2), MASKS, GRADE)).max() == 0
    on_skin = brow_hairs(np.zeros((SIZE, SIZE), np.float32), brows(0.2), MASKS, GRADE)
    assert np.abs(on_skin).max() < 1e-3


def test_lashes_are_not_smeared_down_to_the_chart_s_narrow_lids(portrait: SourcePhoto) -> None:
    """Lines across a photo twice as fine as the plate survive on lids, which it shows higher, as on cheeks."""
    height, width = portrait.image.shape[:2]
    rows = 90 + 80 * np.sin(np.arange(height) * (2 * np.pi / 10))
    striped = np.repeat(np.repeat(rows[:, None], width, 1)[..., None], 3, 2).astype(np.uint8)
    laid = lay_out(replace(portrait, image=striped), SIZE, 150.0).texture[..., 1]
    contrast = cv2.GaussianBlur((laid - gaussian(laid, 6.0)) ** 2, (0, 0), 4.0)
    lids = contrast[MASKS.lash_line > 0.5].mean()
    cheeks = chart(SIZE).sample(np.asarray(contrast, np.float32))[[50, 280]].mean()
    assert lids > 0.6 * cheeks
