from fractions import Fraction
from pathlib import Path

import msgspec
import numpy as np
import pytest

from pipeline.analysis import listen as listening
from pipeline.analysis.listen import NAME, listen
from pipeline.analysis.plate_sound import PlateSound, frame_sound
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from tests.film_maker import make_film
from tests.sound_films import Track, sound_film

START, SECONDS = Fraction(0), Fraction(142, 10)


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "CHUNK_HOPS", 200)


def as_bytes(sound: PlateSound | None) -> bytes:
    assert sound is not None
    return msgspec.msgpack.encode([sound.stream, *(each.tobytes() for each in sound.features), sound.speech.tobytes()])


def test_the_spoken_text_is_heard_in_nine_tenths_of_its_frames(media_dir: Path, shared_pool: SessionPool) -> None:
    sound = listen(media_dir / "speech.mp3", START, SECONDS, shared_pool)
    assert sound is not None
    heard = frame_sound(sound, [Fraction(number * 1001, 24000) for number in range(338)])
    assert float(heard.voiced.mean()) == pytest.approx(0.91, abs=0.03)
    assert np.isnan(heard.pitch[~heard.voiced]).mean() > 0.4
    assert 60 < float(np.nanmedian(heard.pitch)) < 300


def test_a_stopped_pass_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, media_dir: Path, shared_pool: SessionPool
) -> None:
    film = media_dir / "speech.mp3"
    whole = as_bytes(listen(film, START, SECONDS, shared_pool))
    with AnalysisStore(tmp_path / "a.sqlite", "key") as store:
        with pytest.raises(Cancelled):
            listen(film, START, SECONDS, shared_pool, store, cancelled=lambda: True)
        told: list[int] = []
        resumed = listen(film, START, SECONDS, shared_pool, store, lambda done, total: told.append(done))
        assert told[0] == 400
        assert as_bytes(resumed) == whole
        again: list[int] = []
        assert as_bytes(listen(film, START, SECONDS, shared_pool, store, lambda done, _: again.append(done))) == whole
        assert again == []


def test_what_is_kept_of_another_length_is_not_taken(tmp_path: Path, media_dir: Path, shared_pool: SessionPool) -> None:
    film = media_dir / "speech.mp3"
    with AnalysisStore(tmp_path / "a.sqlite", "key") as store:
        listen(film, START, Fraction(8), shared_pool, store)
        shorter = as_bytes(listen(film, START, Fraction(5), shared_pool, store))
        assert shorter == as_bytes(listen(film, START, Fraction(5), shared_pool))
        assert len(store.get(NAME, "another") or []) == 0


def test_a_plate_without_sound_has_none_and_a_silent_one_is_silent(
    tmp_path: Path, media_dir: Path, shared_pool: SessionPool
) -> None:
    assert listen(make_film(tmp_path / "mute.mov", frames=5), START, Fraction(1, 5), shared_pool) is None
    silent = listen(media_dir / "synthetic_talker.mp4", START, Fraction(5), shared_pool)
    assert silent is not None
    assert silent.silent
    assert not (silent.speech >= 0.5).any()


def test_sound_shorter_than_the_pictures_is_silence_at_the_end(tmp_path: Path, shared_pool: SessionPool) -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal((1, 24000))
    sound = listen(sound_film(tmp_path / "short.mov", [Track(noise)]), START, Fraction(2), shared_pool)
    assert sound is not None
    assert len(sound.speech) == 125
    assert sound.features.level[:30].min() > -30
    assert sound.features.level[33:].max() == -100


def test_silent_streams_are_read_once_to_find_the_one_to_be_heard(
    tmp_path: Path, shared_pool: SessionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal((1, 24000))
    film = sound_film(tmp_path / "tracks.mov", [Track(np.zeros((1, 48000))), Track(noise)], frames=20)
    with AnalysisStore(tmp_path / "a.sqlite", "key") as store:
        first = listen(film, START, Fraction(4, 5), shared_pool, store)
        monkeypatch.setattr(listening, "heard_stream", None)
        again = listen(film, START, Fraction(4, 5), shared_pool, store)
    assert first is not None
    assert first.stream == 2
    assert as_bytes(again) == as_bytes(first)
