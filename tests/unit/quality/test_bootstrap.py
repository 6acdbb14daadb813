import numpy as np
import pytest

from pipeline.quality.bootstrap import interval, interval_of
from pipeline.quality.measures import mean


def test_an_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    values = np.random.default_rng(3).normal(5, 1, 300)
    found = interval_of(values, mean)
    assert found is not None
    assert found[0] < 5 < found[1]
    assert found == interval_of(values, mean)


def test_frames_that_resemble_their_neighbours_make_the_interval_wider() -> None:
    random = np.random.default_rng(5)
    apart = random.normal(0, 1, 480)
    alike = np.repeat(random.normal(0, 1, 40), 12)
    narrow, wide = interval_of(apart, mean), interval_of(alike, mean)
    assert narrow is not None
    assert wide is not None
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


def test_few_values_and_values_missing_everywhere_have_no_interval() -> None:
    assert interval_of(np.array([1.0, 2.0, np.nan] * 3), mean) is None
    assert interval(50, lambda drawn: float("nan")) is None


def test_frames_without_a_value_are_left_out() -> None:
    values = np.where(np.arange(100) % 2, np.nan, 3.0)
    found = interval_of(values, mean)
    assert found is not None
    assert found == pytest.approx((3.0, 3.0))
