"""Hair is told from skin by hanging in from the face's outline."""

import cv2
import numpy as np

from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.skin import foreign_matter
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.mesh import BROW_LEFT, BROW_RIGHT
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import PhotoSettings, RegionSettings
from pipeline.project.plate_stages import CalmSettings
from tests.unit.engines.swappers.conftest import settings_of

SIZE = 512
MASKS = chart_masks(SIZE, RegionSettings())
CHART = chart(SIZE)
CHEEK, JAW = 434, 397
"""Vertices: low on a cheek, and at the outline beside it."""


def place(vertex: int) -> tuple[int, int]:
    x, y = np.rint(CHART.points[vertex]).astype(int)
    return int(x), int(y)


def face() -> ImageF32:
    noise = np.random.default_rng(3).normal(0, 0.05, (SIZE, SIZE, 3))
    return np.asarray(-0.7 + noise, np.float32)


def hair_in(light: ImageF32) -> Matte:
    return foreign_matter(light, np.ones((SIZE, SIZE), np.float32), MASKS, CHART.covered, PhotoSettings())


def test_a_strand_from_the_outline_is_hair() -> None:
    light = face()
    cv2.line(light, place(CHEEK), place(JAW), (-2.5, -2.5, -2.5), 14)
    assert hair_in(light)[place(CHEEK)[::-1]] > 0.8


def test_a_shadow_by_itself_on_a_cheek_is_not() -> None:
    light = face()
    cv2.circle(light, place(CHEEK), 9, (-2.5, -2.5, -2.5), -1)
    assert hair_in(light).max() < 0.05


def test_thick_brows_are_not() -> None:
    light = face()
    for brow in (BROW_RIGHT, BROW_LEFT):
        light[CHART.polygon(brow, 0.6) > 0.5] = -2.8
    assert hair_in(light)[MASKS.brows > 0.9].max() < 0.05


def test_hair_on_calm_frames_is_not_usual_for_the_skin_under_it(prepared: PreparedFace) -> None:
    shade = CalmSettings().fringe_shade
    plates = [prepared.plate(settings_of({"fringe_shade": value})) for value in (shade, 2.0)]
    beside = (plates[0].hair > 0.5) & (plates[0].charts[..., 3] > 0.99) & (plates[0].skin < 0.5)
    limited, as_seen = (plate.charts[..., 1][beside] for plate in plates)
    assert np.quantile(as_seen, 0.05) < -3 * shade
    assert np.quantile(limited, 0.05) > -1.1 * shade
