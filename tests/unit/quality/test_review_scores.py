import numpy as np
import pytest

from pipeline.quality.review_scores import krippendorff_alpha, mean_opinion, opinion_interval

NONE = np.nan
TEXTBOOK = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)
"""The worked example of Krippendorff's paper: four observers, twelve units, gaps."""


def test_agreement_is_that_of_the_published_example() -> None:
    assert krippendorff_alpha(TEXTBOOK) == pytest.approx(0.849, abs=0.0005)


def test_full_agreement_is_one_and_scores_at_random_are_near_nought() -> None:
    same = np.tile([1.0, 3, 5, 2], (3, 1))
    assert krippendorff_alpha(same) == pytest.approx(1)
    noise = np.random.default_rng(1).integers(1, 6, (6, 200)).astype(float)
    found = krippendorff_alpha(noise)
    assert found is not None
    assert abs(found) < 0.05


def test_one_viewer_and_scores_that_never_differ_say_nothing_of_agreement() -> None:
    assert krippendorff_alpha(np.array([[1.0, 2, 3]])) is None
    assert krippendorff_alpha(np.full((3, 4), 5.0)) is None
    assert krippendorff_alpha(np.zeros((0, 0))) is None


def test_the_interval_of_an_opinion_holds_it_and_is_wider_where_viewers_differ() -> None:
    random = np.random.default_rng(4)
    alike = 3 + random.normal(0, 0.2, (8, 10))
    apart = alike + random.normal(0, 1.0, (8, 1))
    narrow, wide = opinion_interval(alike), opinion_interval(apart)
    assert narrow is not None
    assert wide is not None
    assert narrow[0] < mean_opinion(alike) < narrow[1]
    assert wide[1] - wide[0] > 3 * (narrow[1] - narrow[0])
    assert opinion_interval(alike[:1]) is None
