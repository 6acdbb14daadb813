"""Agreement of motions: how well they go together, how strong one is beside the other, and where nothing is said."""

import numpy as np
import pytest

from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.mesh import LIPS_OUTER, load_canonical
from pipeline.imaging.procrustes import Pose, repose
from pipeline.imaging.uv import chart
from pipeline.quality.expression_flow import CHART, per_cent
from pipeline.quality.skin_motion import (
    AHEAD,
    MOTION_REGIONS,
    MotionMeter,
    MotionSeries,
    motion_agreement,
    motion_regions,
    motion_series,
    skin_motion,
)

FRONT = Pose(np.asarray(16.0), np.eye(3), np.array([160.0, -160.0, 0.0]))


def drift(right: float, down: float) -> np.ndarray:
    """All of the chart moving, % of the face's width."""
    return np.full((CHART, CHART, 2), (right, down), np.float32) / np.float32(per_cent())


def film(*pairs: tuple[np.ndarray, np.ndarray]) -> MotionSeries:
    return motion_series([None, *(skin_motion(*each) for each in pairs)])["mouth"]


def test_skin_is_compared_around_the_lips_and_at_the_brows() -> None:
    regions = motion_regions()
    assert tuple(regions) == MOTION_REGIONS
    lips = chart(CHART).polygon(LIPS_OUTER) > 0
    assert not (regions["mouth"] & lips).any()
    assert not (regions["mouth"] & regions["brows"]).any()
    assert all(region.sum() > 1000 for region in regions.values())


def test_half_a_motion_agrees_at_half_the_strength_and_a_motion_aside_does_not_agree() -> None:
    moves = [drift(1, 2), drift(-2, 0), drift(0, -1), drift(3, 1)]
    half = motion_agreement(film(*((each, each / 2) for each in moves)))
    assert half.correlation == pytest.approx(1)
    assert half.gain == pytest.approx(0.5)
    aside = motion_agreement(film(*((each, each[..., ::-1] * (1, -1)) for each in moves)))
    assert aside.correlation == pytest.approx(0, abs=1e-6)
    assert aside.gain == pytest.approx(0, abs=1e-6)
    still = motion_agreement(film(*((each, each * 0) for each in moves)))
    assert (still.correlation, still.gain) == (0, 0)
    assert film((drift(3, 4), drift(0, 0))).error[1] == pytest.approx(5)


def test_a_face_that_hardly_moves_or_is_hardly_seen_says_nothing() -> None:
    calm = [(drift(0.1, 0), drift(0.1, 0))] * 8
    few = [(drift(2, 0), drift(2, 0))] * 3
    for pairs in (calm, few):
        assert np.isnan(motion_agreement(film(*pairs)).correlation)


def picture(seed: int) -> ImageU8:
    noise = np.random.default_rng(seed).integers(0, 256, (40, 40), np.uint8)
    return np.ascontiguousarray(np.repeat(np.repeat(noise, 8, 0), 8, 1)[..., None].repeat(3, 2))


def test_motion_ends_some_frames_after_it_began_and_never_goes_over_a_cut_or_a_covered_frame() -> None:
    landmarks = repose(load_canonical().vertices, FRONT)

    def ends(cut: int = 99, covered: int = 99) -> list[int]:
        meter = MotionMeter(every=2)
        found = []
        for at in range(2 * AHEAD):
            shown = picture(0 if at < cut else 1)
            taken = meter.add(at, shown, shown, None if at == covered else landmarks)
            found += [] if taken is None else [at]
        return found

    assert ends() == [6, 8, 10]
    assert ends(cut=3) == [10]
    assert ends(covered=8) == [6, 10]
    assert ends(covered=4) == [6, 8]
