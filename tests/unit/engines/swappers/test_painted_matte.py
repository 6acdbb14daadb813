"""What a person paints over the matte is drawn: the plate bit by bit, or the face that was held back."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from msgspec.structs import replace as with_fields
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, OcclusionMatte, Patch
from pipeline.engines.matte_strokes import painted_matte
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.grid import Grid
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.arrays import Rect
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.matte_stroke import Brush, LaidStroke, Shows
from tests.unit.engines.swappers.conftest import Crops, parameters_of, sample_of

FRAME = 307
CHEEK, NOSE, EYE, FOREHEAD = 50, 4, 468, 151
Drawn = Callable[..., tuple[FaceSample, Patch]]


def stroke(
    shows: Shows, *landmarks: int, radius: float = 1.2, softness: float = 0.4, amount: float = 1.0
) -> LaidStroke:
    points = tuple((n, 0.0, 0.0, 0.0) for n in landmarks)
    return LaidStroke(Brush(shows=shows, points=points, radius=radius, softness=softness), amount)


@pytest.fixture
def drawn(prepared: PreparedFace, crops: Crops) -> Drawn:
    def swapped(*strokes: LaidStroke, face: PreparedFace = prepared, **values: float) -> tuple[FaceSample, Patch]:
        parameters = with_fields(parameters_of(values), matte_strokes=strokes)
        sample = sample_of(face, FRAME, crops, parameters)
        return sample, MeshSwapper().swap(face, [sample], [parameters])[0]

    return swapped


def plane_of(prepared: PreparedFace, sample: FaceSample, *strokes: LaidStroke) -> NDArray[np.float32]:
    solve, i = prepared.solve, prepared.solve.index_of(FRAME)
    assert i is not None
    plane = np.zeros(sample.crop.shape[:2], np.float32)
    found = painted_matte(solve.landmarks[i], solve.rotation[i], float(solve.scale[i]), strokes, sample.rect)
    assert found is not None
    x, y = found.rect.x0 - sample.rect.x0, found.rect.y0 - sample.rect.y0
    plane[y : y + found.rect.height, x : x + found.rect.width] = found.plane
    return plane


def covered(prepared: PreparedFace, rect: Rect) -> PreparedFace:
    """The same face with something found before it."""
    matte = OcclusionMatte(rect, np.full((rect.height, rect.width), 255, np.uint8))
    return replace(prepared, solve=replace(prepared.solve, occlusion={FRAME: matte}))


def test_a_stroke_beside_the_patch_changes_no_bit(prepared: PreparedFace, drawn: Drawn) -> None:
    _, before = drawn()
    beside = LaidStroke(Brush(shows="plate", points=((NOSE, -12.0, -12.0, 0.0),), radius=0.5), 1.0)
    _, after = drawn(beside)
    for name in ("colour", "alpha", "support"):
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


def test_the_plate_shows_bit_by_bit_and_the_rest_of_the_face_stays(prepared: PreparedFace, drawn: Drawn) -> None:
    plate = stroke("plate", CHEEK)
    (_, before), (sample, after) = drawn(), drawn(plate)
    plane = plane_of(prepared, sample, plate)
    shown = plane == -1
    assert shown.sum() > 100
    assert np.array_equal(after.colour[shown], sample.crop[shown])
    assert not after.support[shown].any()
    assert not after.alpha[shown].any()
    assert np.abs(before.colour - sample.crop)[shown].max() > 0.03
    assert np.array_equal(after.colour[~after.support], sample.crop[~after.support])
    far = plane_of(prepared, sample, stroke("plate", CHEEK, radius=4.0)) == 0
    assert np.abs(after.colour - before.colour)[far].max() < 0.01
    np.testing.assert_allclose(after.alpha[far], before.alpha[far], atol=0.02)


def test_a_strand_that_is_painted_to_show_leaves_no_trace_beside_it(
    prepared: PreparedFace, crops: Crops, drawn: Drawn
) -> None:
    i = prepared.solve.index_of(FRAME)
    assert i is not None
    strand = (105, 120, CHEEK, 207)
    points = np.rint(prepared.solve.landmarks[i, list(strand), :2] * 16).astype(np.int32)
    plate = stroke("plate", *strand, radius=0.35, softness=0.4)
    sample, clean = drawn(plate)
    crop = crops(FRAME, Rect(0, 0, 640, 360)).copy()
    cv2.polylines(crop, [points], False, (0.05, 0.04, 0.03), 5, cv2.LINE_AA, 4)
    haired = replace(sample, crop=crop[sample.rect.y0 : sample.rect.y1, sample.rect.x0 : sample.rect.x1])
    found = [
        MeshSwapper().swap(prepared, [haired], [with_fields(FaceParameters(), matte_strokes=strokes)])[0].colour
        for strokes in ((), (plate,))
    ]
    beside = plane_of(prepared, sample, stroke("plate", *strand, radius=0.4, softness=0.0)) == 0
    traces = [np.abs(each - clean.colour).max(2)[beside] for each in found]
    assert traces[0].max() > 0.3, "unpainted, it is drawn over and dragged along"
    assert traces[1].max() < 0.03


def test_it_shows_by_as_much_as_the_stroke_counts(prepared: PreparedFace, drawn: Drawn) -> None:
    half = stroke("plate", CHEEK, softness=1.0, amount=0.5)
    (_, before), (sample, after) = drawn(), drawn(half)
    plane = plane_of(prepared, sample, half)
    seen = (before.alpha > 0.5) & (plane < 0)
    np.testing.assert_allclose((after.alpha / np.maximum(before.alpha, 1e-6))[seen], 1 + plane[seen], atol=0.02)


def test_the_face_shows_over_what_was_found_to_lie_before_it(prepared: PreparedFace, drawn: Drawn) -> None:
    i = prepared.solve.index_of(FRAME)
    assert i is not None
    x, y = (int(v) for v in prepared.solve.landmarks[i, CHEEK, :2])
    face = covered(prepared, Rect(x - 40, y - 40, x + 40, y + 40))
    shows = stroke("face", CHEEK, radius=1.5, softness=0.0)
    (_, free), (sample, hidden), (_, after) = drawn(), drawn(face=face), drawn(shows, face=face)
    inside = plane_of(prepared, sample, stroke("face", CHEEK, radius=1.1, softness=0.0)) == 1
    beside = (plane_of(prepared, sample, stroke("face", CHEEK, radius=1.8)) == 0) & (hidden.alpha < 1e-6)
    inside &= free.alpha > 0.5
    assert inside.sum() > 100
    assert hidden.alpha[inside].max() < 1e-6
    np.testing.assert_allclose(after.alpha[inside], free.alpha[inside], atol=0.1)
    assert np.abs(after.colour - free.colour)[inside].mean() < 0.02
    assert after.alpha[beside].max() < 1e-3, "what lies beside the stroke is held back as before"


def test_turned_and_tinted_eyes_are_the_plates_where_it_shows(prepared: PreparedFace, drawn: Drawn) -> None:
    values = {"gaze": 0.3, "iris": 1.0}
    eye = stroke("plate", 159, 145, 33, 133, radius=1.5, softness=0.0)
    (_, before), (sample, after) = drawn(**values), drawn(eye, **values)
    shown = plane_of(prepared, sample, eye) == -1
    assert np.abs(before.colour - sample.crop)[shown].max() > 0.05
    assert np.array_equal(after.colour[shown], sample.crop[shown])
    assert not after.support[shown].any()


def test_the_plates_own_samples_are_carried_nowhere_where_it_shows(prepared: PreparedFace, crops: Crops) -> None:
    plate = stroke("plate", NOSE, CHEEK, radius=2.0)
    engine, parameters = MeshSwapper(), parameters_of({"expression": 0.2})
    sample = sample_of(prepared, FRAME, crops, parameters)
    before = engine.carried(prepared, sample, parameters)
    after = engine.carried(prepared, sample, with_fields(parameters, matte_strokes=(plate,)))
    assert before is not None
    assert after is not None
    shown = plane_of(prepared, sample, plate) == -1
    assert not np.array_equal(before.colour[shown], sample.crop[shown])
    assert np.array_equal(after.colour[shown], sample.crop[shown])
    assert np.array_equal(before.landmarks, after.landmarks)


def test_the_performers_own_face_obeys_too(solve_only: PreparedFace, crops: Crops) -> None:
    plate = stroke("plate", NOSE, radius=3.0)
    parameters = with_fields(parameters_of({"expression": 0.0}), matte_strokes=(plate,))
    sample = sample_of(solve_only, FRAME, crops, parameters)
    before = MeshSwapper().swap(solve_only, [sample], [with_fields(parameters, matte_strokes=())])[0]
    after = MeshSwapper().swap(solve_only, [sample], [parameters])[0]
    shown = plane_of(solve_only, sample, plate) == -1
    assert (before.colour != sample.crop)[shown].any()
    assert np.array_equal(after.colour[shown], sample.crop[shown])


@pytest.fixture(scope="module")
def solve_only(prepared: PreparedFace, crops: Crops) -> PreparedFace:
    return MeshSwapper().with_identity(prepared.solve, prepared.calm, [])


def test_painted_plate_is_of_no_say_in_the_faces_light(prepared: PreparedFace) -> None:
    solve, i = prepared.solve, prepared.solve.index_of(FRAME)
    assert i is not None
    rect = Rect(0, 0, 640, 360)
    strokes = (stroke("plate", CHEEK, softness=0.0), stroke("face", FOREHEAD, softness=0.0))
    painted = painted_matte(solve.landmarks[i], solve.rotation[i], float(solve.scale[i]), strokes, rect)
    everything = OcclusionMatte(rect, np.full((360, 640), 255, np.uint8))
    grid, bands, width = Grid(rect, 2), FaceParameters().settings.bands, solve.face_width_px
    cheek, forehead = ((solve.landmarks[i, n, 1::-1] / 2).astype(int) for n in (CHEEK, FOREHEAD))
    free, held = Covering(None, painted), Covering(everything, painted)
    assert free.anything
    assert free.on(grid, width, bands)[tuple(cheek)] == 1
    assert not free.held_on(grid, width, bands).any(), "the paint there is taken off once, by the patch"
    assert held.on(grid, width, bands)[tuple(forehead)] == 0
    assert held.held_on(grid, width, bands)[tuple(forehead)] == 0
    assert held.held_on(grid, width, bands)[tuple(cheek)] == 1
