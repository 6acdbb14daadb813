from pathlib import Path

import numpy as np

from pipeline.worker.disk_pictures import DiskPictures
from pipeline.worker.pictures import Pictures

PICTURE = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)
FILE = 4 * 5 * 3 + 20


def test_a_picture_comes_back_exactly_also_in_another_process_later(tmp_path: Path) -> None:
    DiskPictures(tmp_path / "new").put("k", PICTURE)
    found = DiskPictures(tmp_path / "new").get("k")
    assert found is not None
    assert np.array_equal(found, PICTURE)


def test_a_file_that_is_not_whole_counts_as_none_and_goes(tmp_path: Path) -> None:
    kept = DiskPictures(tmp_path)
    for key, damage in (("cut", lambda c: c[:-1]), ("flipped", lambda c: c[:-1] + bytes([c[-1] ^ 1]))):
        kept.put(key, PICTURE)
        path = tmp_path / f"{key}.rgb"
        path.write_bytes(damage(path.read_bytes()))
        assert kept.get(key) is None
        assert key not in kept
    assert kept.bytes == 0
    assert list(tmp_path.iterdir()) == []


def test_it_is_bounded_and_the_oldest_go_first(tmp_path: Path) -> None:
    kept = DiskPictures(tmp_path, 2 * FILE)
    for key in "abc":
        kept.put(key, PICTURE)
    assert [key in kept for key in "abc"] == [False, True, True]
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["b", "c"]
    assert kept.bytes == 2 * FILE


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = DiskPictures(tmp_path / "file" / "folder")
    kept.put("k", PICTURE)
    assert kept.get("k") is None


def test_only_pictures_drawn_ahead_go_to_disk_when_memory_is_full(tmp_path: Path) -> None:
    pictures = Pictures(memory_bytes=60)
    pictures.use_folder(tmp_path)
    pictures.put("dragged", PICTURE, ahead=False)
    pictures.put("played", PICTURE, ahead=True)
    pictures.put("next", PICTURE, ahead=True)
    assert "dragged" not in pictures
    found = pictures.get("played")
    assert found is not None
    assert found[1] == "disk"
    assert np.array_equal(found[0], PICTURE)
    again = pictures.get("played")
    assert again is not None
    assert again[1] == "memory"
