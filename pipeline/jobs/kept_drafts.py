"""What was measured of a face's drafts, frame by frame, kept with the plate's analysis.

Every frame's values stand under the key of the picture they were taken of: what an edit touched since then is known as
out of date, and counts again when the edit is taken back.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.store import AnalysisStore
from pipeline.quality.frame_measure import MEASURES

FORMAT = hashlib.sha256(f"1 {MEASURES}".encode()).hexdigest()[:16]
"""Other measures are other values: what was kept under another format is measured again."""
CHUNK = 512
"""Plate frames that are written together."""
KEY_BYTES = 16

Values = NDArray[np.float32]
"""(n,) in the order of `MEASURES`, NaN where one could not be taken."""


class _Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Little-endian: `frames` (n,) int32, `keys` n times `KEY_BYTES`, `values` (n, measures) float32."""

    frames: bytes
    keys: bytes
    values: bytes


class KeptDrafts:
    """Of one face, by plate frame. Not for several threads at once."""

    def __init__(self, face: str) -> None:
        self._face = face
        self._rows: dict[int, tuple[bytes, Values]] = {}
        self._unsaved: set[int] = set()

    @property
    def frames(self) -> list[int]:
        """Frames with values, ascending."""
        return sorted(self._rows)

    @property
    def unsaved(self) -> bool:
        """Whether something isn't in the store yet."""
        return bool(self._unsaved)

    def values(self, frame: int) -> Values:
        """What was measured of a frame last. Raises KeyError: nothing was."""
        return self._rows[frame][1]

    def is_of(self, frame: int, key: str) -> bool:
        """Whether a frame's values were taken of the picture with that key."""
        found = self._rows.get(frame)
        return found is not None and found[0] == _short(key)

    def put(self, frame: int, key: str, values: Values) -> None:
        """What was measured of the picture with that key."""
        self._rows[frame] = _short(key), values
        self._unsaved.add(frame // CHUNK)

    def load(self, store: AnalysisStore, frames: int) -> None:
        """Take what is kept of a plate of so many frames, in place of what is here."""
        self._rows.clear()
        self._unsaved.clear()
        for number in range(-(-frames // CHUNK)):
            parts = store.get(self._name(number), FORMAT)
            if parts is not None:
                self._rows.update(_unpacked(parts[0]))

    def save(self, store: AnalysisStore) -> None:
        """Keep what isn't kept yet. Raises DiskFull, OutputNotWritable."""
        for number, chunk in self._chunks(self._unsaved):
            store.put(self._name(number), FORMAT, [chunk])
        self._unsaved.clear()

    def _chunks(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        wanted = set(numbers)
        for number, group in groupby(self.frames, key=lambda frame: frame // CHUNK):
            if number in wanted:
                frames = list(group)
                keys, values = zip(*(self._rows[frame] for frame in frames), strict=True)
                chunk = _Chunk(
                    frames=np.array(frames, "<i4").tobytes(),
                    keys=b"".join(keys),
                    values=np.stack(values).astype("<f4").tobytes(),
                )
                yield number, msgspec.msgpack.encode(chunk)

    def _name(self, number: int) -> str:
        return f"drafts of {self._face}, {number}"


def _unpacked(content: bytes) -> dict[int, tuple[bytes, Values]]:
    chunk = msgspec.msgpack.decode(content, type=_Chunk)
    frames = np.frombuffer(chunk.frames, "<i4").tolist()
    values = np.frombuffer(chunk.values, "<f4").reshape(-1, len(MEASURES))
    keys = [chunk.keys[at : at + KEY_BYTES] for at in range(0, len(chunk.keys), KEY_BYTES)]
    return {frame: (key, each) for frame, key, each in zip(frames, keys, values, strict=True)}


def _short(key: str) -> bytes:
    return bytes.fromhex(key)[:KEY_BYTES]
