"""Finished pictures: in memory, and, of those drawn ahead for playing, on disk once memory has no room for them."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.messages import Source
from pipeline.jobs.byte_cache import ByteCache
from pipeline.worker.disk_pictures import DiskPictures

MEMORY_BYTES = 32 << 20
"""Most that finished pictures take in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    picture: ImageU8
    ahead: bool
    """Drawn before it was asked for: worth the disk. What a dragged slider leaves behind isn't."""


class Pictures:
    """By key (hex). Safe to use from several threads."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory: ByteCache[_Kept] = ByteCache(memory_bytes, lambda kept: kept.picture.nbytes, self._out_of_memory)
        self._disk: DiskPictures | None = None
        self._folder: Path | None = None
        self._lock = Lock()
        self.from_memory, self.from_disk = 0, 0

    @property
    def memory_bytes(self) -> int:
        return self._memory.bytes

    @property
    def disk_bytes(self) -> int:
        return 0 if self._disk is None else self._disk.bytes

    def use_folder(self, folder: Path) -> None:
        """Where pictures go that memory has no room for."""
        with self._lock:
            if folder != self._folder:
                self._folder, self._disk = folder, DiskPictures(folder)

    def __contains__(self, key: str) -> bool:
        return key in self._memory or (self._disk is not None and key in self._disk)

    def get(self, key: str) -> tuple[ImageU8, Source] | None:
        """A picture, read-only, and where it was found."""
        kept = self._memory.get(key)
        if kept is not None:
            self.from_memory += 1
            return kept.picture, "memory"
        picture = None if self._disk is None else self._disk.get(key)
        if picture is None:
            return None
        self.from_disk += 1
        self._memory.put(key, _Kept(picture, ahead=True))
        return picture, "disk"

    def put(self, key: str, picture: ImageU8, ahead: bool) -> None:
        """Keep a picture, which nobody writes to any more."""
        self._memory.put(key, _Kept(picture, ahead))

    def _out_of_memory(self, key: str, kept: _Kept) -> None:
        if kept.ahead and self._disk is not None:
            self._disk.put(key, kept.picture)
