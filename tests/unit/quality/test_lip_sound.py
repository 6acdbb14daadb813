import numpy as np
import pytest

from pipeline.quality.lip_sound import Voice, lip_sound


def talk() -> tuple[np.ndarray, Voice]:
    """Lips that open on syllables, and their sound."""
    opening = np.maximum(0, np.sin(np.arange(200) / 2.1)) * (np.sin(np.arange(200) / 15) > -0.3)
    return opening * 0.2, Voice(-60 + 45 * opening, opening > 0.05)


def test_lips_that_follow_the_sound_correlate_and_late_ones_are_seen_to_be_late() -> None:
    lips, voice = talk()
    found, _ = lip_sound(lips, np.roll(lips, 2), voice)
    assert found is not None
    assert found.plate > 0.95
    assert found.lag == 2
    assert found.best > 0.95
    assert found.result < 0.7


def test_a_voice_that_the_plate_s_lips_do_not_follow_is_said_to_be_another_s_perhaps() -> None:
    lips, voice = talk()
    assert "somebody else's" not in lip_sound(lips, lips, voice)[1]
    found, told = lip_sound(np.full(200, 0.1), lips, voice)
    assert found is not None
    assert "somebody else's" in told


def test_a_mouth_that_stands_still_has_no_correlation() -> None:
    lips, voice = talk()
    found, _ = lip_sound(lips, np.full(200, 0.1), voice)
    assert found is not None
    assert found.result == 0


@pytest.mark.parametrize("speaks", [0, 20])
def test_too_little_speech_is_said_with_the_frames_there_are(speaks: int) -> None:
    lips, voice = talk()
    found, told = lip_sound(lips, lips, Voice(voice.level, np.arange(200) < speaks))
    assert found is None
    assert f"too little speech: {speaks} frames, 50 are needed" in told
    assert "no speech" in lip_sound(lips, lips, None)[1]


@pytest.mark.parametrize("frames", [1, 4, 12])
def test_a_film_shorter_than_a_pause_says_nothing(frames: int) -> None:
    lips, voice = talk()
    short = Voice(voice.level[:frames], np.ones(frames, np.bool_))
    found, told = lip_sound(lips[:frames], lips[:frames], short)
    assert found is None
    assert told


def test_a_mouth_out_of_sight_says_nothing() -> None:
    lips, voice = talk()
    found, told = lip_sound(np.where(np.arange(200) < 30, lips, np.nan), lips, voice)
    assert found is None
    assert "too few" in told
