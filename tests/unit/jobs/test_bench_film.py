"""A film for measuring has its sync frames where they were wanted, and its plate's pictures in order."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.cli import main
from pipeline.media.film_probe import probe_film
from pipeline.media.reader import open_plate
from tests.stamped_films import FilmSpec, stamped_number, write_film


def test_sync_frames_lie_as_far_apart_as_wanted_and_the_plate_begins_again(tmp_path: Path) -> None:
    plate = write_film(tmp_path / "plate.mkv", FilmSpec("ffv1", frames=20))
    film = tmp_path / "film.mp4"
    assert main(["bench-film", str(plate), "-o", str(film), "--group", "30", "--frames", "70"]) == 0
    info, index = probe_film(film)
    assert (info.frames, index.sync.tolist(), index.longest_group) == (70, [0, 30, 60], 30)
    assert main(["bench-film", str(plate), "-o", str(film)]) == 5
    with open_plate(film) as reader:
        assert [stamped_number(reader.read(frame)) for frame in (0, 19, 20, 45)] == [0, 19, 0, 5]


def test_odd_sizes_and_stills_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plate = write_film(tmp_path / "odd.mkv", FilmSpec("ffv1", frames=1, size=(193, 67)))
    film = tmp_path / "film.mp4"
    assert main(["bench-film", str(plate), "-o", str(film), "--frames", "3", "--json"]) == 0
    info, _ = probe_film(film)
    assert (info.width, info.height, info.frames) == (192, 66, 3)
    assert '"group": 250' in capsys.readouterr().out
    with open_plate(film) as reader:
        first, last = reader.read(0).data[0].astype(int), reader.read(2).data[0].astype(int)
        assert np.abs(first - last).mean() < 2
