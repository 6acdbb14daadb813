"""One frame's meshes: where the plate's face lies and where the result's will."""

from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmark_shifts import landmarks_of, shifted_by
from pipeline.engines.landmarkers.blendshapes import BlendshapeReader
from pipeline.engines.swappers.mesh.gaze import gaze_turn
from pipeline.engines.swappers.mesh.movement import Movement
from pipeline.engines.swappers.mesh.rings import RingedMeshes, ringed
from pipeline.engines.swappers.mesh.weighting import SEEN_POWERS, ScoreReader, weighted
from pipeline.imaging.arrays import Rect
from pipeline.imaging.bands import ramp, smoothstep
from pipeline.imaging.mesh import N_VERTICES, load_canonical, vertex_normals
from pipeline.imaging.procrustes import Pose, repose
from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import Mixed, mixed
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.frame_stages import GeometrySettings
from pipeline.project.parameters import MeshSettings

Floats = NDArray[np.float64]

SMOOTHED = 4
"""Frames either side that scores are smoothed over at most."""

UNWEIGHTED = ExpressionWeights()


@dataclass(frozen=True, slots=True, eq=False)
class FrameGeometry:
    """`meshes` with rings (540, 3) pixels; `normals` (468, 3) of the result in the camera's frame (z towards it).

    `landmarks` (478, 3) are the plate's, pixels, as somebody corrected them. `view` (3,): the camera's direction in the
    head's frame. `presence` 0..1 fades the identity on turned faces. `blink`
    (right, left) 0..1. `motion` (x, y) pixels a frame. `gaze` (x, y) pixels that the irises are moved by.
    """

    meshes: RingedMeshes
    landmarks: Floats
    normals: Floats
    view: Floats
    presence: float
    blink: tuple[float, float]
    motion: tuple[float, float]
    gaze: tuple[float, float]


def frame_geometry(
    solve: FaceSolve,
    i: int,
    offset: Floats,
    correction: Floats | None,
    parameters: FaceParameters,
    movement: Movement,
    reader: BlendshapeReader | None = None,
    painted: bool = False,
) -> FrameGeometry:
    """Geometry at the solve's index `i`; `offset` (468, 3) moves the neutral shape, `correction` (52,) the scores.

    With a `reader` the weights of action units are shares of what it sees; without, of the movement. `painted`: an
    identity's skin goes onto the face.
    """
    settings, fine = parameters.settings, parameters.settings.geometry
    mesh = load_canonical()
    pose = Pose(solve.scale[i], solve.rotation[i], solve.translation[i])
    presence = turn_presence(pose.rotation, settings)
    moved = shifted_by(parameters.landmark_shifts)
    landmarks = landmarks_of(solve, i, parameters.landmark_shifts)
    canonical = solve.canonical[i] + moved[:N_VERTICES]
    mix = mixed(parameters.expression, parameters.strengths, parameters.presets)
    posed = vertex_normals(canonical @ pose.rotation.T, mesh.triangles)
    facing = np.where(mesh.ring <= fine.rim_rings, ramp(posed[:, 2], fine.rim_turn_start, fine.rim_turn_end), 1.0)
    shape = solve.neutral + offset * (facing * presence)[:, None]
    read = None if reader is None else _score_reader(landmarks, pose, shape, reader, painted)
    displacement = canonical - solve.neutral
    result = repose(shape + _expression(solve, i, displacement, correction, fine, mix, movement, read), pose)
    blink_right, blink_left = _blinks(solve, i, settings)
    return FrameGeometry(
        meshes=ringed(landmarks[:N_VERTICES], result, settings.ring_motion, fine),
        landmarks=landmarks,
        normals=vertex_normals(result * (1.0, -1.0, -1.0), mesh.triangles),
        view=np.asarray(pose.rotation[2], np.float64),
        presence=presence,
        blink=(blink_right, blink_left),
        motion=_motion(solve, i),
        gaze=gaze_turn(solve, i, movement.irises, mix.weights.gaze, settings.gaze, moved),
    )


