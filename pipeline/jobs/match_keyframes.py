"""More of the closed loop at keyframes: the frames that carry the performance are led back further than the rest.

A correction of one score moves the reading of many, and many hardly move their own. On a keyframe it is therefore
measured first how every score answers to every correction; then the corrections are sought that take back what the
plain loop left there, with as little motion beyond the performer's own as it takes (damped Gauss-Newton). The budget of
motion matters: corrections that only follow the reader carry brows and lips away from where the plate's skin moves.

What is added on a keyframe fades out over its neighbours. Each keyframe is worked on by itself, so that one more or
less is one keyframe's work, and nothing but scores is corrected: skin, detail and mattes stay those of the shot, since
they would be seen to breathe.
"""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import N_BLENDSHAPES, FaceSolve
from pipeline.engines.swappers.mesh.geometry import correction_reach
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import CORRECTED, GAIN, LIMIT, Scores
from pipeline.jobs.faces import MeshFace
from pipeline.project.frame_stages import GeometrySettings

REACH_FRAMES = 20
"""The weight of a keyframe's work is 1 on it and 0 so many frames away."""
KEYFRAME_PASSES = 3
"""Steps at a keyframe of a face whose share is 1."""
KEYFRAMES_VERSION = 2
"""Counts changes of this module that give other corrections."""
_PROBE = 0.2
"""By how much a score is moved to see what answers."""
_NEAR = 1
"""A keyframe is read together with so many frames on either side: one frame's reading trembles."""
_MOTION_COST = 2.0
"""Weight of the squared motion beyond the performer's own (cm, mean over the mesh) against squared scores."""
_RIDGE = 0.01
"""The same of the corrections themselves: one that moves nothing is not made."""

Vector = NDArray[np.float64]
"""(52,)."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainLoop:
    """A face in plain closed loop. `steady` (52,): the difference that the loop leaves in all frames alike."""

    face: MeshFace
    steady: Vector


def passes_for(share: float) -> int:
    """Steps for a face that gets this `share` (0..1) of the extra work; any share above none gives one at least."""
    return math.ceil(share * KEYFRAME_PASSES)


def workable(keyframes: Sequence[int], solve: FaceSolve) -> list[int]:
    """The solve's indices of those plate frames in which the face is seen with nothing before it, ascending."""
    found = (solve.index_of(frame) for frame in sorted(set(keyframes)))
    return [i for i in found if i is not None and solve.clear[i]]


def led_further(plain: PlainLoop, i: int, reading: ExpressionReader, passes: int) -> Vector:
    """(52,) to add to the plain corrections at index `i` of the solve. Raises Cancelled."""
    solve, before = plain.face.prepared.solve, plain.face.prepared.corrections
    assert before is not None, "the plain loop comes first"
    near = [j for j in range(max(0, i - _NEAR), min(len(before), i + _NEAR + 1)) if _beside(solve, i, j)]
    wanted = _mean(reading.of_plate(plain.face, np.array(near))) - plain.steady
    probes = before[i] + np.concatenate([np.zeros((1, N_BLENDSHAPES)), _PROBE * np.eye(N_BLENDSHAPES)[CORRECTED]])
    seen = reading.of_variants(plain.face, i, probes)
    if not np.isfinite(seen).all() or not np.isfinite(wanted).all():
        return np.zeros(N_BLENDSHAPES)
    answers = ((seen[1:] - seen[0]) / _PROBE).T[CORRECTED]
    fine = plain.face.settings_at(int(solve.frames[i])).settings.geometry
    cost = _MOTION_COST * _motion_energy(solve, fine) + _RIDGE * np.eye(len(answers))
    usual = before[solve.clear].mean(axis=0)
    added = best = np.zeros(N_BLENDSHAPES)
    least = math.inf
    for done in range(passes + 1):
        got = _mean(np.concatenate([reading.of_variants(plain.face, j, (before[j] + added)[None]) for j in near]))
        left = (wanted - got)[CORRECTED]
        if float(left @ left) < least:
            best, least = added, float(left @ left)
        if done == passes or not np.isfinite(left).all():
            break
        beyond = (before[i] + added - usual)[CORRECTED]
        step = GAIN * np.linalg.solve(answers.T @ answers + cost, answers.T @ left - cost @ beyond)
        added = added.copy()
        added[CORRECTED] = np.clip(before[i, CORRECTED] + added[CORRECTED] + step, -LIMIT, LIMIT) - before[i, CORRECTED]
    return best


def joined(plain: MeshFace, added: Mapping[int, Vector]) -> MeshFace:
    """The face with what was `added` at the solve's indices, fading out around each; where several reach, their mean.

    Nothing fades over a gap in the track.
    """
    before, frames = plain.prepared.corrections, plain.prepared.solve.frames
    assert before is not None, "the plain loop comes first"
    weights, total = np.zeros(len(frames)), np.zeros_like(before)
    for i, vector in added.items():
        near = np.arange(max(0, i - REACH_FRAMES + 1), min(len(frames), i + REACH_FRAMES))
        near = near[frames[near] - frames[i] == near - i]
        weight = 0.5 + 0.5 * np.cos(np.pi * (near - i) / REACH_FRAMES)
        weights[near] += weight
        total[near] += weight[:, None] * vector
    corrections = np.clip(before + total / np.maximum(weights, 1.0)[:, None], -LIMIT, LIMIT)
    return replace(plain, prepared=plain.prepared.corrected(corrections))


def kept_keyframe(
    store: AnalysisStore, name: str, plain_key: str, frame: int, passes: int, work: Callable[[], Vector]
) -> Vector:
    """What `store` keeps of a keyframe's work under the plain loop's key, else that of `work`, kept there."""
    key = hashlib.sha256(f"{plain_key} {KEYFRAMES_VERSION} {frame} {passes}".encode()).hexdigest()
    part = f"{name}, keyframe {frame}"
    kept = store.get(part, key)
    if kept is not None:
        return np.frombuffer(kept[0], "<f8")
    vector = work()
    store.put(part, key, [vector.astype("<f8").tobytes()])
    return vector


def _beside(solve: FaceSolve, i: int, j: int) -> bool:
    return bool(solve.clear[j]) and int(solve.frames[j]) - int(solve.frames[i]) == j - i


def _mean(scores: Scores) -> Vector:
    return np.asarray(scores.mean(axis=0), np.float64)


def _motion_energy(solve: FaceSolve, fine: GeometrySettings) -> NDArray[np.float64]:
    """(n, n) of the corrected scores: c @ this @ c is their mean squared motion over the mesh, cm²."""
    moved = (solve.basis[CORRECTED] * correction_reach(fine)).reshape(int(CORRECTED.sum()), -1).astype(np.float64)
    return np.asarray(moved @ moved.T / solve.basis.shape[1], np.float64)
