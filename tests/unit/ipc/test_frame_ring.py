"""The ring of pictures in shared memory: leases, copies, room, and nothing left behind."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.ipc import frame_ring
from pipeline.ipc.frame_ring import FrameRing, RingWriter

SHM = Path("/dev/shm")


@pytest.fixture
def ring() -> FrameRing:
    made = FrameRing.made(2, 4 * 5 * 3)
    assert made is not None
    return made


def test_a_picture_is_copied_out_and_stays_when_its_slot_is_written_again(ring: FrameRing) -> None:
    writer = RingWriter(ring.name, ring.slots, ring.slot_bytes)
    first = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    slot = writer.write(first)
    assert slot is not None
    copied = ring.picture(slot, 4, 5)
    writer.release(slot)
    assert writer.write(255 - first) is not None
    assert np.array_equal(copied, first)
    writer.close()
    ring.close()


def test_slots_are_leased_until_they_are_released(ring: FrameRing) -> None:
    writer = RingWriter(ring.name, ring.slots, ring.slot_bytes)
    picture = np.zeros((4, 5, 3), np.uint8)
    slots = [writer.write(picture), writer.write(picture)]
    assert writer.write(picture) is None
    assert sorted(slot for slot in slots if slot is not None) == [0, 1]
    writer.release(1)
    writer.release(1)
    writer.release(7)
    assert writer.free == 1
    assert writer.write(picture) == 1
    assert writer.write(np.zeros((40, 5, 3), np.uint8)) is None, "a picture larger than a slot goes as bytes"
    writer.close()
    ring.close()


def test_nothing_is_made_where_shared_memory_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_ring, "shared_room", lambda: 64 << 20)
    assert FrameRing.made(4, 53 << 20) is None


@pytest.mark.skipif(not SHM.is_dir(), reason="shared memory lies elsewhere on this system")
def test_its_pages_are_taken_when_it_is_made_and_gone_when_it_is_closed() -> None:
    before = {path.name for path in SHM.iterdir()}
    made = FrameRing.made(2, 1 << 20)
    assert made is not None
    name = ({path.name for path in SHM.iterdir()} - before).pop()
    assert (SHM / name).stat().st_blocks * 512 >= 2 << 20
    made.close()
    made.close()
    assert not (SHM / name).exists()


@pytest.mark.skipif(not SHM.is_dir(), reason="shared memory lies elsewhere on this system")
def test_a_ring_whose_pages_cannot_be_taken_is_no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name for path in SHM.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full)
    assert FrameRing.made(2, 1 << 20) is None
    assert {path.name for path in SHM.iterdir()} <= before
