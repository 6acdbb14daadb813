"""A face that turns to 60 degrees: its identity fades over 35 to 50, and nothing breaks on the way, or beyond it.

No clip here turns so far. The plate is a frame of a real one, its face turned as a mesh that wears its own picture,
over the picture without it: where the face lies is then known exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, FaceSolve, SourcePhoto
from pipeline.engines.swappers.mesh.grid import Grid, draw
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.arrays import ImageF32, Mask, Rect
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, N_VERTICES, OVAL, load_canonical
from pipeline.imaging.procrustes import Pose, to_canonical
from pipeline.project.face_parameters import FaceParameters
from tests.unit.engines.swappers.conftest import parameters_of, sample_of

FRAMES = 40
DEGREES = 60.0
SEEN = 249
UNFADED = {"turn_start": 90.0, "turn_end": 120.0}

Turn = tuple[PreparedFace, list[ImageF32]]


@dataclass(frozen=True)
class Look:
    """One frame of the turn: `yaw` degrees; `change` of the face, root mean square; `slow`: the largest change of its
    slow light; `edges` along its outline and `eyes`' brightest parts, over the plate's.
    """

    yaw: float
    change: float
    slow: float
    edges: float
    eyes: float


def turned_landmarks(landmarks: NDArray[np.float64], degrees: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Landmarks (478, 3) turned about the head's upright axis, and the rotation."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    middle = landmarks[:N_VERTICES].mean(0)
    middle[2] = landmarks[[234, 454], 2].mean()
    return (landmarks - middle) @ turn.T + middle, turn


def turned_film(solve: FaceSolve, picture: ImageF32, sign: int) -> tuple[FaceSolve, list[ImageF32]]:
    """The solve and the pictures of a face that turns from how it is seen in `picture` by up to 60 degrees."""
    i = solve.index_of(SEEN)
    assert i is not None
    landmarks = solve.landmarks[i].astype(np.float64)
    face = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(face, cv2.convexHull(landmarks[list(OVAL), :2].astype(np.float32)).astype(np.int32), 1)
    bare = cv2.inpaint(np.rint(picture * 255).astype(np.uint8), cv2.dilate(face, np.ones((9, 9))), 5, cv2.INPAINT_TELEA)
    grid = Grid(Rect(0, 0, solve.width, solve.height), 1)
    pictures, places, rotations = [], [], []
    upright = np.diag([1.0, -1.0, -1.0])
    for degrees in sign * np.linspace(0, DEGREES, FRAMES):
        points, turn = turned_landmarks(landmarks, float(degrees))
        drawing = draw(grid, points[:N_VERTICES], load_canonical().triangles)
        where = drawing.carry(landmarks[:N_VERTICES, :2])
        worn = cv2.remap(picture, where[..., 0], where[..., 1], cv2.INTER_CUBIC)
        cover = cv2.GaussianBlur((drawing.index >= 0).astype(np.float32), (0, 0), 0.8)[..., None]
        pictures.append(np.asarray(bare.astype(np.float32) / 255 * (1 - cover) + worn * cover, np.float32))
        places.append(points)
        rotations.append(upright @ turn @ upright @ solve.rotation[i])
    shown, rotation = np.stack(places), np.stack(rotations)
    upwards = shown[:, :N_VERTICES] * (1.0, -1.0, -1.0)
    posed = solve.scale[i] * np.einsum("tij,vj->tvi", rotation, solve.canonical[i])
    pose = Pose(np.full(FRAMES, solve.scale[i]), rotation, (upwards - posed).mean(1))
    turned = replace(
        solve,
        frames=np.arange(FRAMES, dtype=np.int32),
        landmarks=shown.astype(np.float32),
        scores=np.repeat(solve.scores[i][None], FRAMES, axis=0),
        canonical=to_canonical(shown[:, :N_VERTICES], pose).astype(np.float32),
        scale=pose.scale,
        rotation=rotation,
        translation=pose.translation,
        neutral_frames=np.arange(5, dtype=np.int32),
        clear=np.ones(FRAMES, bool),
    )
    return turned, pictures


@pytest.fixture(scope="module", params=[1, -1], ids=["one-way", "other-way"])
def turn(
    request: pytest.FixtureRequest, solve: FaceSolve, pictures: dict[int, ImageF32], portrait: SourcePhoto
) -> Turn:
    turned, film = turned_film(solve, pictures[SEEN], request.param)
    return MeshSwapper().prepare(turned, [portrait], crops_of(film)), film


def crops_of(film: list[ImageF32]) -> Callable[[int, Rect], ImageF32]:
    return lambda frame, rect: np.ascontiguousarray(film[frame][rect.y0 : rect.y1, rect.x0 : rect.x1])


def filled(shape: tuple[int, ...], *rings: NDArray[np.float64]) -> NDArray[np.uint8]:
    matte = np.zeros(shape[:2], np.uint8)
    for ring in rings:
        cv2.fillPoly(matte, [np.rint(ring).astype(np.int32)], 1)
    return matte


def edges(picture: ImageF32, where: Mask) -> float:
    return float(np.abs(cv2.Laplacian(picture.mean(2), cv2.CV_32F))[where].mean())


def look_of(turn: Turn, frame: int, parameters: FaceParameters) -> Look:
    prepared, film = turn
    solve, plate = prepared.solve, film[frame]
    sample: FaceSample = sample_of(prepared, frame, crops_of(film), parameters)
    patch = MeshSwapper().swap(prepared, [sample], [parameters])[0]
    assert np.isfinite(patch.colour).all()
    assert np.array_equal(patch.colour[~patch.support], sample.crop[~patch.support])
    result, rect = plate.copy(), sample.rect
    result[rect.y0 : rect.y1, rect.x0 : rect.x1] = patch.colour
    found = prepared.geometry(frame, parameters)
    assert found is not None
    before, after = (points[:N_VERTICES, :2].astype(np.float64) for points in found[1].meshes)
    face = filled(plate.shape, after[list(OVAL)])
    rim = (cv2.dilate(face, np.ones((7, 7))) - cv2.erode(face, np.ones((7, 7)))) > 0
    eyes = [filled(plate.shape, p[list(EYE_RIGHT)], p[list(EYE_LEFT)]) > 0 for p in (before, after)]
    change = result - plate
    slow = cv2.GaussianBlur(change.mean(2), (0, 0), 0.06 * solve.face_width_px)
    white = [float(np.percentile(picture.mean(2)[eye], 98)) for picture, eye in zip((plate, result), eyes, strict=True)]
    return Look(
        yaw=float(np.degrees(np.arctan2(solve.rotation[frame][0, 2], solve.rotation[frame][2, 2]))),
        change=float(np.sqrt((change[face > 0] ** 2).mean())),
        slow=float(np.abs(slow).max()),
        edges=edges(result, rim) / edges(plate, rim),
        eyes=white[1] - white[0],
    )


def test_the_identity_fades_from_35_to_50_degrees_without_a_step(turn: Turn) -> None:
    looks = [look_of(turn, frame, FaceParameters()) for frame in range(0, FRAMES, 2)]
    frontal = looks[0].change
    near = [each.change for each in looks if abs(each.yaw) < 34]
    beyond = [each.change for each in looks if abs(each.yaw) > 50.5]
    assert len(near) > 8
    assert len(beyond) > 1
    assert min(near) > 0.85 * frontal
    assert max(beyond) < 1e-3
    fade = [each.change for each in looks if 34 <= abs(each.yaw) <= 50.5]
    assert all(later <= earlier + 1e-3 for earlier, later in pairwise(fade))
    steps = np.abs(np.diff([each.change for each in looks]))
    assert steps.max() < 0.4 * frontal


@pytest.mark.parametrize("values", [{}, UNFADED], ids=["faded", "unfaded"])
def test_no_white_eye_no_cheek_s_edge_and_no_patch_appear_at_any_turn(turn: Turn, values: dict[str, float]) -> None:
    looks = [look_of(turn, frame, parameters_of(values)) for frame in range(0, FRAMES, 3)]
    frontal = looks[0]
    assert max(each.eyes for each in looks) < 0.06
    assert max(each.edges for each in looks) < frontal.edges + 0.15
    assert max(each.slow for each in looks) < 1.35 * frontal.slow
