"""Regions move with the face and are drawn slowly towards it."""

import math

import numpy as np
import pytest

from pipeline.analysis.region_policy import PULL, carried, drawn_towards
from pipeline.engines.regions import Region, tracking_region

RANDOM = np.random.default_rng(0)
POINTS = RANDOM.uniform(100, 200, (478, 3))


def test_carried_by_turn_scale_and_shift() -> None:
    region = Region(150, 150, 200, 200, 0.1)
    turn, scale = 0.05, 1.02
    matrix = scale * np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    after = (POINTS[:, :2] - 150) @ matrix.T + [160, 147]
    moved = carried(region, POINTS, (after - POINTS[:, :2]).astype(np.float32), np.zeros(478, np.float32))
    assert moved == pytest.approx((160, 147, 204, 204, 0.15), abs=1e-3)


def test_stays_where_no_flow_can_be_believed() -> None:
    region = Region(150, 150, 200, 200)
    flow = np.full((478, 2), 9, np.float32)
    assert carried(region, POINTS, flow, np.full(478, np.inf, np.float32)) == region


def test_unbelievable_flow_takes_no_part() -> None:
    flow = np.tile(np.array([2, 0], np.float32), (478, 1))
    error = np.zeros(478, np.float32)
    flow[:100], error[:100] = 50, 30
    assert carried(Region(150, 150, 200, 200), POINTS, flow, error).x == pytest.approx(152, abs=1e-3)


def test_drawn_part_of_the_way() -> None:
    wanted = tracking_region(POINTS)
    start = wanted._replace(x=wanted.x + 10, width=wanted.width + 10, height=wanted.height + 10)
    drawn = drawn_towards(start, POINTS)
    assert drawn.x - wanted.x == pytest.approx(10 * (1 - PULL))
    assert drawn.width - wanted.width == pytest.approx(10 * (1 - PULL))


def test_turns_the_short_way_round() -> None:
    wanted = tracking_region(POINTS)
    start = wanted._replace(rotation=math.pi - 0.01)
    level = POINTS.copy()
    level[33, :2], level[263, :2] = (150, 150), (140, 150.01)
    drawn = drawn_towards(start, level)
    assert abs(drawn.rotation) > 3
