"""Short gaps in a face's track, bridged from both sides: a face that blur hides for some frames is still there.

The head's pose goes on from the motion before the gap into the motion after it, the expression changes over from the
one to the other. It is a guess, marked as one: a bridged frame is not clear, no evidence for anything, and only kept
where the picture itself goes on showing the face at that place, so that nothing is painted onto a white frame, a door
that closes, or another shot.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation, Slerp

from pipeline.analysis.quantised import grid_exponent
from pipeline.engines.faces import N_VERTICES, FaceSolve
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.procrustes import Pose, repose, to_canonical
from pipeline.imaging.uv import chart

GAPS_VERSION = 1
"""Counts changes that give other bridges."""
_CHART = 64
_SPEED_FRAMES = 3
"""The head's speed at an edge is that over so many frames."""

Floats = NDArray[np.float64]
LumaAt = Callable[[int], ImageU8 | None]
"""The luma (h, w) of a plate frame; None where it can't be read."""


@dataclass(frozen=True, slots=True)
class GapSettings:
    """What is bridged."""

    longest_s: Fraction = Fraction(1, 2)
    """Longest time between the last frame before a gap and the first after it, seconds; 0 bridges nothing."""
    least_likeness: float = 0.5
    """Least correlation of the picture in the face's chart with that of an edge."""


def gaps_in(
    frames: NDArray[np.int32], times: Sequence[Fraction], cuts: Collection[int], longest_s: Fraction
) -> list[tuple[int, int]]:
    """Edges of the gaps that may be bridged, as plate frames in which the face is seen; none holds a cut."""
    return [
        (before, after)
        for before, after in pairwise(frames.tolist())
        if after - before > 1
        and times[after] - times[before] <= longest_s
        and not any(before < cut <= after for cut in cuts)
    ]


def bridge(solve: FaceSolve, gaps: Iterable[tuple[int, int]], luma_at: LumaAt, settings: GapSettings) -> FaceSolve:
    """The solve with rows for those frames of `gaps` whose picture still shows the face; itself where none does."""
    rows: dict[int, _Row] = {}
    for before, after in gaps:
        edges = [chart_of(luma_at(each), solve.landmarks[_index(solve, each)]) for each in (before, after)]
        for frame, row in _between(solve, before, after).items():
            seen = chart_of(luma_at(frame), row.landmarks)
            if max(correlation(seen, edge) for edge in edges) >= settings.least_likeness:
                rows[frame] = row
    return _with_rows(solve, rows) if rows else solve


def chart_of(luma: ImageU8 | None, landmarks: NDArray[np.floating]) -> NDArray[np.float32] | None:
    """The face's chart as a vector, its mean taken out; None without a picture."""
    if luma is None:
        return None
    uv = chart(_CHART)
    laid: NDArray[np.float32] = uv.unwrap(luma.astype(np.float32), np.asarray(landmarks, np.float64))[uv.covered]
    return np.asarray(laid - laid.mean(), np.float32)


def correlation(one: NDArray[np.float32] | None, other: NDArray[np.float32] | None) -> float:
    """Correlation -1..1 of two charts; 0 where one is missing or flat."""
    if one is None or other is None:
        return 0.0
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / norm if norm > 1e-6 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One bridged frame; landmarks (478, 3) pixels."""

    landmarks: NDArray[np.float32]
    pose: Pose
    scores: NDArray[np.float32]


def _index(solve: FaceSolve, frame: int) -> int:
    i = solve.index_of(frame)
    assert i is not None, "an edge of a gap shows the face"
    return i


def _between(solve: FaceSolve, before: int, after: int) -> dict[int, _Row]:
    """Rows of the frames between two edges."""
    i, j, count = _index(solve, before), _index(solve, after), after - before
    turn = Slerp([0, count], Rotation.from_matrix(solve.rotation[[i, j]]))
    ends = [to_canonical(solve.landmarks[k], _pose(solve, k)) for k in (i, j)]
    speeds = [_speed(solve, i, -1) * count, _speed(solve, j, 1) * count]
    grid, rows = 2.0 ** grid_exponent(solve.landmarks), {}
    for step in range(1, count):
        t = step / count
        mix = t * t * (3 - 2 * t)
        scale = np.asarray(solve.scale[i] ** (1 - t) * solve.scale[j] ** t)
        place = _hermite(t, solve.translation[i], solve.translation[j], *speeds)
        pose = Pose(scale, turn([step]).as_matrix()[0], place)
        landmarks = (np.rint(repose((1 - mix) * ends[0] + mix * ends[1], pose) / grid) * grid).astype(np.float32)
        scores = ((1 - mix) * solve.scores[i] + mix * solve.scores[j]).astype(np.float16).astype(np.float32)
        rows[before + step] = _Row(landmarks, pose, scores)
    return rows


def _pose(solve: FaceSolve, i: int) -> Pose:
    return Pose(solve.scale[i], solve.rotation[i], solve.translation[i])


def _speed(solve: FaceSolve, i: int, direction: int) -> Floats:
    """(3,) pixels a frame at index `i`, from the frames on the gap's far side; 0 where there are none in a row."""
    k = min(max(0, i + direction * _SPEED_FRAMES), len(solve.frames) - 1)
    span = int(solve.frames[k]) - int(solve.frames[i])
    if k == i or span != k - i:
        return np.zeros(3)
    return np.asarray((solve.translation[k] - solve.translation[i]) / span, np.float64)


def _hermite(t: float, start: Floats, stop: Floats, start_speed: Floats, stop_speed: Floats) -> Floats:
    """Cubic from `start` to `stop` at t 0..1; speeds a unit of t."""
    along = t * t * (3 - 2 * t)
    return (1 - along) * start + along * stop + t * (1 - t) ** 2 * start_speed - t * t * (1 - t) * stop_speed


def _with_rows(solve: FaceSolve, rows: dict[int, _Row]) -> FaceSolve:
    added = np.array(sorted(rows), np.int32)
    at = np.searchsorted(solve.frames, added)
    given = [rows[frame] for frame in added.tolist()]
    landmarks = np.stack([row.landmarks for row in given])
    poses = Pose(*(np.stack(part) for part in zip(*(row.pose for row in given), strict=True)))
    moved = np.searchsorted(added, solve.frames[solve.neutral_frames]) + solve.neutral_frames
    digest = hashlib.sha256(f"{solve.key} {GAPS_VERSION} {added.tolist()}".encode()).hexdigest()
    return replace(
        solve,
        frames=np.insert(solve.frames, at, added),
        landmarks=np.insert(solve.landmarks, at, landmarks, axis=0),
        scores=np.insert(solve.scores, at, np.stack([row.scores for row in given]), axis=0),
        canonical=np.insert(
            solve.canonical, at, to_canonical(landmarks[:, :N_VERTICES], poses).astype(np.float32), axis=0
        ),
        scale=np.insert(solve.scale, at, poses.scale),
        rotation=np.insert(solve.rotation, at, poses.rotation, axis=0),
        translation=np.insert(solve.translation, at, poses.translation, axis=0),
        neutral_frames=moved.astype(np.int32),
        clear=np.insert(solve.clear, at, False),
        bridged=tuple(added.tolist()),
        key=digest,
    )
