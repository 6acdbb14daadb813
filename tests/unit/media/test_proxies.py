"""A proxy shows the plate's frame that its number says, as the plate is shown."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.imaging.arrays import ImageU8
from pipeline.media import proxies as media_proxies
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.proxies import Proxies, proxies_help, stretch_path, stretches
from pipeline.media.proxy_file import write_proxy
from pipeline.media.reader import open_plate
from tests.stamped_films import BITS, BLOCK, FilmSpec, irregular_times, seek_order, write_film

SIZE = (193, 67)
FILMS: dict[str, FilmSpec] = {
    "long.mp4": FilmSpec(frames=50, options={"g": "250", "bf": "3"}),
    "variable.mkv": FilmSpec(frames=50, time_base=Fraction(1, 1000), times=irregular_times(50, 42)),
    "variable.mp4": FilmSpec(frames=50, time_base=Fraction(1, 24000), times=irregular_times(50)),
    "odd.mkv": FilmSpec("ffv1", frames=50, size=SIZE),
    "turned.mp4": FilmSpec(frames=50, rotation=90),
    "no-times.avi": FilmSpec(frames=50, options={"bf": "3"}),
}


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_proxies, "STRETCH", 20)


def number_in(picture: ImageU8) -> int:
    cells = [picture[4:12, bit * BLOCK + 4 : bit * BLOCK + 12].mean() > 128 for bit in range(BITS)]
    return sum(1 << bit for bit, lit in enumerate(cells) if lit)


def make_all(reader: PlateReader, folder: Path) -> None:
    view, base = view_of(reader.info), reader.info.time_base
    for frames in stretches(reader.info.frames):
        ticks = (reader.pts[frames.start : frames.stop] - reader.pts[frames.start]).tolist()
        pictures = ((each, view.rgb8(reader.read(frame))) for each, frame in zip(ticks, frames, strict=True))
        write_proxy(stretch_path(folder, frames.start), pictures, reader.info.rate, base)


@pytest.fixture(params=list(FILMS))
def plate(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PlateReader]:
    with open_plate(write_film(tmp_path / request.param, FILMS[request.param])) as reader:
        yield reader


def test_each_frame_has_its_own_picture(plate: PlateReader, tmp_path: Path) -> None:
    make_all(plate, tmp_path)
    view = view_of(plate.info)
    proxies = Proxies(tmp_path, plate.pts, plate.info.time_base)
    for frame in seek_order(50, 25):
        own, found = view.rgb8(plate.read(frame)), proxies.picture(frame)
        assert found is not None
        assert found.shape == own.shape
        upright = np.rot90(found, plate.info.rotation // 90)
        assert number_in(upright) == frame
        assert np.abs(found.astype(int) - own).mean() < 5
    proxies.close()


def test_what_is_not_made_or_is_another_plates_or_damaged_is_not_shown(tmp_path: Path) -> None:
    with open_plate(write_film(tmp_path / "long.mp4", FILMS["long.mp4"])) as reader:
        make_all(reader, tmp_path)
        stretch_path(tmp_path, 0).unlink()
        damaged = stretch_path(tmp_path, 40)
        damaged.write_bytes(damaged.read_bytes()[:1000])
        proxies = Proxies(tmp_path, reader.pts, reader.info.time_base)
        assert [proxies.picture(frame) is None for frame in (3, 25, 44)] == [True, False, True]
        proxies.close()
        slower = Proxies(tmp_path, 2 * reader.pts, reader.info.time_base)
        assert slower.picture(25) is None
        slower.close()


def test_a_stretch_that_is_made_later_is_found(tmp_path: Path) -> None:
    with open_plate(write_film(tmp_path / "long.mp4", FILMS["long.mp4"])) as reader:
        proxies = Proxies(tmp_path, reader.pts, reader.info.time_base)
        assert proxies.picture(7) is None
        make_all(reader, tmp_path)
        found = proxies.picture(7)
        assert found is not None
        assert number_in(found) == 7
        proxies.close()


def test_they_help_where_sync_frames_are_far_apart_or_pictures_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def helps(name: str, spec: FilmSpec) -> bool:
        with open_plate(write_film(tmp_path / name, spec)) as reader:
            return proxies_help(reader)

    assert helps("far.mp4", FilmSpec(frames=80, options={"g": "250", "x264-params": "scenecut=0"}))
    assert not helps("near.mp4", FilmSpec(frames=80, options={"g": "60", "x264-params": "scenecut=0"}))
    monkeypatch.setattr(media_proxies, "LARGE_PIXELS", 192 * 64 - 1)
    assert helps("large.mp4", FilmSpec(frames=3))
    assert not helps("still.mp4", FilmSpec(frames=1))


def test_an_unfinished_file_is_never_found(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[int, ImageU8]]:
        yield 0, np.zeros((32, 48, 3), np.uint8)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_proxy(tmp_path / "a.mov", broken(), Fraction(24), Fraction(1, 24))
    assert not list(tmp_path.iterdir())
