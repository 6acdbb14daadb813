"""How far faces plausibly go: the limits that a raised expression bends under.

Made by `scripts/expression_range.py` from the clips of the tests: three performers, crying, laughing and talking.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelMissing

RANGE_FILE = Path(__file__).resolve().parents[4] / "resources" / "engine" / "expression_range.npz"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ExpressionRange:
    """`scores` (52,) 0..1 and `displacement` (468,) centimetres from one's own neutral."""

    scores: Floats
    displacement: Floats


@cache
def expression_range() -> ExpressionRange:
    """The range that ships. Raises ModelMissing."""
    if not RANGE_FILE.is_file():
        raise ModelMissing(f"The range of expressions is missing: {RANGE_FILE}. Restore it from the installation.")
    with np.load(RANGE_FILE) as file:
        scores = file["scores"].astype(np.float64)
        displacement = file["displacement"].astype(np.float64)
    for array in (scores, displacement):
        array.flags.writeable = False
    return ExpressionRange(scores, displacement)
