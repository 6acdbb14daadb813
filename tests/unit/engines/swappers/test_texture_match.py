"""Skin texture matched place by place."""

import numpy as np
import pytest

from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.texture_match import Texture, fine_gain, grain_kept, skin_texture, stubble
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import luma_of
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings, RegionSettings, TextureSettings

SIZE = 512


@pytest.fixture(scope="module")
def skin() -> Matte:
    return np.asarray((1 - chart_masks(SIZE, RegionSettings()).wide) * chart(SIZE).covered, np.float32)


def noise(strength: Matte | float) -> ImageF32:
    grain = np.random.default_rng(5).normal(size=(SIZE, SIZE, 1)) * np.asarray(strength)[..., None]
    return np.repeat(grain, 3, axis=2).astype(np.float32)


def texture_of(strength: Matte | float, skin: Matte) -> Texture:
    return skin_texture(
        noise(strength), skin, chart_masks(SIZE, RegionSettings()), chart(SIZE).face_width, TextureSettings()
    )


def test_stubble_on_the_identity_is_damped_to_the_plate_s_skin(skin: Matte) -> None:
    masks = chart_masks(SIZE, RegionSettings())
    bearded = texture_of(0.02 + 0.08 * masks.beard, skin)
    smooth = texture_of(0.02, skin)
    chin = (masks.beard > 0.95) & (skin > 0.9)
    cheek = (masks.beard < 0.01) & (skin > 0.9) & (masks.rim > 0.5)
    assert stubble(bearded, masks, GradeSettings())[chin].mean() > 0.9
    assert stubble(bearded, masks, GradeSettings())[cheek].max() < 0.1
    gain = fine_gain(luma_of(noise(0.02 + 0.08 * masks.beard)), bearded, smooth, masks, GradeSettings())
    assert gain[chin].mean() < 0.25 < gain[cheek].mean()


def test_the_performer_s_stubble_is_not_kept_as_grain(skin: Matte) -> None:
    masks = chart_masks(SIZE, RegionSettings())
    kept = grain_kept(texture_of(0.02 + 0.08 * masks.beard, skin), masks, GradeSettings())
    chin = (masks.beard > 0.95) & (skin > 0.9)
    assert kept[chin].mean() < 0.5
    assert kept[masks.beard == 0].min() == 1


def test_a_mole_does_not_count_as_rough_skin(skin: Matte) -> None:
    masks = chart_masks(SIZE, RegionSettings())
    strength = np.full((SIZE, SIZE), 0.02)
    plain = texture_of(strength, skin)
    strength[300:308, 150:158] = 0.6
    marked = texture_of(strength, skin)
    assert marked.amplitude[304, 154] < 1.3 * plain.amplitude[304, 154]
    assert masks.features[304, 154] == 0


def test_a_photo_rougher_than_the_plate_is_smoothed_but_for_its_marks(skin: Matte) -> None:
    masks, grade = chart_masks(SIZE, RegionSettings()), GradeSettings()
    strength = np.full((SIZE, SIZE), 0.04)
    strength[300:308, 150:158] = 0.6
    rough, smooth, like = texture_of(strength, skin), texture_of(0.02, skin), texture_of(0.04, skin)
    cheek = (masks.beard < 0.01) & (skin > 0.9) & (masks.rim > 0.5)
    cheek[280:328, 130:178] = False
    gain = fine_gain(luma_of(noise(strength)), rough, smooth, masks, grade)
    assert gain[cheek].mean() < 0.75 * grade.texture_least
    assert gain[304, 154] == pytest.approx(grade.texture_least)
    kept = fine_gain(luma_of(noise(strength)), rough, like, masks, grade)
    assert kept[cheek].mean() > 0.9 * grade.texture_least
