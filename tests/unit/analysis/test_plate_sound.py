from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.plate_sound import HOP_S, PlateSound, frame_sound, hops_of
from pipeline.analysis.sound_features import HopFeatures


def sound_of(level: NDArray[np.floating], speech: NDArray[np.floating] | None = None) -> PlateSound:
    zeros = np.zeros(len(level), np.float32)
    features = HopFeatures(
        level.astype(np.float32), np.arange(len(level), dtype=np.float32), zeros, zeros + 120, zeros + 1
    )
    return PlateSound(1, features, zeros + 1 if speech is None else speech.astype(np.float32))


def test_hops_are_counted_from_the_first_picture_exactly() -> None:
    # 1001/24000 s a frame over an hour: in floating point some frames would take a neighbour's hop.
    times = [Fraction(1001 * (number + 90000), 24000) for number in range(2000)]
    edges = hops_of([times[0], times[0] + 86400], Fraction(0))
    assert edges.tolist() == [0, 86400 * 16000 // 256, 86400 * 16000 // 256]
    steps = np.diff(hops_of(times, Fraction(1001, 24000)))
    assert steps.min() == 2
    assert steps.max() == 3
    assert steps.sum() == round(2000 * Fraction(1001, 24000) / HOP_S)


def test_frames_of_a_film_of_variable_rate_take_what_is_heard_while_they_are_shown() -> None:
    level = np.full(60, -60.0)
    level[30:36] = -20.0  # 0.48 to 0.576 s
    times = [Fraction(0), Fraction(1, 10), Fraction(48, 100), Fraction(576, 1000), Fraction(8, 10)]
    heard = frame_sound(sound_of(level), times)
    np.testing.assert_allclose(heard.level, [-60, -60, -20, -60, -60], atol=0.01)
    assert heard.onset.tolist()[2] == 35.0


def test_a_frame_shorter_than_a_hop_takes_the_hop_it_lies_in() -> None:
    times = [Fraction(number, 240) for number in range(48)]
    heard = frame_sound(sound_of(np.arange(13) - 50.0), times)
    middles = np.minimum((np.arange(48) / 240 / float(HOP_S)).astype(int) + 1, 12)
    assert np.abs(heard.level - (middles - 50.0)).max() <= 1.0


def test_pitch_is_told_only_where_somebody_speaks() -> None:
    speech = np.array([0.0] * 10 + [0.9] * 10)
    heard = frame_sound(sound_of(np.full(20, -20.0), speech), [Fraction(0), 5 * HOP_S, 10 * HOP_S, 15 * HOP_S])
    np.testing.assert_array_equal(heard.pitch, [np.nan, np.nan, 120, 120])
    assert heard.voiced.tolist() == [False, False, True, True]


def test_sound_that_ends_before_the_pictures_leaves_its_last_value() -> None:
    heard = frame_sound(sound_of(np.full(5, -30.0)), [Fraction(number, 25) for number in range(10)])
    np.testing.assert_allclose(heard.level, -30, atol=1e-4)
