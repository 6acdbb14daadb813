"""Encoded video packets on disk between encoding and joining.

A container would add its own time stamps, indexes and limits; a segment needs none of these. The file has a
header (magic, parameter sets) and then one record a packet: frame number within the render, sync flag, size,
bytes. It is only ever seen whole (`output_file.writing`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from pipeline.errors import OutputNotWritable

_MAGIC = b"likeness packets 1\n"
_LENGTH = struct.Struct("<I")
_RECORD = struct.Struct("<IBI")


@dataclass(frozen=True, slots=True)
class StoredPacket:
    """One coded picture. `position` counts frames of the render from 0, in presentation order."""

    position: int
    is_sync: bool
    data: bytes


class ByteSink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> int: ...


class PacketFileWriter:
    """Writes packets to an open file in decoding order."""

    def __init__(self, file: ByteSink, extradata: bytes) -> None:
        self._file = file
        file.write(_MAGIC + _LENGTH.pack(len(extradata)) + extradata)

    def write(self, packet: StoredPacket) -> None:
        self._file.write(_RECORD.pack(packet.position, packet.is_sync, len(packet.data)))
        self._file.write(packet.data)


def read_extradata(path: Path) -> bytes:
    """The parameter sets of a packet file. Raises OutputNotWritable: it is not one."""
    with path.open("rb") as file:
        return _header(file, path)


def read_packets(path: Path) -> Iterator[StoredPacket]:
    """The packets of a file, in decoding order. Raises OutputNotWritable: it is damaged."""
    with path.open("rb") as file:
        _header(file, path)
        while head := file.read(_RECORD.size):
            if len(head) < _RECORD.size:
                raise _damaged(path)
            position, is_sync, size = _RECORD.unpack(head)
            data = file.read(size)
            if len(data) < size:
                raise _damaged(path)
            yield StoredPacket(position, bool(is_sync), data)


def _header(file: BinaryIO, path: Path) -> bytes:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise _damaged(path)
    (size,) = _LENGTH.unpack(file.read(_LENGTH.size))
    return file.read(size)


def _damaged(path: Path) -> OutputNotWritable:
    return OutputNotWritable(f"The unfinished render's file {path} is damaged. Delete its folder and render again.")
