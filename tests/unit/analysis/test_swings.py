"""Movements are found where they happen, whatever drifts and trembles around them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.analysis.swing_kernels import turning_points
from pipeline.analysis.swings import NEARLY, SET_OFF, calmed, noise_of, runs_of, swings
from tests.unit.analysis.signal_maker import RATE, ramp


def seconds(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.arange(count) / RATE


@given(arrays(np.float64, st.integers(1, 60), elements=st.floats(-1, 1, width=32)), st.floats(0.05, 0.8))
def test_turning_points_are_the_lowest_and_highest_between(values: np.ndarray, threshold: float) -> None:
    out = np.empty(len(values) + 1, np.int64)
    points = out[: turning_points(values, threshold, out)]
    assert points[0] == 0
    assert points[-1] == len(values) - 1
    assert (np.diff(points) > 0).all()
    inner = values[points[1:-1]]
    assert (np.abs(np.diff(inner)) >= threshold).all()
    assert (np.diff(inner)[:-1] * np.diff(inner)[1:] < 0).all()


def test_a_movement_begins_and_arrives_at_its_fast_part() -> None:
    values = ramp(100, 40, 10, 0.6) + 0.0005 * np.arange(100)
    (swing,) = swings(values, seconds(100), 0.1)
    assert 38 <= swing.begun <= 42
    assert 48 <= swing.arrived <= 52
    assert swing.done(values, SET_OFF) == pytest.approx(43, abs=1)
    assert swing.done(values, NEARLY) == pytest.approx(49, abs=1)
    assert swing.amount == pytest.approx(0.6, abs=0.02)


def test_a_slow_drift_counts_only_as_far_as_it_goes_at_once() -> None:
    (swing,) = swings(np.linspace(0.0, 1.0, 251), seconds(251), 0.1)
    assert swing.at_once == pytest.approx(0.075, abs=0.005)


def test_a_fall_is_negative() -> None:
    rise, fall = swings(ramp(60, 10, 8, 0.5) - ramp(60, 35, 8, 0.5), seconds(60), 0.1)
    assert rise.amount > 0.4
    assert fall.amount < -0.4
    assert fall.begun >= rise.arrived


def test_noise_is_measured_beside_movements() -> None:
    random = np.random.default_rng(1)
    values = ramp(400, 100, 12, 0.8) + 0.01 * random.standard_normal(400)
    assert noise_of(values) == pytest.approx(0.01, rel=0.25)
    assert noise_of(values[:4]) == 0.0


def test_calming_keeps_a_step_in_place() -> None:
    step = np.repeat([0.0, 1.0], 30)
    assert np.searchsorted(calmed(step, seconds(60), 0.08), 0.5) == pytest.approx(30, abs=1)
    assert calmed(step[:1], seconds(1), 0.08).tolist() == [0.0]


def test_runs_end_at_gaps_cuts_and_doubts() -> None:
    frames = np.array([0, 1, 2, 3, 7, 8, 9, 10, 11, 12], np.int32)
    believed = np.array([1, 1, 1, 1, 1, 1, 1, 1, 0, 1], np.bool_)
    found = [(run.start, run.stop) for run in runs_of(believed, frames, frozenset({9}), 2)]
    assert found == [(0, 4), (4, 6), (6, 8)]
