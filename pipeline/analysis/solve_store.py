"""A solve as bytes and back: a small header that says what lies where, then plain arrays. No pickle.

What can be computed again exactly is not stored: the canonical vertices follow from landmarks and pose. Landmarks lie
on a grid of sixteen bits, are stored as differences from frame to frame, byte planes apart, and deflated: about
two kilobytes a frame. A solve read back equals the one written, bit for bit.
"""

import zlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.quantised import from_integers, to_integers
from pipeline.engines.faces import N_VERTICES, FaceSolve, OcclusionMatte
from pipeline.errors import ProjectError
from pipeline.imaging.arrays import AnyArray, Rect
from pipeline.imaging.procrustes import Pose, to_canonical

FORMAT = "likeness-solve-1"
_LEVEL = 1


class _Block(msgspec.Struct, frozen=True):
    """One array: numpy type string (little-endian), shape, and its deflated bytes' length."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    length: int


class _Matte(msgspec.Struct, frozen=True):
    frame: int
    rect: tuple[int, int, int, int]
    length: int


class _Header(msgspec.Struct, frozen=True):
    format: str
    key: str
    width: int
    height: int
    grid_exponent: int
    blocks: list[_Block]
    mattes: list[_Matte]


def solve_to_bytes(solve: FaceSolve) -> bytes:
    """The solve with its mattes as one blob. `landmarks` must lie on their grid, as `solve_face` makes them."""
    exponent, offsets, remainders = to_integers(solve.landmarks)
    arrays: dict[str, AnyArray] = {
        "frames": solve.frames.astype("<i4"),
        "offsets": offsets.astype("<i4"),
        "landmarks": _planes_of_differences(remainders),
        "scores": solve.scores.astype("<f2"),
        "scale": solve.scale.astype("<f8"),
        "rotation": solve.rotation.astype("<f8"),
        "translation": solve.translation.astype("<f8"),
        "neutral": solve.neutral.astype("<f4"),
        "rigid_weights": solve.rigid_weights.astype("<f8"),
        "neutral_frames": solve.neutral_frames.astype("<i4"),
        "basis": solve.basis.astype("<f4"),
        "clear": solve.clear.astype("|u1"),
    }
    parts = [zlib.compress(np.ascontiguousarray(array).tobytes(), _LEVEL) for array in arrays.values()]
    blocks = [
        _Block(name, array.dtype.str, array.shape, len(part))
        for (name, array), part in zip(arrays.items(), parts, strict=True)
    ]
    frames = sorted(solve.occlusion)
    covers = [zlib.compress(np.ascontiguousarray(solve.occlusion[f].coverage).tobytes(), _LEVEL) for f in frames]
    mattes = [
        _Matte(frame, _corners(solve.occlusion[frame].rect), len(part))
        for frame, part in zip(frames, covers, strict=True)
    ]
    header = msgspec.json.encode(_Header(FORMAT, solve.key, solve.width, solve.height, exponent, blocks, mattes))
    return b"".join([len(header).to_bytes(8, "little"), header, *parts, *covers])


def solve_from_bytes(blob: bytes) -> FaceSolve:
    """The solve that `solve_to_bytes` wrote.

    Raises
    ------
    ProjectError
        when the bytes are not such a solve, or not whole.
    """
    try:
        return _read(blob)
    except (msgspec.MsgspecError, zlib.error, ValueError, KeyError, TypeError) as cause:
        raise ProjectError(
            f"The stored solve cannot be read ({cause}). Delete the plate's analysis cache and analyse it again."
        ) from cause


def _read(blob: bytes) -> FaceSolve:
    start = 8 + int.from_bytes(blob[:8], "little")
    header = msgspec.json.decode(blob[8:start], type=_Header)
    if header.format != FORMAT:
        raise ValueError(f"its format is {header.format!r}, not {FORMAT!r}")
    arrays: dict[str, AnyArray] = {}
    for block in header.blocks:
        content = zlib.decompress(blob[start : start + block.length])
        arrays[block.name] = np.frombuffer(content, block.dtype).reshape(block.shape)
        start += block.length
    mattes: dict[int, OcclusionMatte] = {}
    for entry in header.mattes:
        rect = Rect(*entry.rect)
        content = zlib.decompress(blob[start : start + entry.length])
        mattes[entry.frame] = OcclusionMatte(rect, np.frombuffer(content, np.uint8).reshape(rect.height, rect.width))
        start += entry.length
    landmarks = from_integers(header.grid_exponent, arrays["offsets"], _from_planes(arrays["landmarks"]))
    pose = Pose(arrays["scale"], arrays["rotation"], arrays["translation"])
    return FaceSolve(
        width=header.width,
        height=header.height,
        frames=arrays["frames"],
        landmarks=landmarks,
        scores=arrays["scores"].astype(np.float32),
        canonical=to_canonical(landmarks[:, :N_VERTICES], pose).astype(np.float32),
        scale=pose.scale,
        rotation=pose.rotation,
        translation=pose.translation,
        neutral=arrays["neutral"],
        rigid_weights=arrays["rigid_weights"],
        neutral_frames=arrays["neutral_frames"],
        basis=arrays["basis"],
        clear=arrays["clear"].astype(np.bool_),
        occlusion=mattes,
        key=header.key,
    )


def _corners(rect: Rect) -> tuple[int, int, int, int]:
    return int(rect.x0), int(rect.y0), int(rect.x1), int(rect.y1)


def _planes_of_differences(values: NDArray[np.int16]) -> NDArray[np.uint8]:
    """(2, T, n, c): low and high bytes of the change from frame to frame, which deflates far better."""
    change = np.diff(values, axis=0, prepend=np.zeros_like(values[:1]))
    raw = np.ascontiguousarray(change).astype("<i2").view(np.uint8).reshape(*values.shape, 2)
    return np.ascontiguousarray(np.moveaxis(raw, -1, 0))


def _from_planes(planes: NDArray[np.uint8]) -> NDArray[np.int16]:
    raw = np.ascontiguousarray(np.moveaxis(planes, 0, -1))
    change = raw.view("<i2")[..., 0]
    return np.cumsum(change, axis=0, dtype=np.int16)
