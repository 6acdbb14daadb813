"""Expression as displacement where a face's own movement isn't known: the generic basis, and how a photo smiles."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelMissing
from pipeline.imaging.bands import ramp
from pipeline.project.identity_stages import PhotoSettings

BASIS_FILE = Path(__file__).resolve().parents[4] / "resources" / "engine" / "expression_basis.npz"

Floats = NDArray[np.float64]


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


def smile_share(scores: NDArray[np.floating], photo: PhotoSettings) -> float:
    """0..1: how far blendshapes (52,) smile, by the stronger mouth corner."""
    return float(ramp(max(float(scores[44]), float(scores[45])), photo.smile_start, photo.smile_end))
