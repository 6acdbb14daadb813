"""The view of every input colour space is display-referred, and goes back to what it came from."""

import numpy as np
import pytest

from pipeline.imaging.colour_space import COLOUR_SPACES
from pipeline.imaging.planes import ColourTags
from pipeline.imaging.transfer import CURVES
from pipeline.imaging.view_curve import ViewCurve


def curve_of(space: str) -> ViewCurve:
    named = COLOUR_SPACES[space]
    return ViewCurve(ColourTags("full", "rgb", named.transfer, named.primaries))


@pytest.mark.parametrize("space", list(COLOUR_SPACES))
def test_the_way_back_leads_where_the_way_came_from(space: str) -> None:
    rng = np.random.default_rng(0)
    linear = COLOUR_SPACES[space].transfer == "linear"
    grey = rng.uniform(-2.0, 9.0, (4000, 1)) if linear else rng.uniform(0.15, 1.05, (4000, 1))
    pixels = (grey + rng.normal(0, 0.02, (4000, 3))).astype(np.float32)
    curve = curve_of(space)
    back = curve.from_view(curve.to_view(pixels.copy()))
    assert np.abs(back - pixels).max() < (1e-3 if linear else 2e-4)


@pytest.mark.parametrize("space", list(COLOUR_SPACES))
def test_grey_stays_grey_and_white_is_one(space: str) -> None:
    transfer = CURVES[COLOUR_SPACES[space].transfer]
    for light, shown in ((1.0, 1.0), (0.18, 0.4614)):
        signal = float(transfer.from_linear(np.array(light)))
        view = curve_of(space).to_view(np.full((1, 3), signal, np.float32))
        assert np.allclose(view, shown, atol=2e-3)


def test_standard_video_is_shown_as_it_is() -> None:
    for space in ("rec709", "rec601-525", "rec601-625", "srgb"):
        assert curve_of(space).identity
    assert not curve_of("p3-d65").identity


def test_a_wide_gamut_red_is_beyond_the_view_and_survives() -> None:
    curve = curve_of("rec2020")
    red = np.array([[0.8, 0.05, 0.05]], np.float32)
    view = curve.to_view(red.copy())
    assert view[0, 0] > 0.9
    assert view[0, 1:].max() < 0.0
    assert np.allclose(curve.from_view(view), red, atol=1e-5)


def test_equal_pixels_and_those_outside_the_support_do_not_change() -> None:
    curve = curve_of("rec2100-pq")
    before = np.random.default_rng(1).uniform(0, 2, (6, 7, 3)).astype(np.float32)
    after, support = before.copy(), np.ones((6, 7), np.bool_)
    after[1:5, 1:6] += np.float32(0.1)
    support[2] = False
    change = curve.coded_change(before, after, support)
    assert np.array_equal(np.any(change != 0, axis=2), support & np.any(after != before, axis=2))


def test_deep_black_in_pq_does_not_blow_noise_up() -> None:
    curve = curve_of("rec2100-pq")
    view = np.zeros((2, 3), np.float32)
    view[1] = 1e-4
    back = curve.from_view(view)
    assert np.abs(back[1] - back[0]).max() < 0.006
