"""Expression weights on a solved face of a real clip: what each moves, where, and what it never does."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy.spatial import cKDTree

from pipeline.engines.faces import FaceSample, FaceSolve, SourcePhoto
from pipeline.engines.swappers.mesh.face_parts import PARTS, left_share, part_fields, upper_share
from pipeline.engines.swappers.mesh.geometry import frame_geometry
from pipeline.engines.swappers.mesh.movement import movement_of
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.engines.swappers.mesh.unit_moves import UNIT_MOVES
from pipeline.imaging.mesh import LID_PAIRS, LIP_PAIRS, vertex_neighbours
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters
from tests.unit.engines.swappers.conftest import Crops, sample_of

STILL = np.zeros((468, 3))
NAMES = tuple(name for name in ExpressionWeights.__struct_fields__ if name not in ("matching", "gaze"))
LAUGHING = 307


def reach_of(name: str) -> np.ndarray:
    """(468,) where a weight may act, 0..1."""
    fields, left = dict(zip(PARTS, part_fields(), strict=True)), left_share()
    if name in ("expression", "upper_face", "lower_face"):
        return {"expression": np.ones(468), "upper_face": upper_share(), "lower_face": 1 - upper_share()}[name]
    part, _, side = name.partition("_")
    half = {"left": left, "right": 1 - left}.get(side)
    if half is not None:
        parts = {"blink": ("eyes",), "jaw": ("jaw", "lips", "cheeks")}.get(part, (part,))
        return sum(fields[each] for each in parts) * half
    if name == "AU25":
        return fields["lips"] + fields["jaw"]
    move = next(each for each in UNIT_MOVES if each.name == name)
    return sum(fields[each] for each in move.parts) * {1: left, -1: 1 - left, 0: 1}[move.side]


def result(solve: FaceSolve, frame: int, **weights: float) -> np.ndarray:
    i = solve.index_of(frame)
    assert i is not None
    parameters = FaceParameters(expression=ExpressionWeights(**weights))
    return frame_geometry(solve, i, STILL, None, parameters, movement_of(solve)).meshes.result[:468]


def lively(solve: FaceSolve) -> FaceSolve:
    """The clip's face with every score up: no weight is without effect for want of activity."""
    return replace(solve, scores=np.maximum(solve.scores, np.float32(0.4)))


