"""A solve as bytes and back, exactly: what a render reads from the store gives the same pixels as a fresh solve.

Smoothed landmarks lie on a grid already, and the canonical vertices follow from them and the pose, so that neither
is stored as floats; with the raw rows, a face takes about 0.7 GB for two hours.
"""

import zlib

import msgspec
import numpy as np

from pipeline.analysis.quantised import grid_exponent
from pipeline.analysis.row_block import shuffled, unshuffled
from pipeline.engines.faces import N_VERTICES, FaceSolve, OcclusionMatte
from pipeline.imaging.arrays import AnyArray, Rect
from pipeline.imaging.procrustes import Pose, to_canonical

PART_FRAMES = 240
"""Frames of landmarks in one part."""

_ARRAYS = {
    "frames": "<i4",
    "scores": "<f2",
    "scale": "<f8",
    "rotation": "<f8",
    "translation": "<f8",
    "neutral": "<f4",
    "rigid_weights": "<f8",
    "neutral_frames": "<i4",
    "basis": "<f4",
    "clear": "|b1",
}


class _Array(msgspec.Struct, array_like=True, frozen=True):
    shape: tuple[int, ...]
    content: bytes


class _Matte(msgspec.Struct, array_like=True, frozen=True):
    frame: int
    rect: Rect
    coverage: bytes


class _Head(msgspec.Struct, array_like=True, frozen=True):
    width: int
    height: int
    key: str
    exponent: int
    landmarks: tuple[int, int, int]
    arrays: dict[str, _Array]
    mattes: tuple[_Matte, ...]
    bridged: tuple[int, ...]


def pack_solve(solve: FaceSolve) -> list[bytes]:
    """Parts for `AnalysisStore.put`: everything small, then landmarks in runs of frames."""
    exponent = grid_exponent(solve.landmarks)
    steps = np.rint(solve.landmarks.astype(np.float64) / 2.0**exponent).astype(np.int32)
    frames, points, axes = steps.shape
    head = _Head(
        solve.width,
        solve.height,
        solve.key,
        exponent,
        (frames, points, axes),
        {name: _packed(getattr(solve, name), kind) for name, kind in _ARRAYS.items()},
        tuple(
            _Matte(frame, matte.rect, zlib.compress(np.ascontiguousarray(matte.coverage).tobytes(), 1))
            for frame, matte in sorted(solve.occlusion.items())
        ),
        solve.bridged,
    )
    runs = (steps[start : start + PART_FRAMES] for start in range(0, frames, PART_FRAMES))
    return [msgspec.msgpack.encode(head), *(shuffled(np.diff(run, axis=0, prepend=0)) for run in runs)]


def unpack_solve(parts: list[bytes]) -> FaceSolve:
    """The solve that `pack_solve` took apart."""
    head = msgspec.msgpack.decode(parts[0], type=_Head)
    runs = [unshuffled(part).reshape(-1, *head.landmarks[1:]).cumsum(axis=0, dtype=np.int32) for part in parts[1:]]
    steps = np.concatenate(runs) if runs else np.zeros(head.landmarks, np.int32)
    landmarks = (steps * 2.0**head.exponent).astype(np.float32)
    arrays = {name: _unpacked(head.arrays[name], kind) for name, kind in _ARRAYS.items()}
    pose = Pose(arrays["scale"], arrays["rotation"], arrays["translation"])
    arrays["scores"] = arrays["scores"].astype(np.float32)
    return FaceSolve(
        width=head.width,
        height=head.height,
        landmarks=landmarks,
        canonical=to_canonical(landmarks[:, :N_VERTICES], pose).astype(np.float32),
        occlusion={matte.frame: _matte(matte) for matte in head.mattes},
        key=head.key,
        bridged=head.bridged,
        **arrays,
    )


def _packed(array: AnyArray, kind: str) -> _Array:
    return _Array(array.shape, zlib.compress(array.astype(kind).tobytes(), 1))


def _unpacked(packed: _Array, kind: str) -> AnyArray:
    return np.frombuffer(zlib.decompress(packed.content), kind).reshape(packed.shape)


def _matte(packed: _Matte) -> OcclusionMatte:
    rect = packed.rect
    coverage = np.frombuffer(zlib.decompress(packed.coverage), np.uint8)
    return OcclusionMatte(rect, coverage.reshape(rect.height, rect.width))
