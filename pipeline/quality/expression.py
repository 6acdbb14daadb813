"""Does the result perform as the plate does? Agreement of blendshape curves, unit by unit.

Both films are re-detected by the same networks, so this measures landmark agreement, not what a viewer sees: it is read
beside the pictures. Weak units (a lip roll of 0.03) carry mostly noise, so three summaries are given and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGMA_MEASURED = 0.03
"""A unit moves enough to be correlated when its standard deviation in the plate is above this (scores 0..1)."""

Scores = NDArray[np.floating]
"""(T, 52) blendshapes, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class ExpressionAgreement:
    """`units`: Pearson r by unit name, for units that move in the plate (σ > 0.03).

    `plain` is their mean. `weighted` is Σ σ²ₖ rₖ / Σ σ²ₖ over all units that move at all, σ² the plate's variance.
    `pooled` is the Pearson r of all frames × all units as one series. A unit that stands still in the result
    while the plate's moves has r = 0. `gain` is the slope of the result's deviations on the plate's, variance
    weighted: 1 is full strength, 0.5 half; no correlation sees it.
    """

    units: dict[str, float]
    plain: float
    weighted: float
    pooled: float
    gain: float


def unit_correlations(original: Scores, result: Scores) -> NDArray[np.float64]:
    """Pearson r of each column of two (T, n) series; 0 where either stands still."""
    a = original - original.mean(0)
    b = result - result.mean(0)
    spread = np.sqrt((a * a).sum(0) * (b * b).sum(0))
    covariance = (a * b).sum(0)
    return np.where(spread > 1e-12, covariance / np.maximum(spread, 1e-12), 0.0).astype(np.float64)


def expression_agreement(original: Scores, result: Scores, names: Sequence[str]) -> ExpressionAgreement:
    """Agreement of two films' scores over the same frames; `names` labels the columns."""
    first, second = np.asarray(original, np.float64), np.asarray(result, np.float64)
    correlation = unit_correlations(first, second)
    variance = first.var(0)
    strong = variance > SIGMA_MEASURED**2
    total = float(variance.sum())
    weighted = float((variance * correlation).sum() / total) if total > 0 else 0.0
    covariance = ((first - first.mean(0)) * (second - second.mean(0))).mean(0)
    return ExpressionAgreement(
        units={name: float(correlation[k]) for k, name in enumerate(names) if strong[k]},
        plain=float(correlation[strong].mean()) if strong.any() else 0.0,
        weighted=weighted,
        pooled=float(unit_correlations(first.reshape(-1, 1), second.reshape(-1, 1))[0]),
        gain=float(covariance.sum() / total) if total > 0 else 0.0,
    )
