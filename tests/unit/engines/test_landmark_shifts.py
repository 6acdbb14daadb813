"""What a corrected part takes along: itself whole, the skin around it the less, the lips and lids across not at all."""

import numpy as np
import pytest

from pipeline.engines.landmark_shifts import N_LANDMARKS, canonical_way, shift_weights, shifted_by, shifted_pixels
from pipeline.imaging.mesh import (
    BROW_LEFT,
    EYE_LEFT,
    EYE_RIGHT,
    IRIS_LEFT,
    IRIS_RIGHT,
    LIPS_INNER,
    LIPS_OUTER,
    load_canonical,
    skin_distances,
)
from pipeline.project.landmark_move import LandmarkShift
from pipeline.project.landmark_parts import REGIONS, points_of
from tests.unit.engines.solves import turned_solve


@pytest.mark.parametrize("part", [*REGIONS, "0", "61", "467"])
def test_a_part_goes_whole_and_what_lies_farther_follows_less(part: str) -> None:
    weights, points = shift_weights(part, 2.0), list(points_of(part))
    assert weights.shape == (N_LANDMARKS,)
    assert (weights[points] == 1).all()
    assert weights.min() >= 0
    vertices = [each for each in points if each < 468]
    if vertices:
        away = skin_distances()[vertices].min(0)
        order = np.argsort(away)
        assert (np.diff(weights[order]) <= 1e-6).all()
        assert (weights[:468][away >= 2.0] == 0).all()
        assert weights[:468][(away > 0.5) & (away < 1.5)].min() > 0, "in between it fades"


def test_without_a_reach_the_part_goes_alone() -> None:
    assert np.flatnonzero(shift_weights("61", 0.0)).tolist() == [61]


def test_what_faces_each_other_across_an_opening_is_far_apart() -> None:
    lower_lid, upper_lip = shift_weights("374", 1.0), shift_weights("13", 1.0)
    assert lower_lid[386] == 0, "the upper lid's middle"
    assert upper_lip[14] == 0, "the lower lip's"
    assert np.linalg.norm(np.subtract(*load_canonical().vertices[[13, 14]])) < 1.0


def test_irises_go_with_their_eye_and_with_no_lid() -> None:
    assert (shift_weights("left_eye", 1.0)[list(IRIS_LEFT)] == 1).all()
    assert (shift_weights("left_eye", 1.0)[list(IRIS_RIGHT)] == 0).all()
    assert (shift_weights("left_upper_lid", 6.0)[468:] == 0).all()
    assert np.flatnonzero(shift_weights("right_iris", 2.0)).tolist() == list(IRIS_RIGHT)


def test_regions_are_the_meshs_own() -> None:
    assert set(REGIONS["mouth"]) == set(LIPS_OUTER + LIPS_INNER)
    assert set(REGIONS["upper_lip"]) | set(REGIONS["lower_lip"]) == set(REGIONS["mouth"])
    assert set(REGIONS["left_eye"]) == set(EYE_LEFT + IRIS_LEFT)
    assert set(REGIONS["right_eye"]) == set(EYE_RIGHT + IRIS_RIGHT)
    assert set(REGIONS["left_brow"]) == set(BROW_LEFT)
    vertices = load_canonical().vertices
    for name, points in REGIONS.items():
        middle = vertices[[each for each in points if each < 468]].mean(0) if "iris" not in name else None
        if middle is not None and name.startswith(("left_", "right_")):
            assert (middle[0] > 0) == name.startswith("left_"), name


def test_a_way_in_the_picture_is_the_way_that_is_gone_there() -> None:
    solve = turned_solve()
    x, y, z = canonical_way(solve, 0, (7.0, -4.0))
    gone = shifted_pixels(solve, 0, [LandmarkShift("61", x, y, z, 0.0)])
    np.testing.assert_allclose(gone[61], (7.0, -4.0, 0.0), atol=1e-9)
    assert np.flatnonzero(gone.any(1)).tolist() == [61]


def test_shifts_add_up() -> None:
    one, other = LandmarkShift("mouth", 0.1, 0.0, 0.0, 1.0), LandmarkShift("61", 0.0, 0.2, 0.0, 1.0)
    np.testing.assert_allclose(shifted_by([one, other]), shifted_by([one]) + shifted_by([other]))
    assert not shifted_by([]).any()
