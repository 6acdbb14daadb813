"""Packets come back as they were written, and damage is noticed."""

from pathlib import Path

import pytest

from pipeline.errors import OutputNotWritable
from pipeline.media.packet_file import PacketFileWriter, StoredPacket, read_extradata, read_packets

PACKETS = [StoredPacket(0, True, b"sync"), StoredPacket(2, False, b""), StoredPacket(1, False, bytes(range(256)))]


def written(path: Path) -> Path:
    with path.open("wb") as file:
        writer = PacketFileWriter(file, b"parameter sets")
        for packet in PACKETS:
            writer.write(packet)
    return path


def test_packets_come_back_in_order(tmp_path: Path) -> None:
    path = written(tmp_path / "a.packets")
    assert read_extradata(path) == b"parameter sets"
    assert list(read_packets(path)) == PACKETS


@pytest.mark.parametrize("lost", [1, 100, 260])
def test_a_file_cut_short_is_refused(tmp_path: Path, lost: int) -> None:
    path = written(tmp_path / "a.packets")
    path.write_bytes(path.read_bytes()[:-lost])
    with pytest.raises(OutputNotWritable, match="damaged"):
        list(read_packets(path))


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.packets"
    path.write_bytes(b"something else entirely")
    with pytest.raises(OutputNotWritable, match="damaged"):
        read_extradata(path)
