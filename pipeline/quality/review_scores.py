"""What viewers of a blind review say: mean opinion with its interval, how far they agree, the same by keyframe.

Scores are arrays (viewers, clips) of 1..5, NaN where nothing was given.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.bootstrap import LEVEL, RESAMPLES, SEED, Interval

Scores = NDArray[np.float64]
"""(V, C)."""


def mean_opinion(scores: Scores) -> float:
    """Mean of all scores given; NaN without any."""
    given = scores[np.isfinite(scores)]
    return float(given.mean()) if len(given) else float("nan")


def opinion_interval(scores: Scores) -> Interval | None:
    """The middle 95 % of the mean opinion over viewers and clips drawn anew, both (seed fixed).

    None where less than two viewers and two clips have scores: one opinion says nothing about others.
    """
    given = np.isfinite(scores)
    scores = scores[given.any(1)][:, given.any(0)]
    viewers, clips = scores.shape
    if viewers < 2 or clips < 2:
        return None
    random = np.random.default_rng(SEED)
    means = []
    for _ in range(RESAMPLES):
        drawn = scores[random.integers(0, viewers, viewers)][:, random.integers(0, clips, clips)]
        means.append(mean_opinion(drawn))
    found = np.array(means)
    low, high = np.quantile(found[np.isfinite(found)], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def krippendorff_alpha(scores: Scores) -> float | None:
    """Agreement of the viewers: Krippendorff's alpha with the interval metric (K. Krippendorff, "Computing
    Krippendorff's Alpha-Reliability", 2011): 1 is full agreement, 0 what chance would give. Gaps are allowed.

    None where no clip was scored by two viewers, or everybody gave the same score to everything.
    """
    clips = [column[np.isfinite(column)] for column in scores.T]
    pairable = [values for values in clips if len(values) > 1]
    if not pairable:
        return None
    together = np.concatenate(pairable)
    count = len(together)
    within = sum(_differences(values) / (len(values) - 1) for values in pairable) / count
    across = _differences(together) / (count * (count - 1))
    return None if across == 0 else float(1 - within / across)


def _differences(values: NDArray[np.float64]) -> float:
    """Sum over all ordered pairs of the squared difference."""
    return float(2 * (len(values) * np.square(values).sum() - values.sum() ** 2))
