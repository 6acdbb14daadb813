"""Peaks are those that scipy finds, ties, level tops and gaps included."""

import numpy as np
import pytest
from scipy.signal import find_peaks

from pipeline.analysis.peaks import peaks_of


@pytest.mark.parametrize("length", [0, 1, 2, 3, 17, 200])
def test_they_are_scipys(length: int) -> None:
    chance = np.random.default_rng(length)
    for levels in (3, 12, 1000):  # Few levels: many ties and level tops.
        for _ in range(30):
            values = chance.integers(0, levels, length) / 7.0
            if levels == 12 and length > 3:
                values[chance.integers(0, length, 2)] = np.nan
            height, prominence = levels / 20, levels / 15
            for distance in (1, 2, 6):
                expected, _ = find_peaks(values, height=height, distance=distance)
                assert peaks_of(values, least_height=height, least_distance=distance).tolist() == expected.tolist()
            expected, _ = find_peaks(values, prominence=prominence)
            assert peaks_of(values, least_prominence=prominence).tolist() == expected.tolist()


def test_a_level_top_counts_once_in_its_middle() -> None:
    assert peaks_of(np.array([0.0, 1, 2, 2, 2, 1, 3])).tolist() == [3]
