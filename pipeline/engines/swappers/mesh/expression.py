"""Expression as displacement: the generic basis for photos, gains on a performer's own."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelMissing
from pipeline.imaging.bands import smoothstep
from pipeline.project.parameters import MeshSettings

BASIS_FILE = Path(__file__).resolve().parents[4] / "resources" / "engine" / "expression_basis.npz"

Floats = NDArray[np.float64]

GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("expression_brows", (1, 2, 3, 4, 5)),
    ("expression_eyes", (*range(9, 23),)),
    ("expression_cheeks", (6, 7, 8, 50, 51)),
    ("expression_jaw", (23, 24, 25, 26)),
    ("expression_mouth", (*range(27, 50),)),
)
"""Blendshapes (their place among the 52 scores) that each regional gain scales."""


@cache
def generic_basis() -> Floats:
    """(52, 468, 3) centimetres a unit of each blendshape, pooled over several performers.

    Weak on a face it never saw: good for taking an expression out of a photo, not for editing a performance.

    Raises
    ------
    ModelMissing
        when the file is not there.
    """
    if not BASIS_FILE.is_file():
        raise ModelMissing(f"The expression basis is missing: {BASIS_FILE}. Restore it from the installation.")
    with np.load(BASIS_FILE) as file:
        basis: Floats = file["basis"].astype(np.float64)
    basis.flags.writeable = False
    return basis


def smile_share(scores: NDArray[np.floating]) -> float:
    """0..1: how far blendshapes (52,) smile, by the stronger mouth corner."""
    return float(smoothstep(max(float(scores[44]), float(scores[45])), 0.3, 0.95))


def score_gains(settings: MeshSettings) -> Floats:
    """(52,) gain of each blendshape under the regional gains."""
    gains = np.ones(52)
    for name, members in GROUPS:
        gains[list(members)] = getattr(settings, name)
    return gains
