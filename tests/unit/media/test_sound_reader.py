from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.errors import MediaUnreadable
from pipeline.media.probe import probe
from pipeline.media.sound_reader import (
    PLAYED_RATE,
    SOUND_RATE,
    heard_stream,
    played_blocks,
    sound_blocks,
    sound_streams,
)
from tests.film_maker import make_film
from tests.sound_films import Track, click, sound_film

MILLISECOND = SOUND_RATE / 1000


def heard(path: Path, stream: int = 1, start: Fraction = Fraction(0)) -> NDArray[np.float32]:
    return np.concatenate(list(sound_blocks(path, stream, start)))


def middle(samples: NDArray[np.float32]) -> float:
    """Where the click's middle lies, in samples."""
    power = samples.astype(np.float64) ** 2
    return float(power @ np.arange(len(power)) / power.sum())


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout", "channels"),
    [
        ("a.mov", "pcm_s16le", 48000, "mono", 1),
        ("a.mov", "pcm_s24le", 96000, "stereo", 2),
        ("a.mp4", "aac", 44100, "stereo", 2),
        ("a.mkv", "libopus", 48000, "5.1", 6),
        ("a.mkv", "flac", 22050, "mono", 1),
        ("a.avi", "pcm_u8", 8000, "mono", 1),
    ],
)
def test_a_click_is_heard_where_it_lies_whatever_codec_rate_and_layout(
    tmp_path: Path, name: str, codec: str, rate: int, layout: str, channels: int
) -> None:
    film = sound_film(tmp_path / name, [Track(click(1.0, 2.0, rate, channels), rate, codec, layout)])
    samples = heard(film)
    assert samples.dtype == np.float32
    assert middle(samples) == pytest.approx(SOUND_RATE, abs=MILLISECOND)
    assert 0.6 < samples.max() < 0.9


@pytest.mark.parametrize("name", ["late.mov", "late.mkv"])
def test_sound_that_begins_after_the_picture_is_led_by_silence(tmp_path: Path, name: str) -> None:
    film = sound_film(tmp_path / name, [Track(click(0.5, 1.5), start=Fraction(2, 5))])
    samples = heard(film)
    assert middle(samples) == pytest.approx(0.9 * SOUND_RATE, abs=MILLISECOND)
    assert not samples[: int(0.39 * SOUND_RATE)].any()


def test_sound_before_the_first_picture_is_left_out(tmp_path: Path) -> None:
    film = sound_film(tmp_path / "early.mkv", [Track(click(1.0, 2.0))], first_picture=10)
    assert middle(heard(film, start=Fraction(10, 25))) == pytest.approx(0.6 * SOUND_RATE, abs=MILLISECOND)


def test_the_priming_that_an_edit_list_hides_is_not_heard(media_dir: Path) -> None:
    # AAC leads by 1024 samples of warming up; the file's edit list takes them away.
    info = probe(media_dir / "synthetic_talker.mp4")
    assert len(heard(info.path)) == pytest.approx(224256 / 44100 * SOUND_RATE, abs=1024 / 44100 * SOUND_RATE)


def test_of_several_tracks_the_first_that_is_not_silent_is_heard(tmp_path: Path) -> None:
    silence = np.zeros((1, 48000))
    film = sound_film(tmp_path / "tracks.mov", [Track(silence), Track(click(0.5, 1.0)), Track(click(0.2, 1.0))])
    assert sound_streams(film) == (1, 2, 3)
    assert heard_stream(film, Fraction(0)) == 2


def test_of_silent_tracks_the_first_is_heard_and_without_tracks_none(tmp_path: Path) -> None:
    silence = np.zeros((1, 4800))
    assert heard_stream(sound_film(tmp_path / "silent.mov", [Track(silence), Track(silence)]), Fraction(0)) == 1
    assert heard_stream(make_film(tmp_path / "mute.mov", frames=2), Fraction(0)) is None


def test_damaged_packets_are_silence_and_what_follows_stays_in_place(tmp_path: Path) -> None:
    film = sound_film(tmp_path / "hurt.mov", [Track(click(1.5, 2.0), codec="aac")])
    content = bytearray(film.read_bytes())
    for position, size in packets_between(film, 0.4, 0.6):
        content[position : position + size] = bytes([255]) * size
    film.write_bytes(content)
    assert middle(heard(film)) == pytest.approx(1.5 * SOUND_RATE, abs=MILLISECOND)


def packets_between(film: Path, begin: float, end: float) -> list[tuple[int, int]]:
    """(position in the file, bytes) of sound packets in these seconds."""
    with av.open(str(film)) as container:
        packets = [
            (float(each.pts * each.time_base), each.pos, each.size)
            for each in container.demux(container.streams.audio[0])
            if each.pts is not None and each.pos is not None
        ]
    found = [(position, size) for second, position, size in packets if begin < second < end]
    assert found
    return found


def test_a_file_that_has_gone_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(MediaUnreadable, match=r"gone\.mov"):
        heard(tmp_path / "gone.mov")


@pytest.mark.parametrize(("name", "codec"), [("a.mov", "pcm_s16le"), ("a.mp4", "aac"), ("a.mkv", "libopus")])
def test_what_is_played_is_entered_in_the_middle_and_keeps_its_sides(tmp_path: Path, name: str, codec: str) -> None:
    left, right = click(2.2, 4.0), click(3.1, 4.0)
    film = sound_film(tmp_path / name, [Track(np.concatenate([left, right]), 48000, codec, "stereo")], frames=100)
    whole = np.concatenate(list(played_blocks(film, 1, Fraction(0))), axis=1)
    entered = np.concatenate(list(played_blocks(film, 1, Fraction(2))), axis=1)
    for samples, start in ((whole, 0.0), (entered, 2.0)):
        for side, at in enumerate((2.2, 3.1)):
            assert middle(samples[side]) == pytest.approx((at - start) * PLAYED_RATE, abs=0.002 * PLAYED_RATE)
