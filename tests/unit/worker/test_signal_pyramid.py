"""Signals in buckets: nothing seen is lost, at any coarseness."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.analysis.action_units import CHANNELS
from pipeline.analysis.activation import activation
from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.signals import FaceSignals
from pipeline.worker.signal_pyramid import NAMES, SignalPyramid

FRAMES = 1001


@pytest.fixture(scope="module")
def signals() -> FaceSignals:
    """A face seen in frames 100 to 899, with one spike of yaw."""
    frames = np.arange(100, 900, dtype=np.int32)
    n = len(frames)
    pose = np.zeros((n, 3))
    pose[frames == 555, 0] = 40.0
    return FaceSignals(
        frames=frames, seconds=frames / 24.0, units=np.random.default_rng(1).random((n, len(CHANNELS))),
        lids=np.ones((n, 2)), closure=np.zeros((n, 2)), gaze=np.zeros((n, 2)), pose=pose, trust=np.ones((n, 3, 2)),
        clear=np.ones(n, bool), change=np.full(n, np.nan), plate_change=np.zeros(n), cuts=frozenset(),
    )  # fmt: skip


def test_up_close_the_signal_is_shown_as_it_is(signals: FaceSignals) -> None:
    start, step, low, high = SignalPyramid(signals, FRAMES).block(100, 140, 50)
    assert (start, step, low.shape) == (100, 1, (len(NAMES), 40))
    assert np.array_equal(low, high, equal_nan=True)
    assert np.allclose(low[: len(CHANNELS)], signals.units[:40].T, atol=1e-6)


@pytest.mark.parametrize("columns", [1, 7, 100, 640])
def test_a_spike_is_seen_at_every_coarseness_and_never_in_more_columns_than_asked(
    signals: FaceSignals, columns: int
) -> None:
    start, step, low, high = SignalPyramid(signals, FRAMES).block(3, 998, columns)
    assert low.shape[1] <= columns
    yaw = NAMES.index("yaw")
    assert np.nanmax(high[yaw]) == 40.0
    assert high[yaw, (555 - start) // step] == 40.0
    assert np.nanmin(low[yaw]) == 0.0


def test_where_the_face_is_not_seen_there_is_nothing(signals: FaceSignals) -> None:
    _, _, low, _ = SignalPyramid(signals, FRAMES).block(0, 100, 200)
    assert np.isnan(low).all()


def test_a_view_that_scrolls_shows_the_same_buckets(signals: FaceSignals) -> None:
    pyramid = SignalPyramid(signals, FRAMES)
    one, other = pyramid.block(200, 600, 60), pyramid.block(216, 616, 60)
    assert one[1] == other[1]
    shift = (other[0] - one[0]) // one[1]
    assert np.array_equal(one[3][:, shift:], other[3][:, : one[3].shape[1] - shift], equal_nan=True)


def test_what_is_heard_stands_beside_what_is_seen(signals: FaceSignals) -> None:
    mute = SignalPyramid(signals, FRAMES).block(100, 900, 1000)[2]
    assert np.isnan(mute[[NAMES.index(name) for name in ("sound_level", "speech", "voice_pitch", "speaks")]]).all()
    count = len(signals.frames)
    sound = FrameSound(*(np.full(count, value) for value in (-20.0, 0.0, 0.9, 120.0, 0.5)))
    spoken = replace(signals, sound=sound, speaks=np.linspace(0, 1, count))
    low, high = SignalPyramid(spoken, FRAMES).block(100, 900, 100)[2:]
    assert np.nanmin(low[NAMES.index("sound_level")]) == -20.0
    assert np.nanmax(high[NAMES.index("voice_pitch")]) == 120.0
    assert np.nanmax(high[NAMES.index("speaks")]) == 1.0


def test_how_strongly_the_face_expresses_something_is_what_balance_follows(signals: FaceSignals) -> None:
    _, step, low, high = SignalPyramid(signals, FRAMES).block(100, 900, FRAMES)
    row = NAMES.index("activation")
    assert step == 1
    np.testing.assert_allclose(high[row], activation(signals), atol=1e-6)
    np.testing.assert_array_equal(low[row], high[row])
