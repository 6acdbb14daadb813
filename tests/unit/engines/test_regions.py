"""Regions: crops and the way back agree, whatever the turn."""

import math

import numpy as np
import pytest

from pipeline.engines.regions import Region, crop, face_region, letterbox, tracking_region, turned_back, wrapped


def test_points_go_where_the_corners_say() -> None:
    region = Region(50, 40, 30, 30, 0.7)
    corners = region.to_picture(np.array([[0, 1], [0, 0], [1, 0], [1, 1]], np.float64))
    assert np.allclose(corners, region.corners(), atol=1e-4)


def test_a_crop_shows_what_the_region_covers() -> None:
    y, x = np.mgrid[0:200, 0:300]
    picture = np.stack([x * 0.8, y, x * 0], axis=2).astype(np.uint8)
    region = Region(150, 100, 80, 80, 0.4)
    cut = crop(picture, region, 64, "zero")
    for u, v in ((10, 20), (32, 32), (50, 40)):
        at = region.to_picture(np.array([[u / 64, v / 64]]))[0]
        assert cut[v, u, 0] == pytest.approx(at[0] * 0.8, abs=1.5)
        assert cut[v, u, 1] == pytest.approx(at[1], abs=1.5)


def test_outside_is_black_or_the_border() -> None:
    picture = np.full((20, 20, 3), 200, np.uint8)
    region = Region(10, 10, 60, 60)
    assert crop(picture, region, 30, "zero")[0, 0].tolist() == [0, 0, 0]
    assert crop(picture, region, 30, "replicate")[0, 0].tolist() == [200, 200, 200]


def test_letterbox_is_square_around_the_picture() -> None:
    assert letterbox(640, 360) == Region(320, 180, 640, 640)


def test_a_face_region_is_grown_and_upright_by_the_eyes() -> None:
    keypoints = np.zeros((6, 2))
    keypoints[0], keypoints[1] = (40, 40), (60, 60)
    region = face_region(np.array([30.0, 30, 70, 80]), keypoints)
    assert region == pytest.approx((50, 55, 60, 75, math.pi / 4))


def test_a_tracking_region_is_square_and_centred_on_the_landmarks() -> None:
    landmarks = np.random.default_rng(0).uniform(0, 100, (478, 3))
    region = tracking_region(landmarks)
    low, high = landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)
    assert (region.x, region.y) == pytest.approx(tuple((low + high) / 2))
    assert region.width == region.height == pytest.approx(1.5 * (high - low).max())


def test_angles_are_wrapped() -> None:
    assert wrapped(3 * math.pi / 2) == pytest.approx(-math.pi / 2)
    assert wrapped(-3 * math.pi / 2) == pytest.approx(math.pi / 2)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_region_of_a_turned_picture_shows_the_same_in_the_unturned_one(turns: int) -> None:
    y, x = np.mgrid[0:180, 0:240]
    picture = np.stack([x, y, (x + y) / 2], axis=2).astype(np.uint8)
    region = Region(90, 100, 60, 50, 0.3)
    there = crop(np.ascontiguousarray(np.rot90(picture, turns)), region, 48, "zero")
    here = crop(picture, turned_back(region, turns, 240, 180), 48, "zero")
    assert np.abs(there.astype(int) - here).max() <= 2
