"""Many boxes of one face become one."""

import numpy as np
import pytest

from pipeline.engines.detectors.suppression import merge_tiles, overlap, weighted_suppression
from pipeline.engines.faces import Detection

BOXES = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [50, 50, 60, 60]], np.float64)
SCORES = np.array([0.9, 0.6, 0.7])
KEYPOINTS = np.repeat(BOXES[:, None, :2], 6, axis=1)


def detection(x0: float, y0: float, x1: float, y1: float, score: float) -> Detection:
    return Detection(np.array([x0, y0, x1, y1]), np.zeros((6, 2)), score)


def test_overlap_is_intersection_over_union() -> None:
    assert overlap(BOXES[0], BOXES).tolist() == pytest.approx([1, 90 / 110, 0])


def test_a_cluster_is_averaged_by_score_and_keeps_the_best_one() -> None:
    merged = weighted_suppression(BOXES, KEYPOINTS, SCORES)
    assert [each.score for each in merged] == [0.9, 0.7]
    assert merged[0].box.tolist() == pytest.approx([0.4, 0, 10.4, 10])
    assert merged[0].keypoints[3].tolist() == pytest.approx([0.4, 0])


def test_nothing_gives_nothing() -> None:
    assert weighted_suppression(np.zeros((0, 4)), np.zeros((0, 6, 2)), np.zeros(0)) == []


def test_a_box_cut_by_a_tile_yields_to_the_whole_face() -> None:
    whole, cut, other = detection(0, 0, 40, 40, 0.8), detection(20, 0, 40, 40, 0.7), detection(60, 0, 90, 30, 0.6)
    assert merge_tiles([cut, other, whole]) == [whole, other]
