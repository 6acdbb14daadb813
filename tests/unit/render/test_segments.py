"""Boundaries depend on the range alone, and a finished segment counts only while nothing it rests on changed."""

import hashlib
from pathlib import Path

from pipeline.render.ledger import PieceRecord
from pipeline.render.segments import Segment, is_finished, plan_segments


def test_boundaries_are_counted_from_the_first_frame_of_the_range() -> None:
    assert plan_segments(7, 30, 10) == (Segment(0, 7, 17), Segment(1, 17, 27), Segment(2, 27, 30))
    assert plan_segments(7, 28, 10)[:2] == plan_segments(7, 30, 10)[:2]
    assert plan_segments(3, 4, 10) == (Segment(0, 3, 4),)


def finished(folder: Path, keys: list[str], borrowed: tuple[tuple[int, str], ...] = (), tampered: bool = False) -> bool:
    data = b"packets"
    (folder / "segment-000001.packets").write_bytes(b"PACKETS" if tampered else data)
    record = PieceRecord(
        first=12, keys=("c", "d"), file="segment-000001.packets", size=7,
        sha256=hashlib.sha256(data).hexdigest(), borrowed=borrowed,
    )  # fmt: skip
    return is_finished(Segment(1, 12, 14), record, keys, 10, folder)


def test_a_segment_counts_while_its_keys_and_its_file_are_the_same(tmp_path: Path) -> None:
    assert finished(tmp_path, ["a", "b", "c", "d", "e"])
    assert finished(tmp_path, ["A", "B", "c", "d", "E"])


def test_a_changed_key_a_changed_file_or_a_missing_one_makes_it_missing(tmp_path: Path) -> None:
    assert not finished(tmp_path, ["a", "b", "c", "D", "e"])
    assert not finished(tmp_path, ["a", "b", "c", "d", "e"], tampered=True)
    assert not is_finished(Segment(1, 12, 14), None, ["a", "b", "c", "d"], 10, tmp_path)


def test_a_segment_that_borrowed_a_frame_depends_on_its_key(tmp_path: Path) -> None:
    assert finished(tmp_path, ["a", "b", "c", "d"], borrowed=((11, "b"),))
    assert not finished(tmp_path, ["a", "B", "c", "d"], borrowed=((11, "b"),))
