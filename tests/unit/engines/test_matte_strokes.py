"""Strokes over a matte as pixels: where they lie, how they fade, and what lies over what."""

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.faces import Patch
from pipeline.engines.landmark_shifts import landmarks_of
from pipeline.engines.matte_strokes import PaintedMatte, painted_matte, show_plate
from pipeline.imaging.arrays import Rect
from pipeline.project.landmark_move import LandmarkShift
from pipeline.project.matte_stroke import Brush, LaidStroke, Shows, StrokePoint
from pipeline.project.stroke_points import pixels_of
from tests.unit.engines.solves import turned_solve

SOLVE = turned_solve()
RECT = Rect(200, 60, 440, 300)
NOSE: StrokePoint = (4, 0.0, 0.0, 0.0)
LINE: tuple[StrokePoint, ...] = ((50, 0.2, 0.1, 0.0), (205, 0.0, 0.0, 0.0), (4, 0.0, 1.0, 0.3), (280, -0.3, 0.0, 0.0))


def laid(
    shows: Shows, *points: StrokePoint, radius: float = 1.0, softness: float = 0.5, amount: float = 1.0
) -> LaidStroke:
    return LaidStroke(Brush(shows=shows, points=points, radius=radius, softness=softness), amount)


def painted(*strokes: LaidStroke, rect: Rect = RECT) -> NDArray[np.float32]:
    """(h, w) over the whole of `rect`."""
    plane = np.zeros((rect.height, rect.width), np.float32)
    found = painted_matte(SOLVE.landmarks[0], SOLVE.rotation[0], 14.0, strokes, rect)
    if found is not None:
        box = found.rect
        plane[box.y0 - rect.y0 : box.y1 - rect.y0, box.x0 - rect.x0 : box.x1 - rect.x0] = found.plane
    return plane


def stated(*strokes: LaidStroke) -> NDArray[np.float64]:
    """What is to lie in RECT, pixel by pixel."""
    plane = np.zeros((RECT.height, RECT.width))
    y, x = np.mgrid[RECT.y0 : RECT.y1, RECT.x0 : RECT.x1].astype(np.float64)
    for each in strokes:
        points = pixels_of(SOLVE.landmarks[0], SOLVE.rotation[0], 14.0, each.brush.points)
        away = np.hypot(x - points[0, 0], y - points[0, 1])
        for start, end in pairwise(points):
            way = end - start
            t = np.clip(((x - start[0]) * way[0] + (y - start[1]) * way[1]) / (way @ way), 0, 1)
            away = np.minimum(away, np.hypot(x - start[0] - t * way[0], y - start[1] - t * way[1]))
        radius = 14 * each.brush.radius
        fade = max(each.brush.softness * radius, 1.0)
        outer = radius + max(0.0, 1.0 - each.brush.softness * radius) / 2
        t = np.clip((outer - away) / fade, 0, 1)
        share = t * t * (3 - 2 * t) * each.amount
        plane += share * ({"plate": -1, "face": 1, "found": 0}[each.brush.shows] - plane)
    return plane


def test_strokes_lie_in_their_order_as_they_are_stated() -> None:
    strokes = (
        laid("plate", *LINE, radius=1.4, softness=0.7),
        laid("face", NOSE, radius=2.0, softness=1.0, amount=0.6),
        laid("found", LINE[0], radius=0.8, softness=0.0),
        laid("plate", NOSE, radius=0.02 + 0.05, softness=0.3),
    )
    wanted = stated(*strokes)
    assert wanted.min() == -1
    assert 0 < wanted.max() < 1
    np.testing.assert_allclose(painted(*strokes), wanted, atol=2e-4)
    assert not np.allclose(painted(*strokes[::-1]), wanted, atol=0.1)


@pytest.mark.parametrize("softness", [0.0, 0.5, 1.0])
def test_a_dab_is_round_whole_inside_and_nothing_beyond_its_radius(softness: float) -> None:
    plane = painted(laid("plate", NOSE, radius=2.0, softness=softness))
    x, y, _ = SOLVE.landmarks[0, 4]
    rows, columns = np.indices(plane.shape)
    away = np.hypot(columns + RECT.x0 - x, rows + RECT.y0 - y)
    assert (plane[away < 28 * (1 - softness) - 1] == -1).all()
    assert not plane[away > 28 + 0.5].any()
    between = -plane[(away > 28 * (1 - softness) - 0.5) & (away < 28.5)]
    assert ((between > 0.05) & (between < 0.95)).any(), "its edge is never a stair"


def test_a_stroke_goes_along_with_a_corrected_landmark() -> None:
    shift = LandmarkShift("nose", 1.0, 0.0, 0.0, 1.5)
    moved = landmarks_of(SOLVE, 0, (shift,))
    by = (moved - SOLVE.landmarks[0])[4, :2]
    assert np.hypot(*by) > 5
    found = painted_matte(moved, SOLVE.rotation[0], 14.0, (laid("face", NOSE),), RECT)
    assert found is not None
    y, x = np.argwhere(found.plane == 1).mean(0)
    assert (x + found.rect.x0, y + found.rect.y0) == pytest.approx(moved[4, :2].tolist(), abs=0.5)


def test_nothing_is_painted_without_strokes_beside_the_picture_or_where_it_is_taken_back() -> None:
    whole = laid("found", *LINE, radius=3.0, softness=0.0)
    for strokes in ((), (whole,), (laid("plate", *LINE), whole)):
        assert painted_matte(SOLVE.landmarks[0], SOLVE.rotation[0], 14.0, strokes, RECT) is None
    beside = Rect(0, 0, 40, 40)
    assert painted_matte(SOLVE.landmarks[0], SOLVE.rotation[0], 14.0, (laid("plate", NOSE),), beside) is None


def test_a_patch_is_led_back_to_the_plate_and_its_rest_stays_bit_by_bit() -> None:
    random = np.random.default_rng(3)
    crop, colour = (random.random((6, 8, 3), np.float32) for _ in range(2))
    plane = np.array([[-1.0, -0.25, 0.0, 1.0]], np.float32)
    patch = Patch(Rect(10, 20, 18, 26), colour.copy(), np.full((6, 8), 0.5, np.float32), np.ones((6, 8), bool))
    show_plate(patch, crop, PaintedMatte(Rect(12, 23, 16, 24), plane))
    assert np.array_equal(patch.colour[3, 2], crop[3, 2])
    assert not patch.support[3, 2]
    assert patch.alpha[3, 2] == 0
    np.testing.assert_allclose(patch.colour[3, 3], crop[3, 3] + 0.75 * (colour[3, 3] - crop[3, 3]), atol=1e-6)
    assert patch.alpha[3, 3] == pytest.approx(0.375)
    untouched = np.ones((6, 8), bool)
    untouched[3, 2:4] = False
    assert np.array_equal(patch.colour[untouched], colour[untouched])
    assert patch.support.sum() == 47
    assert (patch.alpha[untouched] == np.float32(0.5)).all()
    assert math.isclose(float(patch.alpha.sum()), 46 * 0.5 + 0.375, rel_tol=1e-6)
