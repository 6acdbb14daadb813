"""What a viewer would see at once: specks, hard contours, grey folds, hair painted over."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.engines.faces import FaceSample, FaceSolve, Patch, SourcePhoto
from pipeline.engines.swappers.mesh.grade import Calm, _calmed, grade_strength, match_to_plate
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.plate import PlatePack, _hair, build_plate, read_calm, shade_of
from pipeline.engines.swappers.mesh.relight import neighbourhood
from pipeline.engines.swappers.mesh.render import facing_share
from pipeline.engines.swappers.mesh.source import build_source, lay_out
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.mesh import BROW_LEFT, BROW_RIGHT, LIPS_INNER, LIPS_OUTER, load_canonical, vertex_normals
from pipeline.imaging.uv import chart
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.frame_stages import LightSettings, PaintingSettings
from pipeline.project.identity_stages import GradeSettings, RegionSettings
from pipeline.project.parameters import MeshSettings
from pipeline.project.plate_stages import CalmSettings
from tests.unit.engines.swappers.conftest import parameters_of

Swap = Callable[..., tuple[FaceSample, Patch]]
Crops = Callable[[int, Rect], ImageF32]


def test_values_under_black_make_no_specks(prepared: PreparedFace, swap: Swap) -> None:
    sample, patch = swap(307)
    inside = np.nonzero(patch.alpha > 0.98)
    row, column = int(inside[0][len(inside[0]) // 2]), int(inside[1][len(inside[1]) // 2])
    crop = sample.crop.copy()
    window = np.s_[row - 3 : row + 4, column - 3 : column + 4]
    crop[window] = (0.03, 0.0, 0.0)
    unopened = parameters_of({"fold_start": 3, "fold_end": 3})  # so dark a spot is a deep fold: the plate as it is
    black = MeshSwapper().swap(prepared, [FaceSample(307, sample.rect, crop)], [unopened])[0]
    crop[window] = (0.03, -0.02, -0.027)
    under = MeshSwapper().swap(prepared, [FaceSample(307, sample.rect, crop)], [unopened])[0]
    assert np.abs(under.colour[row, column] - black.colour[row, column]).max() < 0.02


def test_open_nostrils_and_the_mouth_s_corners_are_the_performer_s(prepared: PreparedFace, swap: Swap) -> None:
    sample, patch = swap(307)
    found = prepared.geometry(307, FaceParameters())
    assert found is not None
    places = np.rint(found[1].meshes.result[:, :2] - (sample.rect.x0, sample.rect.y0)).astype(int)
    for vertex in (238, 458, 61, 291):
        x, y = places[vertex]
        assert patch.alpha[y, x] < 0.4
    x, y = places[205]
    assert patch.alpha[y, x] > 0.9


def test_skin_on_edge_has_no_detail_and_fades_into_it() -> None:
    vertices = load_canonical().vertices
    share = facing_share(vertex_normals(vertices, load_canonical().triangles), PaintingSettings())
    assert share.min() >= 0
    assert share.max() == pytest.approx(1)
    turn = np.radians(75)
    rotation = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    turned = facing_share(vertex_normals(vertices @ rotation.T, load_canonical().triangles), PaintingSettings())
    assert turned.mean() < 0.6 * share.mean()
    edges = load_canonical().triangles[:, :2]
    assert np.abs(turned[edges[:, 0]] - turned[edges[:, 1]]).mean() < 0.12


def test_a_deep_fold_is_the_performer_s_own_skin(swap: Swap) -> None:
    _, shown = swap(42)
    _, painted = swap(42, fold_start=3, fold_end=3)
    _, calm = swap(42, wrinkles=0)
    given = painted.alpha - shown.alpha
    assert given.min() > -1e-5
    assert (given > 0.5).sum() > 20
    assert (given > 0.1).mean() < 0.05
    np.testing.assert_allclose(calm.alpha, painted.alpha, atol=2e-3)


def test_no_edge_of_lips_or_brows_is_taken_for_a_deep_fold() -> None:
    opened = chart(256).sample(chart_masks(256, RegionSettings()).opened)
    below_the_lip, beside_the_nose = [17, 18, 84, 314], [203, 423, 206, 426]
    assert opened[[*LIPS_OUTER, *LIPS_INNER, *BROW_RIGHT, *BROW_LEFT, *below_the_lip]].max() < 0.05
    assert opened[beside_the_nose].min() > 0.9


@pytest.mark.parametrize("wing", [48, 278, 64, 294])
def test_exchanged_tone_does_not_stop_at_a_wing_of_the_nose(wing: int) -> None:
    weights = neighbourhood(LightSettings().tone_reach)
    assert np.allclose(weights.sum(1), 1)
    alone = np.zeros(len(weights))
    alone[wing] = 1.0
    assert (weights @ alone).max() < 0.35


def calm_face(solve: FaceSolve, crops: Crops) -> PlatePack:
    return build_plate(read_calm(solve, crops), MeshSettings())


def test_the_colour_of_a_fold_is_the_plate_s(solve: FaceSolve, pictures: dict[int, ImageF32]) -> None:
    plain = calm_face(solve, lambda f, r: pictures[f][r.y0 : r.y1, r.x0 : r.x1]).shade
    assert plain.mean() == pytest.approx(1, abs=0.02)
    assert plain[0] < plain[2]

    def saturated(frame: int, rect: Rect) -> ImageF32:
        seen = pictures[frame][rect.y0 : rect.y1, rect.x0 : rect.x1]
        grey = seen.mean(2, keepdims=True)
        return np.asarray(np.clip(grey + 1.8 * (seen - grey), 0, None), np.float32)

    graded = calm_face(solve, saturated).shade
    assert graded[0] < plain[0] - 0.03
    assert graded[2] > plain[2] + 0.03


def test_under_a_strong_grade_the_identity_is_shaded_as_the_plate_is(
    solve: FaceSolve, portrait: SourcePhoto, pictures: dict[int, ImageF32]
) -> None:
    settings = MeshSettings()
    plain = calm_face(solve, lambda f, r: pictures[f][r.y0 : r.y1, r.x0 : r.x1])
    strong = replace(plain, shade=np.array([0.4, 0.8, 1.6], np.float32))
    assert grade_strength(plain.shade, settings) == 0
    assert grade_strength(strong.shade, settings) == 1
    source = build_source(lay_out(portrait, 512, 208.0), settings)
    skin = (source.skin > 0.5) & (chart_masks(512, RegionSettings()).rim > 0.5)
    never = MeshSettings(grade=GradeSettings(graded_start=2, graded_end=2))
    before = shade_of(match_to_plate(source, strong, never).detail, skin, settings.calm)
    after = shade_of(match_to_plate(source, strong, settings).detail, skin, settings.calm)
    assert np.abs(after - strong.shade).max() < 0.6 * np.abs(before - strong.shade).max()
    np.testing.assert_array_equal(
        match_to_plate(source, plain, never).detail, match_to_plate(source, plain, settings).detail
    )


def test_no_tone_of_the_identity_ends_as_a_band_across_the_forehead(
    solve: FaceSolve, portrait: SourcePhoto, pictures: dict[int, ImageF32]
) -> None:
    plain = calm_face(solve, lambda f, r: pictures[f][r.y0 : r.y1, r.x0 : r.x1])
    source = build_source(lay_out(portrait, 512, 208.0), MeshSettings())
    whole, none = (match_to_plate(source, plain, MeshSettings(forehead=share)).uneven for share in (0.0, 1.0))
    forehead = chart(512).sample(chart_masks(512, RegionSettings()).forehead)
    assert np.abs(whole[forehead > 0.99]).mean() > 0.02
    assert np.abs(none[forehead > 0.99]).max() < 0.01
    np.testing.assert_allclose(none[forehead == 0], whole[forehead == 0], atol=1e-3)


def test_the_plate_s_slow_colour_stays_apart_from_its_light(swap: Swap) -> None:
    _, usual = swap(307)
    _, coloured = swap(307, plate_colour=1)
    _, lit = swap(307, plate_light=1)
    inside = usual.alpha > 0.9

    def change(patch: Patch) -> tuple[float, float]:
        change = np.log(patch.colour[inside] + 0.03) - np.log(usual.colour[inside] + 0.03)
        grey = change.mean(1, keepdims=True)
        return float(np.abs(grey).mean()), float(np.abs(change - grey).mean())

    assert change(coloured)[1] > 3 * change(coloured)[0]
    assert change(lit)[0] > 3 * change(lit)[1]


def test_a_lifted_shadow_takes_the_colour_of_the_lit_side(portrait: SourcePhoto) -> None:
    source = build_source(lay_out(portrait, 512, 208.0), MeshSettings())
    masks = chart_masks(512, RegionSettings())
    shaded = source.middle.copy()
    spot = np.s_[230:250, 330:350]
    mirror = np.s_[230:250, 512 - 350 : 512 - 330]
    shaded[mirror] = 0.0
    shaded[spot] = (-0.15, -0.4, -0.6)
    nothing = np.zeros_like(shaded)
    dark = replace(source, middle=shaded, smile=0.0)
    lifted, _ = _calmed(dark, Calm(nothing, nothing), np.zeros((512, 512), np.float32), masks, MeshSettings())
    colour = lifted[spot].mean((0, 1))
    assert np.ptp(colour) < 0.5 * np.ptp([-0.15, -0.4, -0.6])


def test_hair_over_the_end_of_a_brow_is_hair() -> None:
    size = 512
    light = np.zeros((size, size, 3), np.float32)
    rng = np.random.default_rng(4)
    light += rng.normal(0, 0.05, light.shape).astype(np.float32)
    masks = chart_masks(size, RegionSettings())
    brow_tail = chart(size).points[300]
    x, y = (int(v) for v in brow_tail)
    strand = np.zeros((size, size), np.uint8)
    cv2.line(strand, (x - 2, y + 2), (x + 90, y + 30), 1, 14)
    light[strand > 0] -= 1.6
    assert masks.features[y, x] > 0.5
    assert _hair(light, masks, CalmSettings())[y, x] > 0.5