def turn_presence(rotation: Floats, settings: MeshSettings) -> float:
    """1 for a face towards the camera, 0 past `turn_end` degrees of yaw."""
    yaw = abs(float(np.degrees(np.arctan2(rotation[0, 2], rotation[2, 2]))))
    end = max(settings.turn_end, settings.turn_start + 1e-3)
    return 1.0 - float(smoothstep(yaw, settings.turn_start, end))


def region_rect(geometry: FrameGeometry, face_width: float, settings: MeshSettings) -> Rect:
    """The pixels a frame's patch may need, uncut."""
    points = np.concatenate([geometry.meshes.plate[:, :2], geometry.meshes.result[:, :2]])
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int)
    return Rect(int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1).grown(
        2 + int(2 * settings.painting.warp_blur * face_width)
    )


def _expression(
    solve: FaceSolve,
    i: int,
    displacement: Floats,
    correction: Floats | None,
    fine: GeometrySettings,
    mix: Mixed,
    movement: Movement,
    read: ScoreReader | None,
) -> Floats:
    """(468, 3) displacement from the neutral: the performer's own, which is given, corrected and weighted."""
    if correction is not None:
        correction = mix.weights.matching * correction
        displacement = displacement + np.tensordot(correction, solve.basis, 1) * correction_reach(fine)
    if replace(mix.weights, matching=1.0, gaze=1.0) == UNWEIGHTED and not mix.activations:
        return displacement
    return displacement + weighted(
        movement, smooth_scores(solve, i, fine.score_smoothing), correction, displacement, mix, read
    )


def _score_reader(plate: Floats, pose: Pose, shape: Floats, reader: BlendshapeReader, painted: bool) -> ScoreReader:
    """What the network reads off the drawn face, `shape` (468, 3) at rest, when it is displaced.

    The irises are those of `plate` (478, 3), the plate's landmarks.
    """

    def read(displacements: Floats) -> Floats:
        landmarks = np.tile(plate, (len(displacements), 1, 1))
        for points, displacement in zip(landmarks, displacements, strict=True):
            points[:N_VERTICES] = repose(shape + displacement, pose)
        return reader.read(landmarks).astype(np.float64)

    return ScoreReader(read, SEEN_POWERS[painted])


def correction_reach(fine: GeometrySettings) -> Floats:
    """(468, 1) how far a correction of scores moves each vertex: less towards the outline, where hair and neck stay."""
    return np.clip(fine.correction_rim + load_canonical().ring / fine.correction_rings, 0, 1)[:, None]


def smooth_scores(solve: FaceSolve, i: int, spread: float) -> Floats:
    """(52,) blendshapes around index `i`, weighted over neighbours (σ `spread` frames): raw scores jitter."""
    low, high = max(0, i - SMOOTHED), min(len(solve.scores), i + SMOOTHED + 1)
    weight = np.exp(-0.5 * ((np.arange(low, high) - i) / spread) ** 2)
    mean: Floats = (weight / weight.sum()) @ solve.scores[low:high]
    return mean


def _blinks(solve: FaceSolve, i: int, settings: MeshSettings) -> tuple[float, float]:
    left, right = float(solve.scores[i, 9]), float(solve.scores[i, 10])
    both = 0.5 * (left + right)
    end = max(settings.blink_end, settings.blink_start + 1e-3)
    shut = smoothstep(np.array([0.5 * (both + right), 0.5 * (both + left)]), settings.blink_start, end)
    return float(shut[0]), float(shut[1])


def _motion(solve: FaceSolve, i: int) -> tuple[float, float]:
    before, after = max(0, i - 1), min(len(solve.frames) - 1, i + 1)
    span = int(solve.frames[after] - solve.frames[before])
    if not 0 < span <= 2:
        return 0.0, 0.0
    step = (solve.landmarks[after, :N_VERTICES, :2] - solve.landmarks[before, :N_VERTICES, :2]).mean(0) / span
    return float(step[0]), float(step[1])
