from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.face_window import FaceWindow, WorkGrid, face_windows, work_grid
from pipeline.analysis.hand_shape import hand_size, silhouette
from pipeline.analysis.hand_tracking import HandTrack, suspicious_frames
from pipeline.analysis.hands import HandSettings, hand_mattes, spans_of
from pipeline.analysis.matte_carry import CarrySettings, FrameMatte, fill_gaps, to_u8
from pipeline.analysis.solve import solve_face
from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.quality.hand_labels import HandLabels, intersection_over_union, load_hand_labels, matte_picture
from tests.unit.analysis.excerpts import Excerpt, first_frames, read_excerpt

Mattes = dict[int, OcclusionMatte]


@pytest.fixture(scope="module")
def mattes(hand_comes: Excerpt, shared_pool: SessionPool) -> Mattes:
    return dict(hand_mattes(hand_comes.track, hand_comes.lazily, shared_pool))


@pytest.fixture(scope="module")
def labels(data_dir: Path) -> HandLabels:
    return load_hand_labels(data_dir / "labels" / "hand_mattes.json")


def test_every_frame_with_the_hand_before_the_face_has_a_matte_and_no_other(mattes: Mattes) -> None:
    assert set(range(58, 106)) <= set(mattes)
    assert not set(range(46, 57)) & set(mattes)


def test_the_mattes_agree_with_what_was_drawn_by_eye(mattes: Mattes, labels: HandLabels) -> None:
    compared = [label for label in labels.labels if label.frame < 106]
    assert len(compared) >= 5
    for label in compared:
        picture = matte_picture(mattes[label.frame], labels.width, labels.height)
        assert intersection_over_union(picture, label) > 0.85, label.frame


