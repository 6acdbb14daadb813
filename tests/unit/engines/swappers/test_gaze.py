"""The gaze's weight: irises move inside the open lids, and nothing else does."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import N_VERTICES, FaceSample, FaceSolve, OcclusionMatte, Patch, SourcePhoto
from pipeline.engines.swappers.mesh.gaze import EYES, gaze_turn, resting_irises
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.imaging.arrays import Rect
from pipeline.project.frame_stages import GazeSettings
from tests.unit.engines.swappers.conftest import Crops, parameters_of, sample_of

Swap = Callable[..., tuple[FaceSample, Patch]]
ASIDE = 235
"""Both eyes look far to the side, wide open."""
SHUT = 49


@pytest.fixture(scope="module")
def aside(solve: FaceSolve) -> FaceSolve:
    """The clip's face, that in its other frames looks ahead: rest is there."""
    landmarks = solve.landmarks.copy()
    landmarks[solve.frames != ASIDE, N_VERTICES:, 0] -= 7
    return replace(solve, landmarks=landmarks)


@pytest.fixture(scope="module")
def swap(aside: FaceSolve, portrait: SourcePhoto, crops: Crops) -> Swap:
    face = MeshSwapper().prepare(aside, [portrait], crops)

    def swapped(frame: int, **values: float) -> tuple[FaceSample, Patch]:
        parameters = parameters_of(values)
        sample = sample_of(face, frame, crops, parameters)
        return sample, MeshSwapper().swap(face, [sample], [parameters])[0]

    return swapped


def lids(solve: FaceSolve, sample: FaceSample, margin: int) -> np.ndarray:
    """(h, w) where the sample shows an eye between its lids, and `margin` pixels around it."""
    shown = np.zeros(sample.crop.shape[:2], np.uint8)
    points = solve.landmarks[solve.index_of(sample.frame), :, :2] - (sample.rect.x0, sample.rect.y0)
    for _, ring, _ in EYES:
        cv2.fillPoly(shown, [np.rint(points[list(ring)]).astype(np.int32)], 1)
    return cv2.dilate(shown, np.ones((2 * margin + 1,) * 2, np.uint8)) > 0


def iris_place(solve: FaceSolve, sample: FaceSample, patch: Patch, eye: int) -> float:
    """Where the dark of one eye lies across the picture, pixels."""
    shown = np.zeros(sample.crop.shape[:2], np.uint8)
    ring = solve.landmarks[solve.index_of(sample.frame), list(EYES[eye][1]), :2] - (sample.rect.x0, sample.rect.y0)
    cv2.fillPoly(shown, [np.rint(ring).astype(np.int32)], 1)
    dark = cv2.erode(shown, np.ones((5, 5), np.uint8)) * np.clip(0.6 - patch.colour.mean(2), 0, None)
    return float((dark.sum(0) * np.arange(dark.shape[1])).sum() / dark.sum())


def test_a_whole_gaze_is_the_plate_s_to_the_bit(swap: Swap) -> None:
    np.testing.assert_array_equal(swap(ASIDE, gaze=1.0)[1].colour, swap(ASIDE)[1].colour)


def test_pixels_change_between_the_lids_only(swap: Swap, solve: FaceSolve) -> None:
    before = swap(ASIDE)[1].colour
    for weight in (0.0, 0.5, 1.5):
        sample, patch = swap(ASIDE, gaze=weight)
        change = np.abs(patch.colour - before).max(2)
        eyes = lids(solve, sample, 6)  # The identity's lids lie some pixels beside the plate's.
        assert change[eyes].max() > 0.1
        assert change[~eyes].max() < 1e-4


def test_irises_travel_evenly_with_the_weight(swap: Swap, aside: FaceSolve) -> None:
    weights = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
    i = aside.index_of(ASIDE)
    assert i is not None
    way = gaze_turn(aside, i, resting_irises(aside), 0.0, GazeSettings())[0]
    assert abs(way) > 5
    for eye in (0, 1):
        places = [iris_place(aside, *swap(ASIDE, gaze=weight), eye) for weight in weights]
        steps = -np.sign(way) * np.diff(places)
        assert (steps > 0).all()
        assert steps.max() < 4 * steps.min()


def test_a_weight_beside_the_whole_is_no_step(swap: Swap) -> None:
    before = swap(ASIDE)[1].colour
    near, nearer = (np.abs(swap(ASIDE, gaze=weight)[1].colour - before).max() for weight in (0.98, 0.995))
    assert nearer < near < 0.1
    assert nearer < 0.01


def test_rest_is_reached_at_nothing_and_no_iris_leaves_its_eye(aside: FaceSolve) -> None:
    rest, free = resting_irises(aside), GazeSettings(gaze_upright=1.0)
    i = aside.index_of(ASIDE)
    assert i is not None
    turn = gaze_turn(aside, i, rest, 0.0, free)
    moved = replace(aside, landmarks=aside.landmarks.copy())
    moved.landmarks[i, N_VERTICES:, :2] += turn
    assert np.hypot(*gaze_turn(moved, i, rest, 0.0, free)) < 0.05 * np.hypot(*turn)
    outward = gaze_turn(aside, i, rest, 1.5, GazeSettings(gaze_across=0.1, gaze_upright=0.0))
    assert np.hypot(*outward) < 0.01, "an iris farther out than eyes turn goes no farther"


def test_shut_and_covered_eyes_stay_the_plate_s(
    swap: Swap, portrait: SourcePhoto, aside: FaceSolve, crops: Crops
) -> None:
    np.testing.assert_array_equal(swap(SHUT, gaze=0.0)[1].colour, swap(SHUT)[1].colour)
    everything = OcclusionMatte(Rect(0, 0, 640, 360), np.full((360, 640), 255, np.uint8))
    covered = MeshSwapper().prepare(replace(aside, occlusion={ASIDE: everything}), [portrait], crops)
    patches = []
    for values in ({}, {"gaze": 0.0}):
        parameters = parameters_of(values)
        sample = sample_of(covered, ASIDE, crops, parameters)
        patches.append(MeshSwapper().swap(covered, [sample], [parameters])[0].colour)
    np.testing.assert_allclose(patches[0], patches[1], atol=1e-6)


def test_the_performer_s_own_face_turns_its_eyes_and_says_so(aside: FaceSolve, crops: Crops) -> None:
    own, ahead = MeshSwapper().prepare(aside, [], crops), parameters_of({"gaze": 0.0})
    sample = sample_of(own, ASIDE, crops, ahead)
    patch = MeshSwapper().swap(own, [sample], [ahead])[0]
    assert np.abs(patch.colour - sample.crop).max() > 0.2
    np.testing.assert_array_equal(patch.colour[~patch.support], sample.crop[~patch.support])
