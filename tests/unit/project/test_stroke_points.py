import math
from itertools import pairwise

import numpy as np
import pytest

from pipeline.project.landmark_parts import POINTS
from pipeline.project.matte_stroke import FARTHEST_POINT, MOST_POINTS
from pipeline.project.stroke_points import held_path, held_point, pixel_of, pixels_of, thinned
from tests.unit.engines.solves import turned_solve

SOLVE = turned_solve()
LANDMARKS, ROTATION, SCALE = SOLVE.landmarks[0], SOLVE.rotation[0], 14.0


@pytest.mark.parametrize("at", [(320.0, 190.0), (351.3, 214.8), (280.0, 120.0), (420.0, 250.0)])
def test_a_pixel_is_held_and_found_again_on_the_face_and_beside_it(at: tuple[float, float]) -> None:
    point = held_point(LANDMARKS, tuple(ROTATION.ravel().tolist()), SCALE, at)
    assert point is not None
    assert pixel_of(LANDMARKS, ROTATION, SCALE, point) == pytest.approx(at, abs=0.01)


def test_a_point_on_the_face_rides_with_the_skin_when_the_head_turns() -> None:
    canonical = SOLVE.canonical[0].astype(np.float64)
    # The middle of a cheek's triangle, painted on a turned head and looked at from the front.
    corners = [50, 205, 187]
    at = LANDMARKS[corners, :2].mean(0).tolist()
    point = held_point(LANDMARKS, ROTATION, SCALE, (at[0], at[1]))
    assert point is not None
    assert point[0] in corners
    front = np.concatenate([canonical * SCALE * (1, -1, -1), np.zeros((10, 3))])
    assert pixel_of(front, np.eye(3), SCALE, point) == pytest.approx(front[corners, :2].mean(0).tolist(), abs=0.05)


def test_what_is_hidden_behind_the_face_holds_nothing() -> None:
    # Seen from the performer's left side, the nose hides nothing of the near cheek, but the head hides all of the far.
    turn = np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    side = SOLVE.canonical[0].astype(np.float64) @ turn.T * SCALE * (1, -1, -1)
    near = 425
    point = held_point(side, turn, SCALE, (float(side[near, 0]), float(side[near, 1])))
    assert point is not None
    assert SOLVE.canonical[0][point[0], 0] > 1.0


def test_what_lies_too_far_from_the_face_isnt_held() -> None:
    assert held_point(LANDMARKS, ROTATION, SCALE, (320.0, 180.0 - 40 * SCALE)) is None
    near = held_point(LANDMARKS, ROTATION, SCALE, (320.0, 180.0 - 15 * SCALE))
    assert near is not None
    assert max(abs(way) for way in near[1:]) <= FARTHEST_POINT
    assert held_path(LANDMARKS, ROTATION, SCALE, [(0.0, -900.0), (10.0, -900.0)]) == ()


def test_a_dense_way_keeps_what_it_needs() -> None:
    corner = [(float(x), 0.0) for x in range(100)] + [(99.0, float(y)) for y in range(1, 50)]
    assert thinned(corner, 0.5) == [(0.0, 0.0), (99.0, 0.0), (99.0, 49.0)]
    circle = [(100 + 60 * math.cos(a / 100), 100 + 60 * math.sin(a / 100)) for a in range(600)]
    kept = thinned(circle, 0.5)
    assert len(kept) < 60
    assert max(abs(math.dist(p, (100, 100)) - 60) for p in kept) < 1e-9
    # Between two points the way is straight: it strays by what was allowed.
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(kept)]
    assert min(math.dist(p, (100, 100)) for p in middles) > 59.4
    assert thinned([(3.0, 4.0)], 0.5) == [(3.0, 4.0)]


def test_a_long_straight_way_has_points_in_between() -> None:
    assert thinned([(0.0, 0.0), (30.0, 0.0)], 1.0, 10.0) == [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)]
    held = held_path(LANDMARKS, ROTATION, SCALE, [(260.0, 150.0), (380.0, 230.0)])
    places = pixels_of(LANDMARKS, ROTATION, SCALE, held)
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() <= 0.5 * SCALE + 0.02
    assert all(0 <= each[0] < POINTS for each in held)


def test_no_way_has_more_points_than_a_stroke() -> None:
    zigzag = [(float(i), float(i % 2)) for i in range(MOST_POINTS + 500)]
    kept = thinned(zigzag, 0.6, 1.0)
    assert len(kept) <= MOST_POINTS
    assert kept[0] == zigzag[0]
    assert kept[-1] == zigzag[-1]
