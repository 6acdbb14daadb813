"""What a contrasty photo shades on plain skin is its light; what its person is known by stays."""

from dataclasses import replace

import cv2
import numpy as np

from pipeline.engines.swappers.mesh.grade import match_to_plate
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.photo_light import PhotoLight, evened_tone, photo_light
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import gaussian, luma_of
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings, RegionSettings
from pipeline.project.parameters import MeshSettings

SIZE = 512
GRADE = GradeSettings()
PLAIN = chart_masks(SIZE, RegionSettings()).plain
CHEEKS, GLABELLA, NOSE_TIP = (50, 280), 8, 4


def spots(vertices: tuple[int, ...], depth: float, radius: int, colour: tuple[float, float, float]) -> ImageF32:
    """Soft spots of `depth` log light at vertices of the chart, `radius` texels wide."""
    layer = np.zeros((SIZE, SIZE), np.float32)
    for x, y in np.rint(chart(SIZE).points[list(vertices)]).astype(int):
        cv2.circle(layer, (int(x), int(y)), radius, depth, -1)
    return np.asarray(gaussian(layer, radius / 3)[..., None] * np.array(colour, np.float32), np.float32)


CALM = spots(CHEEKS, 0.1, 24, (1, 1, 1))
SHINY = spots(CHEEKS, 0.4, 24, (1, 1, 1)) + spots((GLABELLA,), -0.3, 30, (0.5, 1.2, 1.3))


def at(layer: ImageF32, vertex: int) -> ImageF32:
    x, y = np.rint(chart(SIZE).points[vertex]).astype(int)
    return np.asarray(layer[y, x], np.float32)


def light(photo: ImageF32) -> PhotoLight:
    return photo_light(photo, CALM, PLAIN, GRADE)


def test_a_contrasty_photo_s_shine_and_stain_go_with_their_colour() -> None:
    evened = SHINY - light(SHINY).excess
    assert at(SHINY, CHEEKS[0]).mean() > 0.35
    assert at(evened, CHEEKS[0]).mean() < 0.25
    assert at(SHINY, GLABELLA).mean() < -0.25
    assert at(evened, GLABELLA).mean() > -0.15
    assert np.ptp(at(evened, GLABELLA)) < 0.5 * np.ptp(at(SHINY, GLABELLA))


def test_a_photo_no_more_contrasty_than_the_plate_keeps_all_of_its_shading() -> None:
    assert not light(0.2 * SHINY).excess.any()


def test_a_contrasty_photo_keeps_moles_and_the_nose() -> None:
    mole, nose = spots((205,), -0.4, 3, (1, 1, 1)), spots((NOSE_TIP,), 0.4, 20, (1, 1, 1))
    without, taken = light(SHINY).excess, light(SHINY + mole + nose).excess
    assert np.abs(luma_of(at(taken - without, 205))) < 0.25 * 0.4
    assert np.abs(at(taken, NOSE_TIP)).max() < 0.02


def test_slow_tone_is_held_back_as_far_as_a_photo_is_contrasty() -> None:
    tone = np.array([[-0.3], [0.3], [0.01]], np.float32)
    assert np.array_equal(evened_tone(tone, np.zeros((3, 1), np.float32), GRADE), tone)
    held = evened_tone(tone, np.ones((3, 1), np.float32), GRADE)
    assert np.abs(held).max() <= GRADE.even_tone
    assert abs(float(held[2, 0]) - 0.01) < 0.001


def test_hair_over_the_performer_s_face_does_not_count_as_contrast_of_its_skin(prepared: PreparedFace) -> None:
    settings = MeshSettings()
    source, plate = prepared.source(settings), prepared.plate(settings)
    assert source is not None
    bald = replace(plate, middle=plate.middle * (cv2.resize(plate.hair, (SIZE, SIZE)) < 0.01)[..., None])
    fringe = np.zeros((SIZE, SIZE), np.float32)
    fringe[:, : SIZE // 3] = 1
    hair = np.asarray(cv2.resize(fringe, plate.hair.shape), np.float32)
    haired = replace(bald, middle=bald.middle - fringe[..., None], hair=hair)
    contrasty = replace(source, middle=2 * source.middle)
    bare, beside = (match_to_plate(contrasty, each, settings).detail[:, SIZE // 2 :] for each in (bald, haired))
    skin = (1 - chart_masks(SIZE, settings.regions).brows)[:, SIZE // 2 :, None]
    assert (skin * np.abs(bare - beside)).mean() < 0.05 * (skin * np.abs(bare)).mean()
