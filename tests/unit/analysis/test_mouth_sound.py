import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.mouth_sound import (
    lip_sound_correlation,
    mouth_trusted,
    on_plate,
    sounded_opening,
    syllables,
)
from pipeline.analysis.plate_sound import FrameSound
from tests.unit.analysis.signal_maker import still_face, with_units

RATE = 25.0
FRAMES = 250


def babble(seed: int, frames: int = FRAMES) -> NDArray[np.float64]:
    """Openings 0..1 of some four syllables a second."""
    random = np.random.default_rng(seed)
    times = np.arange(frames) / RATE
    phase = 2 * np.pi * np.cumsum(random.normal(4.0, 1.5, frames)) / RATE
    return np.asarray((1 + np.sin(phase + times)) / 2)


def sound_that_opens(opening: NDArray[np.float64], speech: float = 1.0) -> FrameSound:
    count = len(opening)
    return FrameSound(
        level=40.0 * np.log10(np.maximum(opening, 1e-3)) - 10.0,
        onset=np.zeros(count),
        speech=np.full(count, speech),
        pitch=np.full(count, 120.0),
        openness=np.full(count, 0.7),
    )


def test_a_mouth_that_follows_the_sound_agrees_and_its_lag_is_told() -> None:
    sounded = sounded_opening(sound_that_opens(babble(0)))
    for frames in (-3, 0, 2):
        shown = 2.0 + np.roll(sounded, frames)
        correlation, lag = lip_sound_correlation(shown, sounded, 1 / RATE)
        assert correlation > 0.97
        assert lag == pytest.approx(frames / RATE)


def test_frozen_shuffled_and_foreign_mouths_do_not_agree() -> None:
    sounded = sounded_opening(sound_that_opens(babble(0)))
    assert np.isnan(lip_sound_correlation(np.full(FRAMES, 0.3), sounded, 1 / RATE)[0])
    assert lip_sound_correlation(babble(1), sounded, 1 / RATE)[0] < 0.5
    assert lip_sound_correlation(np.random.default_rng(0).permutation(sounded), sounded, 1 / RATE)[0] < 0.3


def test_a_smile_under_the_speech_does_not_hide_it() -> None:
    sounded = sounded_opening(sound_that_opens(babble(0)))
    drifting = sounded + np.linspace(0, 3, FRAMES)
    assert lip_sound_correlation(drifting, sounded, 1 / RATE)[0] > 0.9


def test_covered_frames_say_nothing() -> None:
    sounded = sounded_opening(sound_that_opens(babble(0)))
    shown = sounded.copy()
    shown[100:150] = np.nan
    assert lip_sound_correlation(shown, sounded, 1 / RATE)[0] > 0.97
    few = np.full(FRAMES, np.nan)
    few[:20] = sounded[:20]
    assert all(np.isnan(lip_sound_correlation(few, sounded, 1 / RATE)))


def test_unknown_frames_lend_their_neighbours_nothing() -> None:
    values = np.full(100, 5.0)
    values[50:] = np.nan
    found = syllables(values, 1 / RATE)
    np.testing.assert_allclose(found[:50], 0.0, atol=1e-9)
    assert np.isnan(found[50:]).all()


def test_mouths_stand_on_the_plates_frames_where_they_are_trusted() -> None:
    face = with_units(still_face(10), {"AU25g": np.arange(10.0), "AU26g": np.ones(10)})
    face.frames[:] += 5
    face.trust[3, 2, 1] = 0.2
    assert mouth_trusted(face).tolist() == [True, True, True, False, *[True] * 6]
    shown = on_plate(face, 20)
    assert np.isnan(shown[[*range(5), 8, *range(15, 20)]]).all()
    assert shown[5:8].tolist() == [1.0, 2.0, 3.0]


def test_nobody_opens_the_mouth_where_nobody_speaks() -> None:
    assert sounded_opening(sound_that_opens(babble(0), speech=0.0)).max() == 0.0
