"""Proxies are made where they help, go on where they were interrupted, belong to one plate, and take bounded room."""

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.analysis.writer_lock import WriterLock
from pipeline.errors import Cancelled, FrameUnreadable, OutputNotWritable
from pipeline.imaging.planes import Planes
from pipeline.jobs.make_proxies import FILE_BYTES, ProxiesRequest, make_proxies
from pipeline.jobs.progress import Progress, no_note, no_progress
from pipeline.media import proxies as media_proxies
from pipeline.media.film_reader import FilmReader
from pipeline.media.reader import open_plate
from tests.stamped_films import FilmSpec, write_film

FRAMES = 80
LONG = FilmSpec(frames=FRAMES, options={"g": "250", "x264-params": "scenecut=0"})


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_proxies, "STRETCH", 20)


@pytest.fixture
def plate(tmp_path: Path) -> Path:
    return write_film(tmp_path / "plate.mp4", LONG)


def folder_of(plate: Path, colour_space: str | None = None, **options: int) -> Path | None:
    found: list[Path] = []
    request = ProxiesRequest(plate, colour_space, plate.parent)
    make_proxies(request, found.append, no_progress, lambda: False, no_note, **options)
    return found[0] if found else None


def made(folder: Path | None) -> list[str]:
    assert folder is not None
    return sorted(each.name for each in folder.glob("*.mov"))


ALL = ["00000000.mov", "00000020.mov", "00000040.mov", "00000060.mov"]


def test_they_lie_in_the_projects_cache_and_are_made_once(plate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(plate)
    assert folder is not None
    assert folder.parent == plate.parent / ".likeness" / "proxies"
    assert made(folder) == ALL
    monkeypatch.setattr(FilmReader, "frames", lambda *_: pytest.fail("a frame is read again"))
    assert folder_of(plate) == folder


def test_a_plate_that_needs_none_gets_none(tmp_path: Path) -> None:
    near = write_film(tmp_path / "near.mp4", FilmSpec(frames=40, options={"g": "20"}))
    assert folder_of(near) is None
    assert not (tmp_path / ".likeness").exists()


def test_interrupted_they_go_on_with_the_stretch_that_was_begun(plate: Path) -> None:
    found: list[Path] = []
    told: list[Progress] = []

    def stopped() -> bool:
        return len(told) >= 50

    with pytest.raises(Cancelled):
        make_proxies(ProxiesRequest(plate, None, plate.parent), found.append, told.append, stopped, no_note)
    assert made(found[0]) == ALL[:2]
    told.clear()
    make_proxies(ProxiesRequest(plate, None, plate.parent), found.append, told.append, lambda: False, no_note)
    assert made(found[0]) == ALL
    assert (told[0], told[-1]) == (Progress("making proxies", 1, 40), Progress("making proxies", 40, 40))


def test_another_plate_under_the_same_name_or_another_colour_space_has_its_own(plate: Path) -> None:
    first = folder_of(plate)
    assert folder_of(plate, "rec709") != first
    write_film(plate, FilmSpec(frames=FRAMES, options={**LONG.options, "crf": "30"}))
    assert folder_of(plate) != first


def test_a_stretch_with_a_frame_that_cannot_be_read_is_left_out(plate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = FilmReader.frames

    def damaged(self: FilmReader, start: int = 0, stop: int | None = None) -> Iterator[Planes | FrameUnreadable]:
        for item in frames(self, start, stop):
            yield FrameUnreadable("Damaged.", 25) if item.frame == 25 else item

    monkeypatch.setattr(FilmReader, "frames", damaged)
    assert made(folder_of(plate)) == [ALL[0], *ALL[2:]]


def test_other_plates_make_room_the_longest_unused_first_and_what_has_none_is_not_made(plate: Path) -> None:
    said: list[str] = []
    others = [plate.parent / ".likeness" / "proxies" / name for name in ("older", "newer")]
    for number, each in enumerate(others):
        each.mkdir(parents=True)
        (each / "00000000.mov").write_bytes(bytes(10_000_000))
        os.utime(each, (1000 + number, 1000 + number))
    folder_of(plate, most_bytes=FILE_BYTES + 15_000_000)
    assert [each.exists() for each in others] == [False, True]
    folder = folder_of(write_film(plate, FilmSpec(frames=FRAMES, options={**LONG.options, "crf": "30"})), most_bytes=1)
    assert made(folder) == []
    assert folder is not None
    make_proxies(ProxiesRequest(plate, None, plate.parent), lambda _: None, no_progress, lambda: False, said.append, 1)
    assert "plate.mp4 end before frame 0" in said[0]


def test_two_programs_do_not_make_the_same_at_a_time(plate: Path) -> None:
    folder = folder_of(plate)
    assert folder is not None
    (folder / ALL[0]).unlink()
    with WriterLock(folder / "lock"), pytest.raises(OutputNotWritable, match="Another program is writing"):
        folder_of(plate)


def test_large_pictures_are_made_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_proxies, "LARGE_PIXELS", 960 * 540)
    folder = folder_of(write_film(tmp_path / "large.mp4", FilmSpec("ffv1", frames=2, size=(1280, 720))))
    assert folder is not None
    with open_plate(folder / ALL[0]) as reader:
        assert (reader.info.width, reader.info.height) == (960, 540)
        assert np.diff(reader.pts).min() > 0


def test_an_image_sequence_of_large_deep_pictures_has_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_proxies, "LARGE_PIXELS", 100 * 50)
    plate = tmp_path / "plate"
    plate.mkdir()
    for number in range(3):
        picture = np.full((67, 193, 3), 20_000 * (number + 1), np.uint16)
        assert cv2.imwrite(str(plate / f"a.{number + 1001}.png"), picture)
    folder = folder_of(plate)
    assert folder is not None
    with open_plate(plate) as reader:
        proxies = media_proxies.Proxies(folder, reader.pts, reader.info.time_base)
        found = [proxies.picture(frame) for frame in range(3)]
        proxies.close()
    assert [None if each is None else round(float(each.mean()) / 78, 1) for each in found] == [1.0, 2.0, 3.0]
