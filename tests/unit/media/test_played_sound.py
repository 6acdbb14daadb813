"""Stretches of sound for playing fit each other, and the whole."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import MediaUnreadable
from pipeline.media.played_sound import PlayedSound
from pipeline.media.sound_reader import PLAYED_RATE
from tests.sound_films import Track, sound_film


def hum(seconds: float, rate: int = 44100) -> np.ndarray:
    """Two tones that grow, left and right."""
    t = np.arange(int(seconds * rate)) / rate
    return np.stack([np.sin(2 * np.pi * 220 * t), np.sin(2 * np.pi * 330 * t)]) * 0.1 * t


@pytest.fixture
def sound(tmp_path: Path) -> PlayedSound:
    film = sound_film(tmp_path / "a.mov", [Track(hum(4.0), 44100, "pcm_s16le", "stereo")], frames=100)
    return PlayedSound(film, 1, Fraction(0))


def test_stretch_after_stretch_is_the_whole_without_a_seam(sound: PlayedSound, tmp_path: Path) -> None:
    whole = sound.read(0, 3 * PLAYED_RATE)
    parts = [sound.read(start, 4801) for start in range(0, 3 * PLAYED_RATE - 4801, 4801)]
    joined = np.concatenate(parts)
    assert np.array_equal(joined, whole[: len(joined)])


def test_a_place_in_the_middle_sounds_as_it_does_in_the_whole(sound: PlayedSound) -> None:
    whole = sound.read(0, 3 * PLAYED_RATE).astype(int)
    entered = sound.read(2 * PLAYED_RATE, PLAYED_RATE // 2).astype(int)
    apart = np.abs(entered[64:] - whole[2 * PLAYED_RATE + 64 : 2 * PLAYED_RATE + PLAYED_RATE // 2])
    # A resampler entered in the middle lies half a sample of the file's rate off at most.
    assert apart.max() < 0.03 * np.abs(whole).max()


def test_beyond_the_end_is_silence(sound: PlayedSound) -> None:
    end = sound.read(4 * PLAYED_RATE - 1000, 5000)
    assert end[:900].any()
    assert not end[1100:].any()
    assert not sound.read(60 * PLAYED_RATE, 100).any()


def test_a_file_that_has_gone_is_an_error_and_is_tried_again(tmp_path: Path, sound: PlayedSound) -> None:
    gone = PlayedSound(tmp_path / "gone.mov", 1, Fraction(0))
    for _ in range(2):
        with pytest.raises(MediaUnreadable, match=r"gone\.mov"):
            gone.read(0, 100)
