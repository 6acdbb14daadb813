"""Brows that move while their landmarks stay: followed in the pictures, and only there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.brow_motion import LED, BrowSettings, follow_brows
from pipeline.analysis.solve import solve_face
from pipeline.analysis.solve_packing import pack_solve, unpack_solve
from pipeline.engines.faces import FaceSolve
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.mesh import LIPS_OUTER
from pipeline.imaging.procrustes import Pose, to_canonical
from pipeline.quality.pixel_meter import luma_of
from tests.unit.analysis.excerpts import Excerpt

MISLED = slice(44, 64)
"""Frames of the grin, none of the calm ones."""
AWAY = 3.0
"""Pixels to the side, 2 % of the face's width."""
SETTINGS = BrowSettings()


class Pictures:
    """An excerpt's lumas, some of them of nothing."""

    def __init__(self, excerpt: Excerpt, blank: range = range(0)) -> None:
        self._lumas = {frame: luma_of(each) for frame, each in excerpt.pictures.items()}
        self._blank = blank

    def __call__(self, frames: Sequence[int]) -> Iterator[ImageU8 | None]:
        for frame in frames:
            yield np.full_like(self._lumas[frame], 128) if frame in self._blank else self._lumas[frame]


def misled(solve: FaceSolve, frames: slice = MISLED) -> FaceSolve:
    """The solve with brows' landmarks to one side of the brows in some frames."""
    landmarks = solve.landmarks.copy()
    near = np.exp(-(np.linalg.norm(solve.neutral[:, None, :2] - solve.neutral[None, LED, :2], axis=2).min(1) ** 2))
    landmarks[frames, :468, 0] += np.rint(AWAY * near * 64) / 64
    poses = Pose(solve.scale, solve.rotation, solve.translation)
    canonical = to_canonical(landmarks[:, :468], poses).astype(np.float32)
    return replace(solve, landmarks=landmarks, canonical=canonical)


def apart(one: FaceSolve, other: FaceSolve) -> NDArray[np.float64]:
    """(T,) mean distance of the brows' landmarks, pixels."""
    moved = one.landmarks[:, LED, :2] - other.landmarks[:, LED, :2]
    return np.asarray(np.linalg.norm(moved, axis=2).mean(1), np.float64)


@pytest.fixture(scope="module")
def solve(grin: Excerpt) -> FaceSolve:
    return solve_face(grin.track)


@pytest.fixture(scope="module")
def followed(grin: Excerpt, solve: FaceSolve) -> FaceSolve:
    return follow_brows(solve, Pictures(grin), (), SETTINGS)


def test_landmarks_beside_the_brows_are_led_back_onto_them(
    grin: Excerpt, solve: FaceSolve, followed: FaceSolve
) -> None:
    found = follow_brows(misled(solve), Pictures(grin), (), SETTINGS)
    inner = slice(MISLED.start + 4, MISLED.stop - 4)
    assert apart(misled(solve), solve)[inner].min() > 0.9 * AWAY
    assert apart(found, followed)[inner].max() < 0.25 * AWAY


def test_calm_brows_and_the_rest_of_the_face_stay(solve: FaceSolve, followed: FaceSolve) -> None:
    assert apart(followed, solve)[solve.neutral_frames[:5]].max() < 0.4
    assert np.array_equal(followed.landmarks[:, LIPS_OUTER], solve.landmarks[:, LIPS_OUTER])
    assert np.array_equal(followed.neutral, solve.neutral)


def test_nothing_is_followed_where_the_picture_shows_no_brows(grin: Excerpt, solve: FaceSolve) -> None:
    found = follow_brows(misled(solve), Pictures(grin, range(30, 72)), (), SETTINGS)
    assert apart(found, misled(solve))[MISLED].max() < 0.3


def test_what_is_followed_in_one_shot_is_not_carried_into_the_next(
    grin: Excerpt, solve: FaceSolve, followed: FaceSolve
) -> None:
    wrong = misled(solve, slice(MISLED.start, 72))
    before = MISLED.start - 1
    bled = apart(follow_brows(wrong, Pictures(grin), (), SETTINGS), followed)[before]
    kept = apart(follow_brows(wrong, Pictures(grin), (MISLED.start,), SETTINGS), followed)[before]
    assert kept < 0.5 * bled


def test_the_basis_learns_what_is_followed(solve: FaceSolve, followed: FaceSolve) -> None:
    moved = np.abs(followed.basis - solve.basis).max((0, 2))
    assert moved[list(LED)].min() > 0
    assert moved[list(LIPS_OUTER)].max() == 0


def test_what_is_kept_is_what_was_found(followed: FaceSolve) -> None:
    kept = unpack_solve(pack_solve(followed))
    assert np.array_equal(kept.landmarks, followed.landmarks)
    assert np.array_equal(kept.canonical, followed.canonical)


def test_another_way_of_following_is_another_solve(grin: Excerpt, solve: FaceSolve, followed: FaceSolve) -> None:
    other = follow_brows(solve, Pictures(grin), (), replace(SETTINGS, sigma=2.0))
    assert len({solve.key, followed.key, other.key}) == 3


def test_a_face_of_few_frames_shows_no_motion(grin: Excerpt, solve: FaceSolve) -> None:
    found = follow_brows(solve, Pictures(grin), (), replace(SETTINGS, least_frames=73))
    assert np.array_equal(found.landmarks, solve.landmarks)