def test_unweighted_is_the_plate_s_own_to_the_bit(solve: FaceSolve) -> None:
    near = {name: 1.0 + 1e-9 for name in NAMES if name != "expression"}
    np.testing.assert_allclose(result(solve, LAUGHING, **near), result(solve, LAUGHING), atol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_a_weight_moves_its_own_part_of_the_face_only(solve: FaceSolve, name: str) -> None:
    face = lively(solve)
    change = np.abs(result(face, LAUGHING, **{name: 0.0}) - result(face, LAUGHING))[:, :2].max(1)
    reach = reach_of(name)
    assert change.max() > 0.02
    assert change[reach < 0.02].max(initial=0.0) <= 0.05 * change.max()


class Drawn(NamedTuple):
    """A lively face of a real frame: as it is drawn unweighted, and the mesh vertex nearest to each pixel."""

    face: PreparedFace
    sample: FaceSample
    colour: np.ndarray
    nearest: np.ndarray


@pytest.fixture(scope="module")
def drawn(solve: FaceSolve, portrait: SourcePhoto, crops: Crops) -> Drawn:
    face = MeshSwapper().prepare(lively(solve), [portrait], crops)
    sample = sample_of(face, LAUGHING, crops, FaceParameters())
    found = face.geometry(LAUGHING, FaceParameters())
    assert found is not None
    points = found[1].meshes.result[:468, :2] - (sample.rect.x0, sample.rect.y0)
    rows, columns = np.mgrid[: sample.crop.shape[0], : sample.crop.shape[1]]
    nearest = cKDTree(points).query(np.stack([columns, rows], axis=-1))[1]
    return Drawn(face, sample, MeshSwapper().swap(face, [sample], [FaceParameters()])[0].colour, nearest)


@pytest.mark.parametrize("name", NAMES)
def test_pixels_change_in_its_part_only(drawn: Drawn, name: str) -> None:
    changed = FaceParameters(expression=ExpressionWeights(**{name: 0.0}))
    after = MeshSwapper().swap(drawn.face, [drawn.sample], [changed])[0].colour
    moved = np.abs(after - drawn.colour).max(2)
    reach = reach_of(name)
    beside = reach[vertex_neighbours()].max(axis=1)  # A triangle that moves at one corner moves up to the others.
    assert moved[reach[drawn.nearest] > 0.4].mean() > 1e-3
    assert moved[beside[drawn.nearest] < 0.02].sum() <= 0.05 * moved.sum()


def test_weights_multiply_and_change_smoothly(solve: FaceSolve) -> None:
    def corner(**weights: float) -> float:
        return float(result(solve, LAUGHING, **weights)[291, 1])

    path = [corner(AU12L=w, AU12R=w) for w in np.linspace(0, 1.5, 31)]
    steps = np.diff(path)
    assert (steps < 0).all(), "corners rise all the way: y falls"
    assert np.abs(np.diff(steps)).max() < 0.2 * np.abs(steps).max()
    assert corner(lips_left=0.5, lower_face=0.5) == pytest.approx(corner(lips_left=0.25), abs=0.2)


def test_the_residual_stays(solve: FaceSolve) -> None:
    """What the basis doesn't explain is still there when nothing of the performance is."""
    i = solve.index_of(LAUGHING)
    assert i is not None
    calm = result(solve, LAUGHING, expression=0.0)
    full, rest = (
        result(solve, LAUGHING),
        result(replace(solve, canonical=solve.canonical * 0 + solve.neutral), LAUGHING),
    )
    assert np.abs(calm - rest).max() < 0.7 * np.abs(full - rest).max()
    assert np.abs(calm - rest).max() > 0.1


def test_a_shut_eye_is_not_opened_and_no_edge_crosses(solve: FaceSolve) -> None:
    upper, lower = np.array(LID_PAIRS[:7]).T
    face = replace(solve, canonical=solve.canonical.copy())
    i = solve.index_of(LAUGHING)
    assert i is not None
    face.canonical[i, upper] = face.canonical[i, lower] + (0, 0.02, 0)
    shut = replace(face, scores=np.maximum(face.scores, np.float32(0.8)))
    before, after = result(shut, LAUGHING), result(shut, LAUGHING, blink_right=0.0, eyes_right=0.0)
    assert np.abs(after[upper, 1] - before[upper, 1]).max() < 0.1

    for pairs in (LIP_PAIRS, LID_PAIRS):
        one, other = np.array(pairs).T
        for weights in ({"AU25": 0.0, "jaw_left": 0.0, "jaw_right": 0.0}, dict.fromkeys(NAMES, 1.5)):
            gaps = result(solve, LAUGHING, **weights)
            plate = result(solve, LAUGHING)
            assert ((gaps[other, 1] - gaps[one, 1]) >= np.minimum(plate[other, 1] - plate[one, 1], 0) - 0.3).all()


def test_what_is_raised_stays_under_a_full_score(solve: FaceSolve) -> None:
    everything = dict.fromkeys(NAMES, 1.5)
    most = np.abs(result(solve, LAUGHING, **everything) - result(solve, LAUGHING)).max()
    assert most < 0.15 * solve.face_width_px


def test_the_performer_s_own_face_is_weighted_too(solve: FaceSolve, crops: Crops) -> None:
    own = MeshSwapper().prepare(solve, [], crops)
    half = FaceParameters(expression=ExpressionWeights(lower_face=0.5))
    sample = sample_of(own, LAUGHING, crops, half)
    assert np.abs(MeshSwapper().swap(own, [sample], [half])[0].colour - sample.crop).max() > 0.1
