"""What is noted is found again, whatever a crash did to the end of the file."""

from pathlib import Path

import pytest

from pipeline.render.ledger import FailedFrame, Ledger, PieceRecord, read_ledger

PINS = {"build": "one", "threads": "2"}
RECORDS = [
    PieceRecord(0, ("a", "b"), "segment-000000.packets", 10, "00", reorder=2),
    PieceRecord(2, ("c",), "segment-000001.packets", 7, "11", failed=(FailedFrame(2, "damaged", 1, True),)),
]


def noted(path: Path) -> Path:
    ledger = Ledger(path, PINS, [])
    for record in RECORDS:
        ledger.add(record)
    return path


def test_pins_and_pieces_come_back(tmp_path: Path) -> None:
    assert read_ledger(noted(tmp_path / "ledger.jsonl")) == (PINS, RECORDS)


@pytest.mark.parametrize("lost", [1, 20, 60])
def test_a_line_cut_short_is_dropped(tmp_path: Path, lost: int) -> None:
    path = noted(tmp_path / "ledger.jsonl")
    path.write_bytes(path.read_bytes()[:-lost])
    pins, records = read_ledger(path)
    assert pins == PINS
    assert records in (RECORDS, RECORDS[:1])


def test_what_is_added_after_a_cut_line_counts(tmp_path: Path) -> None:
    path = noted(tmp_path / "ledger.jsonl")
    path.write_bytes(path.read_bytes()[:-20])
    pins, records = read_ledger(path)
    Ledger(path, pins, records).add(RECORDS[1])
    assert read_ledger(path) == (PINS, RECORDS)


@pytest.mark.parametrize("text", [b"", b"not json\n", b'{"keys": 3}\n', b"\xff\xfe\n"])
def test_anything_else_is_no_ledger(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(text)
    assert read_ledger(path) == ({}, [])
    assert read_ledger(tmp_path / "none") == ({}, [])
