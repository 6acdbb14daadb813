"""A waveform stands over the frames in which its sound is heard, and loses no peak."""

from fractions import Fraction

import numpy as np

from pipeline.media.sound_reader import SOUND_RATE
from pipeline.media.waveform import BINS_A_FRAME, outline

RATE = Fraction(25)


def never() -> bool:
    return False


def test_a_peak_lies_in_its_frame_whatever_the_blocks() -> None:
    samples = np.zeros(2 * SOUND_RATE, np.float32)
    at = SOUND_RATE * 30 // 25 + 3 * SOUND_RATE // 200 + 5
    samples[at] = 0.5
    samples[at + 1] = -0.25
    times = [n / RATE for n in range(50)]
    for size in (7, 1024, 100_000):
        blocks = (samples[begin : begin + size] for begin in range(0, len(samples), size))
        low, high = outline(blocks, times, 1 / RATE, never)
        assert len(low) == 50 * BINS_A_FRAME
        assert np.flatnonzero(high).tolist() == [30 * BINS_A_FRAME + 3]
        assert (high[243], low[243]) == (64, -32)


def test_frames_of_different_length_have_their_own_sound() -> None:
    ramp = (np.arange(SOUND_RATE) / SOUND_RATE).astype(np.float32)
    _, high = outline(iter([ramp]), [Fraction(0), Fraction(1, 10), Fraction(9, 10)], Fraction(1, 10), never)
    by_frame = high.reshape(3, BINS_A_FRAME).max(axis=1)
    assert np.abs(by_frame - 127 * np.array([0.1, 0.9, 1.0])).max() <= 1


def test_what_can_be_heard_can_be_seen_and_the_end_is_silence() -> None:
    quiet = np.full(SOUND_RATE // 2, -0.001, np.float32)
    low, high = outline(iter([quiet]), [n / RATE for n in range(25)], 1 / RATE, never)
    assert (low[: 12 * BINS_A_FRAME] == -1).all()
    assert not high[13 * BINS_A_FRAME :].any()
    assert not low[13 * BINS_A_FRAME :].any()
