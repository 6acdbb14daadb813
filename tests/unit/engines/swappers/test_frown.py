"""A frown keeps its depth: where the plate frowns, the skin between the brows is the performer's."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSample, FaceSolve, Patch
from pipeline.engines.swappers.mesh.frown import frown_depth, frown_kept
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.mesh import BETWEEN_BROWS
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.frame_stages import PaintingSettings

Swap = Callable[..., tuple[FaceSample, Patch]]
GLABELLA, NOSE_TIP = [9, 8], [4]


def between_brows(depth: float, occluded: float = 0.0) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """A plate of bands that is darker than calm by `depth` everywhere, and where the vertices lie in it."""
    bands = np.zeros((40, 40, 4), np.float32)
    bands[..., 0], bands[..., 3] = -depth, occluded
    places = np.zeros((468, 2))
    places[list(BETWEEN_BROWS)] = ((10, 10), (30, 10), (12, 30), (28, 30))
    return bands, places


def test_the_deeper_the_frown_the_more_of_it_is_the_performer_s() -> None:
    shares = [frown_kept(*between_brows(depth), PaintingSettings()) for depth in (0.0, 0.03, 0.1)]
    assert shares[0].max() == 0
    assert 0 < shares[1][9] < shares[2][9]
    assert shares[2][GLABELLA].min() > 0.85
    assert shares[2][NOSE_TIP].max() < 1e-3


def test_light_between_the_brows_and_a_hand_before_them_are_no_frown() -> None:
    assert frown_depth(*between_brows(-0.1)) == 0
    assert frown_depth(*between_brows(0.1)) == pytest.approx(0.1)
    assert frown_depth(*between_brows(0.1, occluded=1.0)) == 0


def test_the_plate_s_frown_is_drawn_as_deep_as_it_is(prepared: PreparedFace, solve: FaceSolve, swap: Swap) -> None:
    sample, patch = swap(42)
    _, painted = swap(42, frown_own=0)
    found = prepared.geometry(42, FaceParameters())
    assert found is not None
    meshes = found[1].meshes
    low = meshes.result[list(BETWEEN_BROWS), :2].min(0) - (sample.rect.x0, sample.rect.y0)
    high = meshes.result[list(BETWEEN_BROWS), :2].max(0) - (sample.rect.x0, sample.rect.y0)
    (x0, y0), (x1, y1) = np.ceil(low).astype(int), np.floor(high).astype(int)
    box = np.s_[y0:y1, x0:x1]
    own = np.log(sample.crop[box].mean(2) + 0.03)
    depth = np.percentile(own, 90) - np.percentile(own, 5)

    def drawn(result: Patch) -> float:
        log = np.log(result.colour[box].mean(2) + 0.03)
        return float(np.percentile(log, 90) - np.percentile(log, 5))

    assert abs(drawn(patch) - depth) < abs(drawn(painted) - depth)
    assert painted.alpha[box].mean() - patch.alpha[box].mean() > 0.3
