"""Light as spherical harmonics of the surface normal, fitted robustly.

Nine terms describe the diffuse light on a convex body (Ramamoorthi & Hanrahan 2001); skin's own marks are what
they leave over.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def harmonics9(normals: NDArray[np.floating]) -> Floats:
    """The nine real harmonics up to second order (unnormalised) of unit `normals` (..., 3) → (..., 9)."""
    n = np.asarray(normals, np.float64)
    x, y, z = n[..., 0], n[..., 1], n[..., 2]
    return np.stack([np.ones_like(x), x, y, z, x * y, x * z, y * z, x * x - y * y, 3 * z * z - 1], axis=-1)


def fit_light(
    terms: Floats,
    values: NDArray[np.floating],
    weights: NDArray[np.floating],
    damping: float = 0.02,
    scale: float = 0.15,
    rounds: int = 3,
) -> Floats:
    """Coefficients (9, k) of `values` (n, k) in `terms` (n, 9) by iteratively reweighted least squares.

    Rows whose residual exceeds `scale` lose weight as 1 / (1 + (r / scale)²) (Cauchy); `damping` holds back every
    term but the constant.
    """
    y = np.asarray(values, np.float64)
    base = np.asarray(weights, np.float64)
    ridge = damping * base.sum() * np.eye(terms.shape[1])
    ridge[0, 0] = 1e-6
    w = base
    for _ in range(rounds):
        weighted = terms * w[:, None]
        coefficients: Floats = np.linalg.solve(weighted.T @ terms + ridge, weighted.T @ y)
        residual = np.linalg.norm(y - terms @ coefficients, axis=1)
        w = base / (1 + (residual / scale) ** 2)
    return coefficients
