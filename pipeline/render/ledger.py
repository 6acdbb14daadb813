"""What of a render is finished, so that an interrupted one goes on where it stopped.

A text file of JSON lines: first the pins (encoder build, options, thread count, …), then one line a finished
piece. Lines are synced as they are written; a line cut short by a crash is dropped on reading. Pieces count
only while the pins are the same, because other pins give other bytes.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline.media.output_file import output_error, writing


class FailedFrame(msgspec.Struct, frozen=True):
    """A frame that could not be rendered as asked. `shown`: which plate frame stands in its place."""

    frame: int
    reason: str
    shown: int
    rendered: bool
    """Whether the frame that is shown went through the renderer, or is the bare plate."""


class PieceRecord(msgspec.Struct, frozen=True):
    """One finished piece: frames `first` to `first + len(keys) - 1` of the plate, and the file that holds them."""

    first: int
    keys: tuple[str, ...]
    file: str
    size: int
    sha256: str
    reorder: int = 0
    modified: int = 0
    """When the file was last written, in nanoseconds; 0 where its digest is compared instead."""
    failed: tuple[FailedFrame, ...] = ()
    borrowed: tuple[tuple[int, str], ...] = ()
    """Frames outside the piece that stand in for failed ones, with their keys."""


class _Pins(msgspec.Struct, frozen=True):
    pins: dict[str, str]


class Ledger:
    """The ledger of one render, open for adding. Raises DiskFull or OutputNotWritable when it cannot be written."""

    def __init__(self, path: Path, pins: Mapping[str, str], records: Iterable[PieceRecord]) -> None:
        self._path = path
        self.records = {record.first: record for record in records}
        with writing(path) as file:
            file.write(_line(_Pins(dict(pins))))
            file.writelines(_line(record) for record in self.records.values())

    def add(self, record: PieceRecord, lasting: bool = True) -> None:
        """Note a finished piece; `lasting` through a power cut too, which costs a disk's wait."""
        self.records[record.first] = record
        try:
            with self._path.open("ab") as file:
                file.write(_line(record))
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
        except OSError as error:
            raise output_error(error, self._path) from error


def read_ledger(path: Path) -> tuple[dict[str, str], list[PieceRecord]]:
    """(pins, records) of an earlier run; empty where there is none or it is not readable."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return {}, []
    try:
        pins = msgspec.json.decode(lines[0], type=_Pins).pins
    except msgspec.DecodeError:
        return {}, []
    records = []
    for line in lines[1:]:
        try:
            records.append(msgspec.json.decode(line, type=PieceRecord))
        except msgspec.DecodeError:
            continue
    return pins, records


def _line(value: msgspec.Struct) -> bytes:
    return msgspec.json.encode(value) + b"\n"
