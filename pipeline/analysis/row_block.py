"""Rows of one tracklet side by side, and their packed form.

Packed, a row takes about 2.5 kB instead of the 10 kB of its floats: landmarks as differences in time, flow as
differences along the landmark list, both byte-shuffled and deflated. Nothing is lost: rows are integers already.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import FaceRow

_LEVEL = 1
"""Deflate level; higher ones gain 3 % at five times the cost."""


@dataclass(frozen=True, slots=True, eq=False)
class RowBlock:
    """`n` rows, ascending by frame; fields as in `FaceRow` with a leading axis."""

    frames: NDArray[np.int32]
    exponents: NDArray[np.int8]
    points: NDArray[np.int32]
    scores: NDArray[np.float16]
    presence: NDArray[np.float16]
    flow: NDArray[np.int32]
    error: NDArray[np.uint8]
    change: NDArray[np.float16]

    def between(self, start: int, stop: int) -> "RowBlock":
        """The rows of frames start..stop-1."""
        low, high = np.searchsorted(self.frames, [start, stop])
        return self._picked(slice(int(low), int(high)))

    def _picked(self, rows: slice) -> "RowBlock":
        return RowBlock(*(getattr(self, name)[rows] for name in _FIELDS))


_FIELDS = tuple(RowBlock.__dataclass_fields__)


def block_of(rows: Sequence[FaceRow]) -> RowBlock:
    """Rows as a block, put in order of frame; at least one."""
    ordered = sorted(rows, key=lambda row: row.frame)
    return RowBlock(
        np.array([row.frame for row in ordered], np.int32),
        np.array([row.exponent for row in ordered], np.int8),
        np.stack([row.points for row in ordered]),
        np.stack([row.scores for row in ordered]),
        np.array([row.presence for row in ordered], np.float16),
        np.stack([row.flow for row in ordered]),
        np.stack([row.error for row in ordered]),
        np.array([row.change for row in ordered], np.float16),
    )


def joined(blocks: Sequence[RowBlock]) -> RowBlock:
    """Blocks in order of time as one; at least one."""
    if len(blocks) == 1:
        return blocks[0]
    return RowBlock(*(np.concatenate([getattr(each, name) for each in blocks]) for name in _FIELDS))


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    """Shapes are known from the counts; integers are little-endian."""

    rows: int
    landmarks: int
    plain: bytes
    points: bytes
    flow: bytes
    error: bytes


def pack(block: RowBlock) -> bytes:
    """The block as bytes; `unpack` gives it back exactly."""
    plain = b"".join(
        np.ascontiguousarray(array).tobytes()
        for array in (block.frames, block.exponents, block.scores, block.presence, block.change)
    )
    packed = _Packed(
        len(block.frames),
        block.points.shape[1],
        zlib.compress(plain, _LEVEL),
        shuffled(np.diff(block.points, axis=0, prepend=0)),
        shuffled(np.diff(block.flow, axis=1, prepend=0)),
        zlib.compress(block.error.tobytes(), _LEVEL),
    )
    return msgspec.msgpack.encode(packed)


def unpack(content: bytes) -> RowBlock:
    """The block that `pack` made bytes of."""
    packed = msgspec.msgpack.decode(content, type=_Packed)
    n, count = packed.rows, packed.landmarks
    plain = zlib.decompress(packed.plain)
    frames = np.frombuffer(plain, "<i4", n)
    exponents = np.frombuffer(plain, np.int8, n, offset=4 * n)
    halves = np.frombuffer(plain, "<f2", offset=5 * n)
    scores, presence, change = halves[: -2 * n].reshape(n, -1), halves[-2 * n : -n], halves[-n:]
    points = np.cumsum(unshuffled(packed.points).reshape(n, count, 3), axis=0, dtype=np.int32)
    flow = np.cumsum(unshuffled(packed.flow).reshape(n, count, 2), axis=1, dtype=np.int32)
    error = np.frombuffer(zlib.decompress(packed.error), np.uint8).reshape(n, count)
    return RowBlock(frames, exponents, points, scores, presence, flow, error, change)


def shuffled(values: NDArray[np.int32]) -> bytes:
    """Small signed integers as deflated planes of bytes: zigzag first, so that high bytes are zero."""
    zigzag = ((values << 1) ^ (values >> 31)).astype("<u4")
    planes = zigzag.view(np.uint8).reshape(-1, 4).T
    return zlib.compress(np.ascontiguousarray(planes).tobytes(), _LEVEL)


def unshuffled(content: bytes) -> NDArray[np.int32]:
    """The integers, flat, that `shuffled` packed."""
    planes = np.frombuffer(zlib.decompress(content), np.uint8).reshape(4, -1)
    zigzag = np.ascontiguousarray(planes.T).view("<u4")[:, 0]
    return np.asarray((zigzag >> 1).astype(np.int32) ^ -(zigzag & 1).astype(np.int32))
