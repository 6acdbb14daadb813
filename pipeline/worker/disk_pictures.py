"""Finished pictures on disk, uncompressed: reading one back costs a copy, and every value is the drawn one's.

A compressed picture would cost more time to read than most frames cost to draw. The folder is a cache: it is bounded,
the oldest go first, and it may be deleted at any time. A file that is not whole counts as none.
"""

import os
import struct
import zlib
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from threading import Lock

import numpy as np

from pipeline.imaging.arrays import ImageU8

DISK_BYTES = 4 << 30
"""Most that the pictures of a project may take."""
_FREE_SHARE = 0.1
"""Nor more than this part of what the disk has left."""
_HEAD = struct.Struct("<4sIIII")
_MAGIC = b"LKP1"
_SUFFIX = ".rgb"


class DiskPictures:
    """Pictures (h, w, 3) by key. Safe to use from several threads; a folder that can't be written keeps none."""

    def __init__(self, folder: Path, capacity: int = DISK_BYTES) -> None:
        self._folder = folder
        self._capacity = capacity
        self._lock = Lock()
        self._sizes: OrderedDict[str, int] = OrderedDict()
        found = []
        for path in folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime_ns, path.stem, status.st_size))
        for _, key, size in sorted(found):
            self._sizes[key] = size
        self._bytes = sum(self._sizes.values())

    @property
    def bytes(self) -> int:
        return self._bytes

    def __contains__(self, key: str) -> bool:
        return key in self._sizes

    def get(self, key: str) -> ImageU8 | None:
        """The picture; None where it isn't there, or isn't whole."""
        if key not in self._sizes:
            return None
        try:
            content = self._path(key).read_bytes()
        except OSError:
            content = b""
        picture = _picture(content)
        if picture is None:
            self._forget(key)
        return picture

    def put(self, key: str, picture: ImageU8) -> None:
        """Keep a picture, in place of the oldest where there is no room."""
        if key in self._sizes:
            return
        body = np.ascontiguousarray(picture).tobytes()
        height, width = picture.shape[:2]
        head = _HEAD.pack(_MAGIC, height, width, len(body), zlib.crc32(body))
        temporary = self._path(key).with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            limit = min(self._capacity, self._bytes + int(_FREE_SHARE * disk_usage(self._folder).free))
            if not self._make_room(len(head) + len(body), limit):
                return
            with temporary.open("wb") as file:
                file.write(head)
                file.write(body)
            temporary.replace(self._path(key))
        except OSError:
            # A cache that can't be written is no reason to stop anything.
            with suppress(OSError):
                temporary.unlink()
            return
        with self._lock:
            self._sizes[key] = len(head) + len(body)
            self._bytes += len(head) + len(body)

    def _make_room(self, size: int, limit: int) -> bool:
        with self._lock:
            oldest = []
            left = self._bytes
            for key, taken in self._sizes.items():
                if left + size <= limit:
                    break
                oldest.append(key)
                left -= taken
        for key in oldest:
            self._forget(key)
        return left + size <= limit

    def _forget(self, key: str) -> None:
        with self._lock:
            self._bytes -= self._sizes.pop(key, 0)
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def _picture(content: bytes) -> ImageU8 | None:
    if len(content) < _HEAD.size:
        return None
    magic, height, width, size, checksum = _HEAD.unpack_from(content)
    body = memoryview(content)[_HEAD.size :]
    if magic != _MAGIC or len(body) != size or size != height * width * 3 or zlib.crc32(body) != checksum:
        return None
    return np.frombuffer(content, np.uint8, offset=_HEAD.size).reshape(height, width, 3)
