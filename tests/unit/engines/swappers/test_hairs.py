"""Lashes and brows: hairs where there are hairs, and no smear instead of them."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.swappers.mesh.hairs import brow_hairs, brow_rims, lashes_kept, line_crispness
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
BARE = np.ones((SIZE, SIZE), np.float32)


def hairs(strength: float) -> Matte:
    """Strokes two texels wide, all over the chart."""
    noise = np.random.default_rng(5).normal(size=(SIZE, SIZE)).astype(np.float32)
    fine = gaussian(noise, 1.0)
    return np.asarray(strength * fine / fine.std(), np.float32)


def brows(strength: float) -> Matte:
    """Dark brows of hairs on bare skin."""
    brow = np.clip(chart(SIZE).polygon(BROW_RIGHT, 0.2) + chart(SIZE).polygon(BROW_LEFT, 0.2), 0, 1)
    return np.asarray(gaussian(brow, 3.0) * (hairs(strength) - 0.7), np.float32)


def along(luma: Matte) -> Matte:
    """What of it changes along the brows."""
    return luma - np.asarray(cv2.GaussianBlur(luma, (0, 1), GRADE.hair_stroke * SIZE), np.float32)


def roughness(luma: Matte) -> float:
    """Of the middle of the right brow, along it."""
    middle = chart(SIZE).polygon(BROW_RIGHT, -0.4) > 0.5
    return float(along(luma)[middle].std())


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
    added = painted + brow_hairs(painted, calm, BARE, MASKS, GRADE)
    assert roughness(painted) < 0.2 * roughness(calm)
    assert roughness(added) == pytest.approx(GRADE.brow_hair * roughness(calm), rel=0.15)
    # Hairs are light and dark: the brow stays about as dark as it was, and skin between hairs is skin.
    middle = chart(SIZE).polygon(BROW_RIGHT, -0.4) > 0.5
    assert added[middle].mean() == pytest.approx(painted[middle].mean(), abs=0.1)
    assert added.max() <= max(painted.max(), 0) + 1e-5


def test_hairs_lie_where_the_identity_s_brows_do() -> None:
    """Its brows are higher, and thinner: hairs end at their edges, not at the performer's."""
    calm = brows(0.2)
    where = np.indices((SIZE, SIZE), np.float32)
    middle = float(chart(SIZE).points[list(BROW_RIGHT), 1].mean())
    higher = np.asarray(middle + 1.3 * (where[0] - middle + 6), np.float32)
    thinner = np.asarray(cv2.remap(brows(0.02), where[1], higher, cv2.INTER_LINEAR), np.float32)
    added = np.abs(brow_hairs(thinner, calm, BARE, MASKS, GRADE))
    dark = gaussian(thinner, 3.0)
    assert added[dark > -0.1].max() < 0.1 * added.max()
    assert added[dark < -0.4].mean() > 3 * added[dark > -0.25].mean()


def test_hair_of_the_head_over_a_brow_is_not_painted_as_its_hairs() -> None:
    fringe = np.where(chart(SIZE).points[105, 0] > np.arange(SIZE), 1.0, 0.0)[None, :].repeat(SIZE, 0)
    calm, painted = brows(0.2) + np.asarray(fringe, np.float32) * (hairs(0.6) - 1), brows(0.02)
    added = brow_hairs(painted, calm, np.asarray(1 - fringe, np.float32), MASKS, GRADE)
    assert np.abs(added).max() < 3 * np.abs(brow_hairs(painted, brows(0.2), BARE, MASKS, GRADE)).max()


def test_brows_that_have_hairs_keep_theirs_and_skin_gets_none() -> None:
    assert np.abs(brow_hairs(brows(0.3), brows(0.2), BARE, MASKS, GRADE)).max() == 0
    on_skin = brow_hairs(np.zeros((SIZE, SIZE), np.float32), brows(0.2), BARE, MASKS, GRADE)
    assert np.abs(on_skin).max() < 1e-3


def test_no_light_rim_is_painted_along_the_brows() -> None:
    """A photo that was sharpened has one; skin beyond, and the brows themselves, are left alone."""
    soft = brows(0.0)
    sharpened = soft + 2.0 * (soft - gaussian(soft, 4.0))
    calmed = sharpened - brow_rims(sharpened, MASKS, GRADE)
    assert sharpened.max() > 0.08
    assert calmed.max() < 0.6 * sharpened.max()
    assert np.array_equal(calmed[soft < -0.3], sharpened[soft < -0.3])
    lit = np.full((SIZE, SIZE), 0.1, np.float32)
    assert np.abs(brow_rims(lit, MASKS, GRADE)).max() < 1e-4


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


def test_a_lash_that_hangs_beside_the_eye_is_no_fold_and_crow_s_feet_beyond_are() -> None:
    short = chart_masks(SIZE, RegionSettings(lash_fall=0.0))
    x, y = chart(SIZE).points[33].astype(int)
    hanging, beyond = (y + 14, x - 12), (y + 40, x - 20)
    assert short.opened[hanging] > 0.5 > MASKS.opened[hanging] + 0.3
    assert MASKS.still[hanging] > 0.8
    assert MASKS.opened[beyond] == pytest.approx(short.opened[beyond], abs=0.02)
    assert short.opened[beyond] > 0.5


def test_skin_that_a_moving_brow_bares_is_no_fold_and_the_forehead_is() -> None:
    top = chart(SIZE).points[105].astype(int)
    assert MASKS.still[top[1] - 5, top[0]] > 0.5
    assert MASKS.still[top[1] - 40, top[0]] < 0.05
