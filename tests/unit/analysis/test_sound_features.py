from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.sound_features import HOP, QUIETEST_DB, REACH, HopFeatures, hop_features
from pipeline.media.sound_reader import SOUND_RATE
from tests.spoken import CLOSED, OPEN_VOWELS, VOICES, spoken

HOPS_PER_S = SOUND_RATE / HOP


def features(samples: NDArray[np.floating]) -> HopFeatures:
    whole = samples[: len(samples) // HOP * HOP].astype(np.float32)
    return hop_features(np.pad(whole, (REACH + HOP, REACH)))


def test_the_level_of_a_sine_is_three_decibels_under_its_peak_and_silence_is_the_floor() -> None:
    times = np.arange(SOUND_RATE) / SOUND_RATE
    loud = features(0.5 * np.sin(2 * np.pi * 1000 * times))
    assert np.abs(loud.level[2:-2] - 20 * np.log10(0.5) + 3.01).max() < 0.05
    assert set(features(np.zeros(SOUND_RATE)).level.tolist()) == {QUIETEST_DB}


def test_a_burst_sets_in_in_the_hop_in_which_it_begins() -> None:
    noise = 0.2 * np.random.default_rng(0).standard_normal(SOUND_RATE)
    for begin in (20 * HOP, 20 * HOP + HOP // 2, 33 * HOP):
        sound = np.where(np.arange(SOUND_RATE) >= begin, noise, 0.0)
        onset = features(sound).onset
        assert abs(int(onset.argmax()) - begin // HOP) <= 1
        assert onset.max() > 10 * np.median(onset)


@pytest.mark.parametrize("voice", VOICES)
def test_open_vowels_are_told_from_closed_ones_in_every_voice(data_dir: Path, voice: str) -> None:
    said = spoken(data_dir, voice)
    openness = features(said.samples).openness

    def values(names: frozenset[str]) -> list[float]:
        spans = [(round(a * HOPS_PER_S), round(b * HOPS_PER_S)) for a, b, name in said.phonemes if name in names]
        return [float(np.median(openness[a:b])) for a, b in spans if b - a >= 2]

    opened, closed = np.array(values(OPEN_VOWELS)), np.array(values(CLOSED))
    assert len(opened) >= 8
    assert len(closed) >= 8
    assert float((opened[:, None] > closed).mean()) > 0.95
    assert np.median(opened) > 0.55 > 0.3 > np.median(closed)
