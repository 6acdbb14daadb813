"""Which landmarks are neighbours: the lines and triangles of the canonical mesh, for whoever draws landmarks."""

from functools import cache
from pathlib import Path

import numpy as np

_MESH_FILE = Path(__file__).resolve().parents[2] / "models" / "canonical_face.npz"


@cache
def mesh_triangles() -> tuple[tuple[int, int, int], ...]:
    """Corners, as numbers of landmarks 0..467; each triangle once."""
    with np.load(_MESH_FILE) as mesh:
        return tuple((int(a), int(b), int(c)) for a, b, c in mesh["triangles"].tolist())


@cache
def mesh_lines() -> tuple[tuple[int, int], ...]:
    """Both ends, the lower number first; each line once."""
    pairs = {(min(ends), max(ends)) for a, b, c in mesh_triangles() for ends in ((a, b), (b, c), (c, a))}
    return tuple(sorted(pairs))
