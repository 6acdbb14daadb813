"""Skin that is the performer's in a frame is still the identity's in its wide shading, and its lines stay single."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, Patch
from pipeline.engines.swappers.mesh.broad import broad_difference
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.arrays import ImageF32
from pipeline.imaging.bands import gaussian, log_light
from pipeline.imaging.mesh import BETWEEN_BROWS, EYE_LEFT, EYE_RIGHT
from pipeline.imaging.uv import chart
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.identity_stages import GradeSettings, RegionSettings

SIZE = 512
GRADE = GradeSettings()
MASKS = chart_masks(SIZE, RegionSettings())
CALM = np.zeros((SIZE, SIZE, 3), np.float32)
Swap = Callable[..., tuple[FaceSample, Patch]]


def difference(painted: ImageF32) -> ImageF32:
    return broad_difference(painted, CALM, MASKS, GRADE)[..., :3]


def drawn(thickness: int, depth: float) -> ImageF32:
    """A dark line down the middle of the forehead."""
    painted = CALM.copy()
    x, y = np.rint(chart(SIZE).points[151]).astype(int)
    cv2.line(painted, (int(x), int(y) - 40), (int(x), int(y) + 40), (-depth,) * 3, thickness)
    return painted


def test_a_face_that_is_shaded_as_the_performer_s_changes_nothing() -> None:
    assert np.abs(difference(CALM)).max() == 0


def test_wide_shading_is_kept_and_a_line_is_not() -> None:
    wide, line = difference(drawn(41, 0.2)), difference(drawn(2, 0.2))
    assert wide.min() < -0.15
    assert line.min() > -0.05


def test_it_goes_no_further_than_it_may() -> None:
    assert difference(CALM - 3).min() >= -GRADE.broad_dark
    assert difference(CALM + 3).max() <= GRADE.broad_light


def test_the_dark_of_open_eyes_is_not_laid_on_lids() -> None:
    painted = CALM.copy()
    for eye in (EYE_RIGHT, EYE_LEFT):
        painted[chart(SIZE).polygon(eye) > 0.5] = -2
    assert np.abs(difference(painted)).max() < 0.05


def test_round_the_performer_s_nostrils_skin_is_not_lightened() -> None:
    calm = CALM.copy()
    calm[MASKS.nostrils > 0.5] = -2
    assert np.abs(broad_difference(CALM, calm, MASKS, GRADE)).max() < 0.05


def between_brows(prepared: PreparedFace, sample: FaceSample) -> tuple[slice, slice]:
    found = prepared.geometry(sample.frame, FaceParameters())
    assert found is not None
    corners = found[1].meshes.result[list(BETWEEN_BROWS), :2] - (sample.rect.x0, sample.rect.y0)
    (x0, y0), (x1, y1) = np.ceil(corners.min(0)).astype(int), np.floor(corners.max(0)).astype(int)
    return slice(int(y0), int(y1)), slice(int(x0), int(x1))


def lids(prepared: PreparedFace, sample: FaceSample) -> NDArray[np.intp]:
    """(n, 2: row, column) in the middle of both upper lids."""
    found = prepared.geometry(sample.frame, FaceParameters())
    assert found is not None
    places = found[1].meshes.result[[27, 257], :2] - (sample.rect.x0, sample.rect.y0)
    return np.rint(places[:, ::-1]).astype(np.intp)


def test_a_frown_s_lines_are_the_performer_s_and_the_shading_round_them_is_not(
    prepared: PreparedFace, swap: Swap
) -> None:
    sample, patch = swap(42)
    _, bare = swap(42, broad_share=0)
    box = between_brows(prepared, sample)
    changed = (log_light(patch.colour) - log_light(bare.colour)).mean(2)
    fine = changed - gaussian(changed, 1.0)
    assert np.abs(changed[box]).max() > 0.05
    assert np.abs(fine[box]).mean() < 0.1 * np.abs(changed[box]).mean()
    assert np.abs(patch.alpha - bare.alpha).max() < 2e-3


def test_shut_lids_take_the_identity_s_shade(prepared: PreparedFace, swap: Swap) -> None:
    sample, patch = swap(42)
    _, bare = swap(42, broad_share=0)
    for row, column in lids(prepared, sample):
        assert np.abs(patch.colour[row, column] - bare.colour[row, column]).max() > 0.004
