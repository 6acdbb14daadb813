"""Under a hand the mouth is no evidence; what the hand leaves free is."""

from dataclasses import replace

import numpy as np

from pipeline.analysis.action_units import REGIONS
from pipeline.analysis.region_trust import MAX_TURN_DEG, covered_at, region_trust, trust_beside
from pipeline.analysis.solve import solve_face
from pipeline.engines.faces import FaceSolve, OcclusionMatte
from pipeline.imaging.arrays import Rect
from pipeline.imaging.mesh import EYE_LEFT, LIPS_OUTER
from tests.unit.analysis.excerpts import Excerpt, first_frames

BROWS, EYES, MOUTH = (REGIONS.index(name) for name in ("brows", "eyes", "mouth"))


def covered(excerpt: Excerpt, landmarks: tuple[int, ...], frame: int) -> FaceSolve:
    points = excerpt.track.landmarks[frame][list(landmarks), :2]
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int)
    rect = Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1]))
    matte = OcclusionMatte(rect, np.full((rect.height, rect.width), 255, np.uint8))
    return replace(solve_face(first_frames(excerpt.track, 14)), occlusion={frame: matte})


def test_covered_lips_take_the_mouth_out_and_nothing_else(grin: Excerpt) -> None:
    solve = covered(grin, LIPS_OUTER, 5)
    trust = region_trust(solve, np.ones(14), np.zeros(14))
    assert (trust[5, MOUTH] == 0).all()
    assert (trust[5, BROWS] == 1).all()
    assert (trust[5, EYES] == 1).all()
    assert (np.delete(trust, 5, axis=0) == 1).all()


def test_one_eye_may_be_covered(grin: Excerpt) -> None:
    trust = region_trust(covered(grin, EYE_LEFT, 5), np.ones(14), np.zeros(14))
    assert trust[5, EYES].tolist() == [0.0, 1.0]


def test_nothing_is_believed_of_half_a_face(grin: Excerpt) -> None:
    lower = (*LIPS_OUTER, 152, 234, 454)
    assert (region_trust(covered(grin, lower, 5), np.ones(14), np.zeros(14))[5] == 0).all()


def test_unsure_and_turned_faces_are_no_evidence(grin: Excerpt) -> None:
    solve = solve_face(first_frames(grin.track, 14))
    presence, yaw = np.ones(14), np.zeros(14)
    presence[3], yaw[7] = 0.4, MAX_TURN_DEG + 1
    trust = region_trust(solve, presence, yaw)
    assert sorted(set(np.flatnonzero((trust == 0).all(axis=(1, 2))))) == [3, 7]


def test_one_frame_is_told_as_all_of_them_are(grin: Excerpt) -> None:
    solve = covered(grin, EYE_LEFT, 5)
    hidden = covered_at(solve, 5)
    assert hidden is not None
    assert hidden[list(EYE_LEFT)].all()
    assert (trust_beside(hidden) == region_trust(solve, np.ones(14), np.zeros(14))[5]).all()
    assert covered_at(solve, 4) is None
