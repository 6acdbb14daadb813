"""A face that vanishes for some frames: bridged where the picture still shows it, and marked; else left out."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pipeline.analysis.gaps import GapSettings, bridge, gaps_in
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.signals import face_signals
from pipeline.analysis.solve import solve_face
from pipeline.analysis.solve_packing import pack_solve, unpack_solve
from pipeline.engines.faces import FaceSolve
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.procrustes import Pose, repose
from pipeline.project.detection import DetectionOptions
from pipeline.quality.pixel_meter import luma_of
from tests.unit.analysis.excerpts import Excerpt

GONE = range(14, 20)
"""In the middle of the rise to a grin."""
EDGES = [(13, 20)]
TIMES = [Fraction(frame, 24) for frame in range(80)]
SETTINGS = GapSettings()


def without(track: TrackObservations, gone: range) -> TrackObservations:
    """The track as if nobody had been found in those frames."""
    kept = ~np.isin(track.frames, list(gone))
    flow, error = track.flow.copy(), track.flow_error.copy()
    flow[gone.start - 1], error[gone.start - 1] = 0, np.inf
    pairs = np.delete(np.arange(len(flow)), list(gone))
    return replace(
        track,
        frames=track.frames[kept],
        landmarks=track.landmarks[kept],
        scores=track.scores[kept],
        presence=track.presence[kept],
        flow=flow[pairs],
        flow_error=error[pairs],
        change=None if track.change is None else track.change[kept],
    )


def luma(excerpt: Excerpt, blank: Sequence[int] = ()) -> dict[int, ImageU8]:
    """The excerpt's lumas, some of them white."""
    pictures = {frame: luma_of(each) for frame, each in excerpt.pictures.items()}
    return {frame: np.full_like(each, 235) if frame in blank else each for frame, each in pictures.items()}


@pytest.fixture(scope="module")
def parted(grin: Excerpt) -> FaceSolve:
    return solve_face(without(grin.track, GONE))


@pytest.fixture(scope="module")
def bridged(grin: Excerpt, parted: FaceSolve) -> FaceSolve:
    return bridge(parted, EDGES, luma(grin).get, SETTINGS)


def test_a_gap_in_which_the_picture_shows_the_face_is_bridged_near_the_truth(grin: Excerpt, bridged: FaceSolve) -> None:
    whole = solve_face(grin.track)
    assert bridged.frames.tolist() == whole.frames.tolist()
    assert bridged.bridged == tuple(GONE)
    away = np.linalg.norm(bridged.landmarks[..., :2] - whole.landmarks[..., :2], axis=2)
    assert away[list(GONE)].mean() < 0.015 * face_width(whole.landmarks[0])
    steps = np.linalg.norm(np.diff(bridged.landmarks[..., :2], axis=0), axis=2).mean(axis=1)
    assert steps[12:20].max() < 2 * np.linalg.norm(np.diff(whole.landmarks[..., :2], axis=0), axis=2).mean(axis=1).max()


def test_what_was_seen_stays_as_it_was_and_what_was_not_is_marked(parted: FaceSolve, bridged: FaceSolve) -> None:
    seen = ~np.isin(bridged.frames, list(GONE))
    for name in ("landmarks", "scores", "canonical", "scale", "rotation", "translation"):
        assert np.array_equal(getattr(bridged, name)[seen], getattr(parted, name)), name
    assert not bridged.clear[~seen].any()
    assert np.array_equal(bridged.frames[bridged.neutral_frames], parted.frames[parted.neutral_frames])
    assert bridged.key != parted.key


def test_pose_and_mesh_of_a_bridged_frame_belong_together(bridged: FaceSolve) -> None:
    for i in (14, 17):
        pose = Pose(bridged.scale[i], bridged.rotation[i], bridged.translation[i])
        assert repose(bridged.canonical[i], pose) == pytest.approx(bridged.landmarks[i, :468], abs=1e-2)


def test_nothing_is_put_onto_a_picture_that_does_not_show_the_face(grin: Excerpt, parted: FaceSolve) -> None:
    blank = bridge(parted, EDGES, luma(grin, GONE).get, SETTINGS)
    assert blank is parted
    half = bridge(parted, EDGES, luma(grin, range(14, 17)).get, SETTINGS)
    assert half.bridged == (17, 18, 19)
    assert bridge(parted, EDGES, lambda frame: None, SETTINGS) is parted, "unreadable frames show nothing"


def test_only_short_gaps_within_a_shot_are_bridged() -> None:
    frames = np.array([0, 1, 5, 6, 30, 31, 33, 36], np.int32)
    half = SETTINGS.longest_s
    assert gaps_in(frames, TIMES, [0], half) == [(1, 5), (31, 33), (33, 36)]
    assert gaps_in(frames, TIMES, [0, 5, 33], half) == [(33, 36)]
    assert gaps_in(frames, TIMES, [0], Fraction(0)) == []
    assert (6, 30) in gaps_in(frames, TIMES, [0], Fraction(1))


def test_a_bridge_comes_out_of_the_store_bit_for_bit(bridged: FaceSolve) -> None:
    again = unpack_solve(pack_solve(bridged))
    assert again.bridged == bridged.bridged
    for name in ("frames", "landmarks", "canonical", "scores", "scale", "rotation", "translation", "clear"):
        assert np.array_equal(getattr(again, name), getattr(bridged, name)), name


def test_signals_mark_what_is_bridged_trust_it_nowhere_and_see_no_ends_there(grin: Excerpt, bridged: FaceSolve) -> None:
    track = without(grin.track, GONE)
    signals = face_signals(track, bridged, TIMES)
    assert signals.bridged == frozenset(GONE)
    assert not signals.trust[list(GONE)].any()
    assert signals.trust[13].all()
    assert np.isnan(signals.change[list(GONE)]).all()
    proposed = propose_keyframes(signals, DetectionOptions())
    assert [each.frame for each in proposed if each.kind in ("first", "last")] == [0, 71]
    assert not any(each.frame in GONE for each in proposed)