def test_a_face_without_a_hand_has_no_matte_and_is_not_read_again(grin: Excerpt, shared_pool: SessionPool) -> None:
    def unread(start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        raise AssertionError(f"frames {start} to {stop} were read")

    assert grin.track.hands == {}
    assert not dict(hand_mattes(grin.track, unread, shared_pool))


def test_hands_are_sought_here_where_the_pass_did_not(grin: Excerpt, shared_pool: SessionPool) -> None:
    read: list[int] = []

    def counted(start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        read.extend(range(start, stop))
        return grin.lazily(start, stop)

    assert not dict(hand_mattes(replace(grin.track, hands=None), counted, shared_pool))
    assert len(read) > 60


def test_the_pass_looks_for_hands_now_and_then_and_where_one_crosses_the_face(hand_comes: Excerpt) -> None:
    seen = hand_comes.track.hands
    assert seen is not None
    assert min(seen) in range(52, 60)
    assert {58, 59} & set(seen)
    assert len(seen) < 45
    for frame, hands in seen.items():
        middle = hand_comes.track.landmarks[frame - 46, :, :2].mean(0)
        width = np.ptp(hand_comes.track.landmarks[frame - 46, :, 0])
        assert all(np.linalg.norm(each.joints[:, :2].mean(0) - middle) < 2 * width for each in hands)


def test_hands_go_to_the_plate_and_back() -> None:
    grid = WorkGrid(1000, 600, 3)
    np.testing.assert_allclose(grid.joints_to_grid(grid.to_plate(_hand())), _hand(), atol=1e-9)


def test_one_frame_is_enough(media_dir: Path, shared_pool: SessionPool, labels: HandLabels) -> None:
    still = read_excerpt(media_dir / "WolfgangLanger_Pexels.mp4", 102, 103, shared_pool)
    mattes = dict(hand_mattes(still.track, still.lazily, shared_pool))
    label = next(each for each in labels.labels if each.frame == 102)
    assert list(mattes) == [102]
    assert intersection_over_union(matte_picture(mattes[102], labels.width, labels.height), label) > 0.8


def test_the_solve_of_the_excerpt_is_clear_only_before_the_hand(mattes: Mattes, hand_comes: Excerpt) -> None:
    solve = solve_face(replace(hand_comes.track, occlusion=mattes))
    assert solve.frames[solve.clear].max() <= 57
    assert solve.frames[solve.neutral_frames].max() <= 57


def test_a_gap_is_filled_from_both_sides(mattes: Mattes, hand_comes: Excerpt, labels: HandLabels) -> None:
    """The mattes of five frames around a labelled one are taken away and carried in again by the motion."""
    label = next(each for each in labels.labels if each.frame == 75)
    whole = Rect(0, 0, labels.width, labels.height)
    frames = []
    for frame in range(71, 80):
        gray = hand_comes.pictures[frame][..., 1].copy()
        picture = to_u8(matte_picture(mattes[frame], labels.width, labels.height))
        frames.append(FrameMatte(whole, gray, picture if abs(frame - 75) > 2 else None, sure=True))
    filled = fill_gaps(frames, CarrySettings())
    assert [each.sure for each in filled] == [True] * 2 + [False] * 5 + [True] * 2
    matte = filled[4].matte
    assert matte is not None
    assert intersection_over_union(np.asarray(matte, np.float32) / np.float32(255), label) > 0.85


def test_a_hand_that_was_leaving_is_not_carried_on() -> None:
    gray = np.full((60, 60), 90, np.uint8)
    corner = np.zeros((60, 60), np.uint8)
    corner[55:, 55:] = 255
    rect = Rect(0, 0, 60, 60)
    filled = fill_gaps([FrameMatte(rect, gray, corner, True), FrameMatte(rect, gray, None, False)], CarrySettings())
    assert filled[1].matte is not None
    assert not filled[1].matte.any()


def test_the_frames_in_which_the_hand_crosses_the_face_are_suspicious(hand_comes: Excerpt, grin: Excerpt) -> None:
    settings = HandSettings().tracking
    found = suspicious_frames(hand_comes.track, settings)
    assert {58, 59, 92, 93} <= found
    assert not found & set(range(46, 57))
    assert len(suspicious_frames(grin.track, settings)) <= 2


def _hand() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """An upright open hand, fingers 25 pixels a phalanx."""
    joints = np.zeros((21, 3))
    joints[0] = [100, 180, 0]
    for finger, x in enumerate((60, 80, 97, 114, 130)):
        for k in range(4):
            joints[1 + 4 * finger + k, :2] = [x, 120 - 25 * k]
    return joints


def test_the_outline_holds_the_joints_and_only_the_thumb_is_unsure() -> None:
    joints = _hand()
    assert hand_size(joints) == pytest.approx(25)
    outline = silhouette(joints, 200, 220, 0.5)
    assert (outline.whole >= outline.sure).all()
    for x, y, _ in joints:
        assert outline.whole[int(y), int(x)]
    assert outline.sure[45, 97]
    assert not outline.sure[50, 60]
    assert outline.whole[215, 100], "the forearm goes on below the wrist"
    assert not outline.whole[10, 10]


def test_spans_close_small_gaps_and_leave_out_hands_far_from_the_face() -> None:
    windows = {frame: FaceWindow(Rect(0, 0, 400, 400), Rect(20, 20, 180, 200)) for frame in range(100)}
    near, far = _hand(), _hand() + np.array([2000, 0, 0])
    frames = {**dict.fromkeys(range(5, 20), near), **dict.fromkeys(range(30, 40), near)}
    tracks = [
        HandTrack(frames, dict.fromkeys(frames, 1.0)),
        HandTrack({80: near}, {80: 1.0}),
        HandTrack({90: far}, {90: 1.0}),
    ]
    assert spans_of(tracks, windows, HandSettings()) == [(5, 39), (80, 80)]
    assert spans_of([], windows, HandSettings()) == []


def test_the_window_goes_on_where_the_face_was_not_seen(grin: Excerpt) -> None:
    track = grin.track
    grid = work_grid(track.landmarks, track.width, track.height)
    seen = np.array([0, 1, 2, 20, 21], np.int32)
    windows = face_windows(seen, track.landmarks[seen], grid)
    assert sorted(windows) == list(range(22))
    assert not windows[10].rect.empty
    assert face_windows(seen[:0], first_frames(track, 0).landmarks, grid) == {}


def test_the_grid_reduces_by_whole_steps_and_keeps_its_place() -> None:
    grid = WorkGrid(1001, 602, 3)
    assert grid.size == (333, 200)
    assert grid.plate_rect(Rect(10, 20, 30, 40)) == Rect(30, 60, 90, 120)
    np.testing.assert_allclose(grid.to_grid(np.array([[1.0, 1.0], [31.0, 61.0]])), [[0, 0], [10, 20]])
    picture = np.zeros((602, 1001, 3), np.uint8)
    picture[60:63, 30:33] = 240
    assert grid.reduce(picture)[20, 10].tolist() == [240, 240, 240]
