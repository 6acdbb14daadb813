from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.engines.speech.silero_vad import STEP, SileroVad, SpeechMemory
from pipeline.media.sound_reader import SOUND_RATE, sound_blocks


@pytest.fixture(scope="module")
def network(models_dir: Path) -> SileroVad:
    return SileroVad(SessionPool(models_dir))


@pytest.fixture(scope="module")
def speech(media_dir: Path) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.concatenate(list(sound_blocks(media_dir / "speech.mp3", 0, Fraction(0))))


def test_the_spoken_text_is_speech_in_nine_tenths_of_its_steps(
    network: SileroVad, speech: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> None:
    steps, _ = network.listen(speech, SpeechMemory())
    assert len(steps) == len(speech) // STEP
    assert float((steps >= 0.5).mean()) == pytest.approx(0.91, abs=0.01)


def test_silence_noise_and_a_tone_are_no_speech(network: SileroVad) -> None:
    times = np.arange(2 * SOUND_RATE) / SOUND_RATE
    noise = 0.05 * np.random.default_rng(0).standard_normal(len(times))
    for sound in (np.zeros(len(times)), noise, 0.3 * np.sin(2 * np.pi * 440 * times)):
        steps, _ = network.listen(sound.astype(np.float32), SpeechMemory())
        assert float((steps >= 0.5).mean()) < 0.05


def test_what_is_heard_in_pieces_is_what_is_heard_at_once(
    network: SileroVad, speech: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> None:
    sound = speech[: 60 * STEP]
    whole, _ = network.listen(sound, SpeechMemory())
    first, memory = network.listen(sound[: 20 * STEP], SpeechMemory())
    rest, _ = network.listen(sound[20 * STEP :], SpeechMemory.unpacked(memory.packed()))
    np.testing.assert_array_equal(np.concatenate([first, rest]), whole)


def test_less_than_a_step_says_nothing_and_changes_nothing(network: SileroVad) -> None:
    memory = SpeechMemory()
    steps, after = network.listen(np.zeros(STEP - 1, np.float32), memory)
    assert len(steps) == 0
    assert after is memory
