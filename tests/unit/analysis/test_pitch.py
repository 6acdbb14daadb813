from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.pitch import pitch_of
from pipeline.media.sound_reader import SOUND_RATE
from tests.spoken import VOICES, spoken

WINDOW, HOP = 1024, 256


def windows(samples: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]


def tone(hz: float, partials: str) -> NDArray[np.float64]:
    """A second of a tone under a little noise."""
    number = np.arange(1, int(7000 / hz))
    height = {
        "sine": (number == 1) * 1.0,
        "saw": 1.0 / number,
        "pulse": np.ones(len(number)),
        "weak fundamental": np.where(number == 1, 0.05, 1.0 / number),
    }[partials]
    times = np.arange(SOUND_RATE) / SOUND_RATE
    sound = height @ np.sin(2 * np.pi * hz * number[:, None] * times)
    noise = np.random.default_rng(0).standard_normal(len(times))
    return np.asarray(0.1 * sound / np.abs(sound).max() + 0.001 * noise)


@pytest.mark.parametrize("partials", ["sine", "saw", "pulse", "weak fundamental"])
@pytest.mark.parametrize("hz", [65.0, 80.0, 100.0, 150.0, 220.0, 300.0, 440.0, 490.0])
def test_tones_have_their_pitch_and_never_an_octave_of_it(hz: float, partials: str) -> None:
    pitch, clarity = pitch_of(windows(tone(hz, partials)), SOUND_RATE)
    assert np.abs(pitch / hz - 1).max() < 0.02
    assert clarity.min() > 0.8


def test_a_gliding_tone_is_followed() -> None:
    times = np.arange(2 * SOUND_RATE) / SOUND_RATE
    wanted = 100.0 * 2**times  # an octave a second
    phase = 2 * np.pi * np.cumsum(wanted) / SOUND_RATE
    sound = sum(np.sin(number * phase) / number for number in range(1, 6))
    pitch, _ = pitch_of(windows(np.asarray(sound)), SOUND_RATE)
    middles = np.arange(len(pitch)) * HOP + WINDOW // 2
    assert np.abs(pitch / wanted[middles] - 1).max() < 0.03


def test_noise_and_silence_have_no_clear_pitch() -> None:
    noise = np.random.default_rng(0).standard_normal(SOUND_RATE)
    assert np.percentile(pitch_of(windows(noise), SOUND_RATE)[1], 95) < 0.5
    assert pitch_of(windows(np.zeros(SOUND_RATE)), SOUND_RATE)[1].max() == 0.0


@pytest.mark.parametrize("voice", VOICES)
def test_voices_do_not_jump_by_octaves(data_dir: Path, voice: str) -> None:
    pitch, clarity = pitch_of(windows(spoken(data_dir, voice).samples), SOUND_RATE)
    clear = clarity > 0.7
    usual = np.median(pitch[clear])
    low, high = (75, 130) if voice != "woman" else (150, 280)
    assert low < usual < high
    assert float((np.abs(np.log2(pitch[clear] / usual)) > 0.8).mean()) < 0.02
