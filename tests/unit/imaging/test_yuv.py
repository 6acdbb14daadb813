"""The numbers of Y'CbCr are the standards'."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.imaging.planes import ColourTags, PixelFormat
from pipeline.imaging.yuv import axis_siting, luma_weights, yuv_numbers

EIGHT = PixelFormat("yuv420p", "yuv", 8, False, 1, 1)
TEN = replace(EIGHT, name="yuv420p10le", depth=10)
TAGS = ColourTags("limited", "bt709", "bt709", "bt709")


def test_bt709_limited_has_the_well_known_coefficients() -> None:
    numbers = yuv_numbers(EIGHT, TAGS)
    assert np.allclose(numbers.matrix * 255, [1.7927, -0.2132, -0.5329, 2.1124], atol=1e-3)
    assert numbers.levels[0] * 255 == pytest.approx(1.1644, abs=1e-4)


@pytest.mark.parametrize(("form", "white", "black", "top"), [(EIGHT, 235, 16, 255), (TEN, 940, 64, 1023)])
def test_limited_range_ends_where_the_standard_says(form: PixelFormat, white: int, black: int, top: int) -> None:
    numbers = yuv_numbers(form, TAGS)
    assert white * numbers.levels[0] + numbers.levels[1] == pytest.approx(1.0, abs=1e-6)
    assert black * numbers.levels[0] + numbers.levels[1] == pytest.approx(0.0, abs=1e-6)
    assert numbers.top == top


def test_both_directions_are_inverse() -> None:
    for matrix in ("bt601", "bt709", "bt2020"):
        numbers = yuv_numbers(TEN, replace(TAGS, matrix=matrix))
        back = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0]]) * numbers.levels[0]
        back[0, 2] = numbers.matrix[0]
        back[1, 1:] = numbers.matrix[1:3]
        back[2, 1] = numbers.matrix[3]
        assert np.allclose(back @ numbers.weights, np.eye(3), atol=1e-5)
        assert sum(luma_weights(matrix)) == pytest.approx(1.0)


@pytest.mark.parametrize("shift", [0, 1, 2])
@pytest.mark.parametrize("co_sited", [True, False])
def test_a_flat_change_keeps_its_size_on_the_way_down(shift: int, co_sited: bool) -> None:
    assert axis_siting(shift, co_sited).share.sum() == pytest.approx(1.0)
