"""Pictures across processes: slots in shared memory, written by the worker, copied out by the client, then free again.

A shared-memory file system that is full ends a process by a signal instead of raising, and a container's may hold
64 MB: so its room is looked at, and taken for good, before anything is written. Where there is none, or no slot is
free, pictures go as bytes.
"""

import os
import shutil
import sys
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

SLOTS = 4
SLOT_BYTES = 1920 * 1080 * 3
"""A picture of HD size; what is larger goes as bytes."""
_SPARE_BYTES = 8 << 20
"""Left to others in the shared-memory file system."""
_SHARED = Path("/dev/shm")

ImageU8 = NDArray[np.uint8]


def shared_room() -> int | None:
    """Bytes free for shared memory; None where the system has no file system of its own for it."""
    return shutil.disk_usage(_SHARED).free if sys.platform == "linux" and _SHARED.is_dir() else None


class FrameRing:
    """The client's side: owns the segment and copies pictures out of it."""

    def __init__(self, memory: SharedMemory, slots: int, slot_bytes: int) -> None:
        self._memory: SharedMemory | None = memory
        self.slots, self.slot_bytes = slots, slot_bytes

    @property
    def name(self) -> str:
        """By which the worker attaches to it."""
        assert self._memory is not None
        return self._memory.name

    @classmethod
    def made(cls, slots: int = SLOTS, slot_bytes: int = SLOT_BYTES) -> "FrameRing | None":
        """A ring with all its memory taken; None where there isn't room for it."""
        size = slots * slot_bytes
        room = shared_room()
        if room is not None and room < size + _SPARE_BYTES:
            return None
        try:
            memory = SharedMemory(create=True, size=size)
        except OSError:
            return None
        ring = cls(memory, slots, slot_bytes)
        if not _taken(memory.name, size):
            ring.close()
            return None
        return ring

    def picture(self, slot: int, height: int, width: int) -> ImageU8:
        """A copy (h, w, 3) of what lies in a slot."""
        buffer = None if self._memory is None else self._memory.buf
        assert buffer is not None
        at = slot * self.slot_bytes
        size = height * width * 3
        # Bytes are copied out of the buffer at once: a view that outlives the call would keep the segment open.
        return np.frombuffer(bytearray(buffer[at : at + size]), np.uint8).reshape(height, width, 3)

    @staticmethod
    def of_bytes(content: bytes, height: int, width: int) -> ImageU8:
        """A picture (h, w, 3) that came as bytes."""
        return np.frombuffer(bytearray(content), np.uint8).reshape(height, width, 3)

    def close(self) -> None:
        """Give the memory back to the system; a second time does nothing."""
        if self._memory is not None:
            memory, self._memory = self._memory, None
            memory.close()
            memory.unlink()


class RingWriter:
    """The worker's side: which slots are out, and writing into those that are free. Any thread may call."""

    def __init__(self, name: str, slots: int, slot_bytes: int) -> None:
        self._memory: SharedMemory | None = SharedMemory(name=name)
        self._slot_bytes = slot_bytes
        self.slots = slots
        self._free = list(range(slots))
        self._lock = Lock()

    @property
    def free(self) -> int:
        """How many slots may be written now."""
        return len(self._free)

    def write(self, picture: ImageU8) -> int | None:
        """Put a picture (h, w, 3) into a free slot and lease it; None where none is free or the picture is larger."""
        if picture.nbytes > self._slot_bytes:
            return None
        with self._lock:
            buffer = None if self._memory is None else self._memory.buf
            if not self._free or buffer is None:
                return None
            slot = self._free.pop()
            target = np.frombuffer(buffer, np.uint8, picture.nbytes, slot * self._slot_bytes)
            target.reshape(picture.shape)[...] = picture
            del target
            return slot

    def release(self, slot: int) -> None:
        """The client has copied the slot's picture."""
        with self._lock:
            if 0 <= slot < self.slots and slot not in self._free:
                self._free.append(slot)

    def close(self) -> None:
        """Detach; the client gives the memory back."""
        with self._lock:
            if self._memory is not None:
                self._memory.close()
                self._memory = None


def _taken(name: str, size: int) -> bool:
    """Whether the segment's pages could all be taken now, where the system can be asked: writing can't fail then."""
    path = _SHARED / name.lstrip("/")
    if sys.platform != "linux" or not path.exists():
        return True
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.posix_fallocate(descriptor, 0, size)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
