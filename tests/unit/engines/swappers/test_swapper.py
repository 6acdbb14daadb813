"""The mesh engine on a real clip: what it may change, what it must keep."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import FaceSample, FaceSolve, OcclusionMatte, Patch, SourcePhoto
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace, chart_size
from pipeline.errors import RangeError
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.mesh import LIPS_INNER, OVAL
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters

Swap = Callable[..., tuple[FaceSample, Patch]]
Crops = Callable[[int, Rect], ImageF32]

FRAMES = (0, 28, 249, 307, 430)


@pytest.mark.parametrize("frame", FRAMES)
def test_outside_the_support_the_plate_is_untouched(swap: Swap, frame: int) -> None:
    sample, patch = swap(frame)
    assert 0.2 < patch.support.mean() < 1
    assert np.array_equal(patch.colour[~patch.support], sample.crop[~patch.support])
    assert not patch.alpha[~patch.support].any()
    assert np.isfinite(patch.colour).all()


@pytest.mark.parametrize("frame", FRAMES)
def test_the_support_stays_by_the_face(swap: Swap, solve: FaceSolve, frame: int) -> None:
    _, patch = swap(frame)
    i = solve.index_of(frame)
    assert i is not None
    oval = solve.landmarks[i, list(OVAL), :2]
    ring = oval.mean(0) + 1.5 * (oval - oval.mean(0))
    hull = cv2.contourArea(cv2.convexHull(ring.astype(np.float32)))
    assert patch.support.sum() <= 1.2 * hull


def test_the_face_becomes_another(swap: Swap) -> None:
    sample, patch = swap(307)
    changed = np.abs(patch.colour - sample.crop).mean(2)
    assert changed[patch.alpha > 0.9].mean() > 0.03
    assert (patch.alpha > 0.9).mean() > 0.12


def test_the_thread_budget_does_not_change_a_pixel(prepared: PreparedFace, swap: Swap) -> None:
    sample, one = swap(307)
    two = MeshSwapper(threads=2).swap(prepared, [sample], [FaceParameters()])[0]
    assert np.array_equal(one.colour, two.colour)
    assert np.array_equal(one.alpha, two.alpha)


def test_without_shape_and_likeness_nothing_changes(swap: Swap) -> None:
    sample, patch = swap(307, shape=0, likeness=0, iris=0)
    assert np.array_equal(patch.colour, sample.crop)


def test_a_turned_face_fades_back_to_the_performer(swap: Swap) -> None:
    sample, patch = swap(0, turn_start=0, turn_end=1)
    assert np.abs(patch.colour - sample.crop).max() < 1e-3


def test_eyes_and_mouth_interior_stay_the_plate(swap: Swap, solve: FaceSolve) -> None:
    sample, patch = swap(307, iris=0, shape=0)
    i = solve.index_of(307)
    assert i is not None
    mouth = np.zeros(patch.alpha.shape, np.uint8)
    points = solve.landmarks[i, list(LIPS_INNER), :2] - (sample.rect.x0, sample.rect.y0)
    cv2.fillPoly(mouth, [np.rint(points).astype(np.int32)], 1)
    inner = cv2.erode(mouth, np.ones((7, 7), np.uint8)) > 0
    assert inner.sum() > 50
    assert patch.alpha[inner].max() < 0.05


def test_what_lies_before_the_face_stays_where_it_is(prepared: PreparedFace, swap: Swap) -> None:
    sample, _ = swap(307)
    rect = Rect(sample.rect.x0 + 120, sample.rect.y0 + 120, sample.rect.x0 + 220, sample.rect.y0 + 220)
    matte = OcclusionMatte(rect, np.full((100, 100), 255, np.uint8))
    covered = PreparedFace(replace(prepared.solve, occlusion={307: matte}), prepared.calm, prepared.photos)
    patch = MeshSwapper().swap(covered, [sample], [FaceParameters()])[0]
    window = np.s_[124:216, 124:216]
    assert np.abs(patch.colour[window] - sample.crop[window]).max() < 2e-3
    assert (patch.alpha > 0.9).any()


def test_values_over_one_survive(prepared: PreparedFace, swap: Swap) -> None:
    sample, _ = swap(307)
    bright = FaceSample(307, sample.rect, sample.crop * 2.5)
    patch = MeshSwapper().swap(prepared, [bright], [FaceParameters()])[0]
    assert np.isfinite(patch.colour).all()
    assert patch.colour[patch.alpha > 0.9].max() > 1.1


def test_the_light_of_the_plate_decides_the_tone(
    solve: FaceSolve, portrait: SourcePhoto, pictures: dict[int, ImageF32], swap: Swap
) -> None:
    warm = np.array([0.75, 0.55, 0.35], np.float32)
    graded = {frame: picture * warm for frame, picture in pictures.items()}
    sample, patch = swap(307)
    face = MeshSwapper().prepare(solve, [portrait], lambda f, r: graded[f][r.y0 : r.y1, r.x0 : r.x1])
    other = MeshSwapper().swap(face, [FaceSample(307, sample.rect, sample.crop * warm)], [FaceParameters()])[0]
    inside = patch.alpha > 0.9
    kept = np.median(other.colour[inside] / np.maximum(patch.colour[inside], 0.02), axis=0)
    assert np.allclose(kept, warm, rtol=0.06)


@pytest.mark.parametrize("frame", [0, 14, 28, 42, 56])
def test_a_tear_keeps_its_contrast(prepared: PreparedFace, solve: FaceSolve, swap: Swap, frame: int) -> None:
    sample, without = swap(frame)
    i = solve.index_of(frame)
    assert i is not None
    top, bottom = solve.landmarks[i, 347, :2], solve.landmarks[i, 425, :2]
    track = np.zeros(sample.crop.shape[:2], np.float32)
    ends = [tuple(int(v) for v in np.rint((p - (sample.rect.x0, sample.rect.y0)) * 16)) for p in (top, bottom)]
    cv2.line(track, ends[0], ends[1], 1.0, 2, cv2.LINE_AA, 4)
    tear = cv2.GaussianBlur(track, (0, 0), 0.8)[..., None] * 0.35
    crying = FaceSample(frame, sample.rect, np.asarray(sample.crop + tear * (1 - sample.crop), np.float32))
    result = MeshSwapper().swap(prepared, [crying], [FaceParameters()])[0]
    drawn = np.log(crying.crop + 0.03) - np.log(sample.crop + 0.03)
    kept = np.log(np.maximum(result.colour, 0) + 0.03) - np.log(np.maximum(without.colour, 0) + 0.03)
    assert kept.sum() >= 0.8 * drawn.sum()
    assert kept.mean(2).max() >= 0.8 * drawn.mean(2).max()


def test_without_photos_only_the_expression_changes(solve: FaceSolve, crops: Crops) -> None:
    engine = MeshSwapper()
    own = engine.prepare(solve, [], crops)
    rect = engine.region(own, 307, FaceParameters())
    assert rect is not None
    rect = rect.clipped(640, 360)
    sample = FaceSample(307, rect, crops(307, rect))
    halved = FaceParameters(expression=ExpressionWeights(expression=0.5))
    as_played, calmer = (engine.swap(own, [sample], [each])[0] for each in (FaceParameters(), halved))
    assert np.array_equal(as_played.colour, sample.crop)
    assert np.abs(calmer.colour - sample.crop).max() > 0.1
    assert not calmer.alpha.any()


def test_where_the_face_is_absent_there_is_no_region(prepared: PreparedFace, swap: Swap) -> None:
    sample, _ = swap(0)
    assert MeshSwapper().region(prepared, 100, FaceParameters()) is None
    with pytest.raises(RangeError):
        MeshSwapper().swap(prepared, [FaceSample(100, sample.rect, sample.crop)], [FaceParameters()])


@pytest.mark.parametrize(
    ("plate_width", "photo_width", "size"),
    [(208, 335, 512), (625, 335, 512), (625, 900, 1024), (900, 1300, 1024), (1250, 1300, 2048), (4000, 4000, 2048)],
)
def test_the_chart_is_as_fine_as_both_photo_and_plate_can_show(
    solve: FaceSolve, portrait: SourcePhoto, plate_width: float, photo_width: float, size: int
) -> None:
    def scaled(landmarks: np.ndarray, width: float) -> np.ndarray:
        return landmarks * (width / face_width(landmarks))

    plate = replace(solve, landmarks=solve.landmarks * (plate_width / solve.face_width_px))
    photo = replace(portrait, mesh=replace(portrait.mesh, landmarks=scaled(portrait.mesh.landmarks, photo_width)))
    assert chart_size(plate, [photo]) == size


def test_a_face_cut_by_the_picture_s_edge_is_rendered(prepared: PreparedFace, swap: Swap) -> None:
    sample, _ = swap(307)
    half = Rect(sample.rect.x0, sample.rect.y0, (sample.rect.x0 + sample.rect.x1) // 2, sample.rect.y1)
    crop = np.ascontiguousarray(sample.crop[:, : half.width])
    patch = MeshSwapper().swap(prepared, [FaceSample(307, half, crop)], [FaceParameters()])[0]
    assert patch.colour.shape == crop.shape
    assert np.isfinite(patch.colour).all()
    assert np.array_equal(patch.colour[~patch.support], crop[~patch.support])
