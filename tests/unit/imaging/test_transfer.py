"""Transfer curves hold their makers' published figures, and invert."""

import numpy as np
import pytest

from pipeline.imaging.planes import Transfer
from pipeline.imaging.transfer import CURVES

MIDDLE_GREY: dict[Transfer, float] = {
    "slog3": 420.0 / 1023.0,
    "logc3": 0.391,
    "vlog": 433.0 / 1023.0,
    "clog3": 0.343,
}
"""The signal each maker publishes for an 18 % card."""


@pytest.mark.parametrize("name", list(MIDDLE_GREY))
def test_a_grey_card_lies_where_the_maker_says(name: Transfer) -> None:
    signal = float(CURVES[name].from_linear(np.array(0.18)))
    assert signal == pytest.approx(MIDDLE_GREY[name], abs=6e-4)


@pytest.mark.parametrize(
    ("name", "signal", "light"),
    [
        ("pq", 0.5807, 1.0),  # 203 cd/m², ITU-R BT.2408 table 1
        ("pq", 1.0, 10000.0 / 203.0),
        ("hlg", 0.75, 1.0),
        ("slog3", 95.0 / 1023.0, 0.0),
        ("slog3", 598.0 / 1023.0, 0.9),
        ("logc3", 0.0928, 0.0),
        ("vlog", 128.0 / 1023.0, 0.0),
        ("vlog", 602.0 / 1023.0, 0.9),
        ("clog3", 0.1251, 0.0),
        ("cineon", 685.0 / 1023.0, 1.0),
        ("cineon", 95.0 / 1023.0, 0.0),
        ("srgb", 0.5, 0.2140),
        ("log10", 0.5, 0.1),
        ("linear", 3.5, 3.5),
    ],
)
def test_known_pairs_of_signal_and_light(name: Transfer, signal: float, light: float) -> None:
    assert float(CURVES[name].to_linear(np.array(signal))) == pytest.approx(light, rel=6e-3, abs=1.5e-3)


@pytest.mark.parametrize("name", list(CURVES))
def test_curves_rise_and_invert_beyond_both_ends(name: Transfer) -> None:
    signal = np.linspace(-0.2, 1.2, 2801)
    light = CURVES[name].to_linear(signal)
    assert np.all(np.diff(light) >= 0)
    told = np.abs(light) > 1e-7 if name in ("pq", "log10") else np.ones(signal.shape, np.bool_)
    if name in ("log10", "cineon"):
        told &= signal > 0  # film density and H.273's log have no negative light
    assert np.allclose(CURVES[name].from_linear(light)[told], signal[told], atol=1e-9)
