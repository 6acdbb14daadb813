"""Plates of known speech: whose mouth opens when, and what is said."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.jobs.plate_sound import hear_plate, plate_times
from pipeline.jobs.progress import Progress, never_cancelled
from pipeline.jobs.speaker_plate import (
    PRESSED,
    ClipRange,
    loud_opening,
    open_vowels,
    plain_frames,
    said_opening,
    write_plate,
)
from pipeline.media.reader import open_plate

RATE = Fraction(24000, 1001)


def times(count: int) -> list[Fraction]:
    return [number / RATE for number in range(count)]


def test_a_clip_is_played_forwards_and_back_again() -> None:
    assert ClipRange(Path("a.mp4"), 3, 6).frames(9) == [3, 4, 5, 6, 5, 4, 3, 4, 5]
    assert ClipRange(Path("a.mp4"), 3, 3).frames(2) == [3, 3]


@pytest.mark.parametrize("voice", ["man", "woman", "german"])
def test_the_mouth_is_open_in_open_vowels_and_shut_in_silence(data_dir: Path, voice: str) -> None:
    phonemes = data_dir / "speech" / f"{voice}.json"
    fine = [Fraction(number, 200) for number in range(200 * 14)]
    opening = said_opening(phonemes, fine)
    vowels = open_vowels(phonemes, fine[-1])
    vowels = [(begin, end) for begin, end in vowels if end - begin > 0.08]
    assert len(vowels) > 6
    middles = [opening[int(100 * (begin + end))] for begin, end in vowels if end < 13]
    assert np.median(middles) > 0.8
    assert opening.min() < 0.5 * PRESSED
    assert opening.max() <= 1.0


def test_a_loud_voice_opens_the_mouth_further_than_a_soft_one(media_dir: Path) -> None:
    opening = loud_opening(media_dir / "speech.mp3", times(340))
    assert opening.min() < 0.05
    assert 0.8 < np.percentile(opening, 90) < 1.2


def test_two_clips_stand_side_by_side_with_the_sound(tmp_path: Path, media_dir: Path, models_dir: Path) -> None:
    grin = ClipRange(media_dir / "single_face.mp4", 0, 9)
    film = tmp_path / "pair.mkv"
    write_plate(film, plain_frames(grin, 12), plain_frames(grin, 12), media_dir / "speech.mp3", RATE)
    told: list[Progress] = []
    with open_plate(film) as reader:
        assert (reader.info.width, reader.info.height, reader.info.frames) == (1280, 360, 12)
        # Matroska counts in milliseconds.
        assert [round(each * RATE) for each in plate_times(reader)] == list(range(12))
        sound = hear_plate(reader, SessionPool(models_dir), None, told.append, never_cancelled)
    assert sound is not None
    assert len(sound.speech) == 12
    assert sound.voiced.tolist() == [False] * 10 + [True] * 2
    assert {each.stage for each in told} == {"listening"}


def test_pictures_without_sound_and_silent_films_are_not_heard(media_dir: Path, models_dir: Path) -> None:
    pool = SessionPool(models_dir)
    for name in ("multi_face.jpg", "WolfgangLanger_Pexels.mp4"):
        with open_plate(media_dir / name) as reader:
            assert hear_plate(reader, pool, None, lambda state: None, never_cancelled) is None
