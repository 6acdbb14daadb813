"""Every frame of every kind of film is the frame its number says."""

import gc
import weakref
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import FrameUnreadable, MediaUnreadable, RangeError, SizeChanged
from pipeline.imaging.planes import Planes
from pipeline.media.film_cursor import FilmCursor
from pipeline.media.film_probe import probe_film
from pipeline.media.reader import PlateReader, open_plate
from tests.stamped_films import FilmSpec, irregular_times, seek_order, stamped_number, write_film

_X265 = "log-level=none:bframes=4:"

FILMS: dict[str, FilmSpec] = {
    "h264-long.mp4": FilmSpec(frames=90, options={"g": "250", "bf": "3", "x264-params": "open-gop=1"}),
    "h264-open-gop.mov": FilmSpec(frames=90, options={"g": "12", "bf": "3", "x264-params": "open-gop=1:scenecut=0"}),
    "h264.mkv": FilmSpec(frames=60, options={"g": "30", "bf": "3"}),
    "h264.ts": FilmSpec(frames=60, options={"bf": "3"}),
    "h264.avi": FilmSpec(frames=40, options={"bf": "3"}),
    "h264.h264": FilmSpec(frames=40, options={"bf": "3"}),
    "variable.mp4": FilmSpec(frames=70, time_base=Fraction(1, 24000), times=irregular_times(70)),
    "variable.mkv": FilmSpec(frames=70, time_base=Fraction(1, 1000), times=irregular_times(70, 42)),
    "hevc-long.mp4": FilmSpec("libx265", "yuv420p10le", 60, options={"x265-params": _X265 + "keyint=250"}),
    "hevc-open-gop.mkv": FilmSpec("libx265", "yuv420p", 60, options={"x265-params": _X265 + "keyint=16:open-gop=1"}),
    "prores.mov": FilmSpec("prores_ks", "yuv422p10le", 30),
    "prores-alpha.mov": FilmSpec("prores_ks", "yuva444p10le", 12),
    "dnxhr.mov": FilmSpec("dnxhd", "yuv422p10le", 24, size=(256, 128), options={"profile": "dnxhr_hqx"}),
    "dnxhr.mxf": FilmSpec("dnxhd", "yuv422p", 24, size=(256, 128), options={"profile": "dnxhr_hq"}),
    "mpeg2.mxf": FilmSpec("mpeg2video", "yuv422p", 40, rate=Fraction(25)),
    "ffv1-10.mkv": FilmSpec("ffv1", "yuv422p10le", 30),
    "ffv1-12.mkv": FilmSpec("ffv1", "yuv444p12le", 12),
    "ffv1-odd.mkv": FilmSpec("ffv1", "yuv420p", 12, size=(193, 67)),
    "packed.mov": FilmSpec("rawvideo", "uyvy422", 8),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(params=list(FILMS))
def film(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[PlateReader, FilmSpec]]:
    path = folder / request.param
    spec = FILMS[request.param]
    with open_plate(path if path.exists() else write_film(path, spec)) as reader:
        yield reader, spec


def test_frames_come_in_order_and_at_random_as_numbered(film: tuple[PlateReader, FilmSpec]) -> None:
    reader, spec = film
    assert reader.info.frames == len(reader.pts) == spec.frames
    in_order = [item for item in reader.frames() if isinstance(item, Planes)]
    assert [stamped_number(planes) for planes in in_order] == list(range(spec.frames))
    for frame in seek_order(spec.frames, 30):
        planes = reader.read(frame)
        assert (planes.frame, stamped_number(planes)) == (frame, frame)
        assert all(np.array_equal(a, b) for a, b in zip(planes.data, in_order[frame].data, strict=True))


def test_a_span_starts_and_ends_where_asked(folder: Path) -> None:
    path = folder / "span.mp4"
    write_film(path, FilmSpec(frames=40, options={"g": "250"}))
    with open_plate(path) as reader:
        assert [item.frame for item in reader.frames(17, 23)] == list(range(17, 23))
        assert list(reader.frames(5, 5)) == []


def test_variable_times_are_the_files_own(folder: Path) -> None:
    path = folder / "times.mp4"
    times = irregular_times(30)
    write_film(path, FilmSpec(frames=30, time_base=Fraction(1, 24000), times=times))
    with open_plate(path) as reader:
        assert reader.info.vfr
        found = (reader.pts - reader.pts[0]) * reader.info.time_base
        assert found.tolist() == [Fraction(time, 24000) for time in times]
        assert reader.read(20).pts == reader.pts[20]


@pytest.mark.parametrize("frame", [-1, 12, 1000])
def test_a_frame_outside_the_plate_is_refused(folder: Path, frame: int) -> None:
    path = folder / "short.mkv"
    if not path.exists():
        write_film(path, FilmSpec("ffv1", frames=12))
    with open_plate(path) as reader, pytest.raises(RangeError, match=r"short.mkv has frames 0 to 11"):
        reader.read(frame)


def test_planes_may_not_be_written_to(folder: Path) -> None:
    path = folder / "locked.mkv"
    write_film(path, FilmSpec("ffv1", frames=2))
    with open_plate(path) as reader, pytest.raises(ValueError, match="read-only"):
        reader.read(0).data[0][0, 0] = 1


def test_stepping_backwards_decodes_a_group_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_film(folder / "back.mp4", FilmSpec(frames=60, options={"g": "250"}))
    sought: list[int] = []
    seek = FilmCursor._seek

    def counted(cursor: FilmCursor, sync: int) -> None:
        sought.append(sync)
        seek(cursor, sync)

    monkeypatch.setattr(FilmCursor, "_seek", counted)
    with open_plate(path) as reader:
        assert [stamped_number(reader.read(frame)) for frame in range(59, 20, -1)] == list(range(59, 20, -1))
    assert len(sought) <= 2


@pytest.mark.parametrize("name", ["h264-long.mp4", "h264-open-gop.mov", "hevc-long.mp4"])
def test_a_frame_given_up_on_the_way_leaves_every_other_exact(folder: Path, name: str) -> None:
    path, spec = folder / name, FILMS[name]
    left_out = 0
    with open_plate(path if path.exists() else write_film(path, spec), cache_bytes=0) as reader:
        last = spec.frames - 1
        for decoded in range(1, 9):
            for ahead in range(-2, 6):
                asked = iter(range(decoded))
                reader.read(0)
                left_out += reader.read_unless(lambda asked=asked: next(asked, None) is None, last) is None  # type: ignore[misc]
                frame = min(max(decoded + ahead, 0), last)
                planes = reader.read(frame)
                assert (planes.frame, stamped_number(planes)) == (frame, frame)
    assert left_out


def test_near_frames_of_intra_coded_films_are_sought_not_decoded_up_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "prores.mov"
    sought: list[int] = []
    seek = FilmCursor._seek

    def counted(cursor: FilmCursor, sync: int) -> None:
        sought.append(sync)
        seek(cursor, sync)

    monkeypatch.setattr(FilmCursor, "_seek", counted)
    with open_plate(path if path.exists() else write_film(path, FILMS[path.name])) as reader:
        assert [stamped_number(reader.read(frame)) for frame in (0, 1, 2, 12, 22)] == [0, 1, 2, 12, 22]
    assert sought == [12, 22]


def test_stopping_early_leaves_no_thread(folder: Path) -> None:
    import threading

    path = folder / "early.mp4"
    write_film(path, FilmSpec(frames=60))
    with open_plate(path) as reader:
        frames = reader.frames()
        next(frames)
        assert any(thread.name.startswith("decode-ahead") for thread in threading.enumerate())
        frames.close()
    assert not any(thread.name.startswith("decode-ahead") for thread in threading.enumerate())


def test_a_change_of_size_names_the_frame(folder: Path) -> None:
    first, second, joined = folder / "first.ts", folder / "second.ts", folder / "joined.ts"
    base = Fraction(1, 24)
    write_film(first, FilmSpec(frames=20, time_base=base, times=range(20)))
    write_film(second, FilmSpec(frames=20, time_base=base, times=range(20, 40), size=(256, 64)))
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    with open_plate(joined) as reader, pytest.raises(SizeChanged, match=r"joined.ts changes size at frame 20: 192x64"):
        list(reader.frames())


def test_a_stream_that_appears_midway_does_not_hinder(folder: Path) -> None:
    film, other, joined = folder / "main.ts", folder / "other.ts", folder / "broadcast.ts"
    base = Fraction(1, 24)
    write_film(film, FilmSpec(frames=20, time_base=base, times=range(20)))
    write_film(other, FilmSpec(frames=5, time_base=base, times=range(20, 25)))
    packets = bytearray(other.read_bytes())
    for place in range(0, len(packets), 188):
        if (packets[place + 1] & 0x1F) == 0x01 and packets[place + 2] == 0x00:
            packets[place + 2] = 0x77
    joined.write_bytes(film.read_bytes() + bytes(packets))
    with open_plate(joined) as reader:
        assert [stamped_number(item) for item in reader.frames() if isinstance(item, Planes)] == list(range(20))


def test_a_film_that_vanishes_is_said(folder: Path) -> None:
    path = folder / "vanishes.mkv"
    write_film(path, FilmSpec("ffv1", frames=3))
    with open_plate(path) as reader:
        path.unlink()
        with pytest.raises(MediaUnreadable, match=r"vanishes.mkv can no longer be opened"):
            reader.read(0)


def test_the_real_clips_read_the_same_both_ways(media_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        in_order = [item.data[0].copy() for item in reader.frames() if not isinstance(item, FrameUnreadable)]
        assert len(in_order) == reader.info.frames == 72
        for frame in seek_order(72, 10):
            assert np.array_equal(reader.read(frame).data[0], in_order[frame])


def test_a_closed_cursor_gives_its_decoder_back_without_the_garbage_collector(media_dir: Path) -> None:
    film = media_dir / "single_face.mp4"
    gc.disable()
    try:
        cursor = FilmCursor(*probe_film(film), 1)
        cursor.fetch(5)
        decoder = weakref.ref(cursor)
        cursor.close()
        del cursor
        assert decoder() is None
    finally:
        gc.enable()


def test_a_reader_that_rested_reads_the_same_frames(folder: Path) -> None:
    path = folder / "h264-long.mp4"
    with open_plate(path) as reader:
        before = [plane.tobytes() for plane in reader.read(41).data]
        assert reader.held_bytes > 0
        reader.rest()
        assert reader.held_bytes == 0
        assert [plane.tobytes() for plane in reader.read(41).data] == before
