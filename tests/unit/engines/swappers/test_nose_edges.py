"""The nose has one outline: the photo's where the plate sees it from the same side, else the performer's."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, Patch, SourcePhoto
from pipeline.engines.swappers.mesh.grade import FOLDS, KNOWN, identity_mattes, match_to_plate
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.nose_edges import PhotoNose, edges_kept, nose_dark, nothing_laid_under, photo_nose
from pipeline.engines.swappers.mesh.source import SourcePack, build_source, lay_out
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.bands import gaussian
from pipeline.imaging.uv import chart
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.frame_stages import PaintingSettings
from pipeline.project.identity_stages import GradeSettings, PhotoSettings, RegionSettings
from pipeline.project.parameters import MeshSettings
from tests.unit.engines.swappers.conftest import parameters_of

WINGS, TIP, CHEEKS, BELOW_TIP = [129, 358, 64, 294], [4, 5], [205, 425], [2, 94]
MASKS = chart_masks(512, RegionSettings())
Swap = Callable[..., tuple[FaceSample, Patch]]


def seen_from(degrees: float) -> NDArray[np.float64]:
    return np.array([np.sin(np.radians(degrees)), 0.0, np.cos(np.radians(degrees))])


def kept(degrees: float) -> NDArray[np.float32]:
    return edges_kept(PhotoNose(seen_from(0), 0.0), seen_from(degrees), PaintingSettings())


def test_a_nose_seen_as_in_the_photo_is_the_photo_s() -> None:
    assert kept(3).max() == 0


def test_a_nose_seen_from_another_side_keeps_the_performer_s_edges_not_its_tip() -> None:
    turned = kept(-20)
    assert turned[WINGS].min() > 0.9
    assert turned[[*TIP, *CHEEKS]].max() < 0.05
    steps = [float(kept(angle)[WINGS].mean()) for angle in (5, 6, 7, 8)]
    assert steps == sorted(steps)


def test_a_turn_shifts_the_outline_more_than_a_nod() -> None:
    nod = np.array([0.0, np.sin(np.radians(8)), np.cos(np.radians(8))])
    nodded = edges_kept(PhotoNose(seen_from(0), 0.0), nod, PaintingSettings())
    assert nodded.max() == 0
    assert kept(8)[WINGS].min() > 0.7


def test_the_edge_of_a_wing_is_not_laid_under_the_performer_s_nose() -> None:
    bare = nothing_laid_under(PaintingSettings(nose_wing_own=1))
    assert bare[WINGS].min() > 0.5
    assert bare[[*TIP, *CHEEKS, *BELOW_TIP]].max() < 0.1


def test_what_is_dark_at_the_nose_s_base_is_found_there_alone() -> None:
    dark = chart(512).sample(nose_dark(np.full((512, 512), -1, np.float32), MASKS, GradeSettings()))
    assert dark[[*BELOW_TIP, 164]].min() > 0.9
    assert dark[[*CHEEKS, 6, 151]].max() == 0
    assert nose_dark(np.full((512, 512), 0.2, np.float32), MASKS, GradeSettings()).max() == 0


def test_a_hard_shadow_under_the_nose_is_left_out_as_far_as_it_is_dark(prepared: PreparedFace) -> None:
    settings = MeshSettings()
    source, plate = prepared.source(settings), prepared.plate(settings)
    assert source is not None
    shadow = np.zeros_like(source.middle)
    shadow[chart_masks(len(shadow), settings.regions).philtrum > 0.5] = -1

    def known(shaded: float) -> NDArray[np.float32]:
        nose = PhotoNose(source.nose.view, shaded)
        mattes = identity_mattes(replace(source, middle=source.middle + shadow, nose=nose), plate, settings)
        return chart(len(mattes)).sample(mattes[..., KNOWN])

    plain, shaded = known(0.0), known(1.0)
    assert plain[164] > 0.9
    assert shaded[164] < 0.1
    assert np.abs(shaded - plain)[[*TIP, *CHEEKS]].max() < 0.1


def spot_painted(prepared: PreparedFace, source: SourcePack, share: float) -> float:
    """How deep a dark spot between nose and lip in a photo is painted."""
    spot = np.zeros_like(source.middle)
    x, y = chart(len(spot)).points[164].astype(int)
    cv2.circle(spot, (int(x), int(y)), 6, (-0.2, -0.25, -0.3), -1)
    settings = parameters_of({"philtrum_shade": share}).settings
    plain, spotted = (
        match_to_plate(each, prepared.plate(settings), settings).detail[y, x]
        for each in (source, replace(source, middle=source.middle + gaussian(spot, 3)))
    )
    return float(np.abs(spotted - plain).max())


def test_shade_between_nose_and_lip_is_not_painted(prepared: PreparedFace) -> None:
    source = prepared.source(MeshSettings())
    assert source is not None
    painted = spot_painted(prepared, source, 0.0)
    assert painted > 0.1
    assert spot_painted(prepared, source, MeshSettings().grade.philtrum_shade) < 0.4 * painted


def test_shade_between_nose_and_lip_stays_where_stubble_grows(prepared: PreparedFace) -> None:
    source = prepared.source(MeshSettings())
    assert source is not None
    hairs = np.random.default_rng(5).normal(size=(source.size, source.size, 1)).astype(np.float32)
    beard = chart_masks(source.size, RegionSettings()).beard[..., None]
    bearded = replace(source, fine=source.fine + np.float32(0.3) * hairs * beard)
    painted = spot_painted(prepared, bearded, 0.0)
    assert spot_painted(prepared, bearded, MeshSettings().grade.philtrum_shade) > 0.7 * painted


def test_the_nose_s_ridge_and_tip_do_not_fold_its_root_and_cheeks_do(prepared: PreparedFace) -> None:
    settings = MeshSettings()
    source = prepared.source(settings)
    assert source is not None
    mattes = identity_mattes(source, prepared.plate(settings), settings)
    folds = chart(len(mattes)).sample(mattes[..., FOLDS])
    assert folds[[4, 5, 195]].max() < 0.05
    assert folds[[*CHEEKS, 168]].min() > 0.9


def test_black_between_the_nostrils_is_a_hard_shadow(portrait: SourcePhoto) -> None:
    source = build_source(lay_out(portrait, 512, 208.0), MeshSettings())
    assert source.nose.shaded == 0
    assert np.linalg.norm(source.nose.view) == pytest.approx(1)
    black = np.zeros((512, 512, 3), np.float32)
    for x, y in np.rint(chart(512).points[[2, 94, 97, 326]]).astype(int):
        black[y - 3 : y + 4, x - 3 : x + 4] = -1.2
    assert photo_nose(source.nose.view, black, PhotoSettings()).shaded == 1


def test_the_plate_s_own_edge_of_the_nose_shows_where_its_view_differs(prepared: PreparedFace, swap: Swap) -> None:
    sample, patch = swap(307)
    _, painted = swap(307, nose_edge_own=0)
    found = prepared.geometry(307, FaceParameters())
    assert found is not None
    for vertex in WINGS:
        x, y = np.rint(found[1].meshes.result[vertex, :2] - (sample.rect.x0, sample.rect.y0)).astype(int)
        assert patch.alpha[y, x] < 0.3
    assert (painted.alpha - patch.alpha).min() > -1e-5
    assert (painted.alpha - patch.alpha).max() > 0.5


def test_how_dark_it_is_below_a_nose_says_whether_that_is_a_shadow() -> None:
    photo = PhotoSettings()
    between = (photo.nose_shadow_start + photo.nose_shadow_end) / 2
    shaded = [
        photo_nose(seen_from(0), np.full((64, 64, 3), -dark, np.float32), photo).shaded
        for dark in (photo.nose_shadow_start, between, photo.nose_shadow_end)
    ]
    assert shaded == pytest.approx([0, 0.5, 1], abs=0.01)
