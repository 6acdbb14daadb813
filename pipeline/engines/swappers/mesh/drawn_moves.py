"""What an action unit does to a face in general, for faces whose clip never shows it.

Drawn by hand after the muscles' pulls in the FACS manual (Ekman, Friesen and Hager, 2002), not fitted: no clip at hand
shows an angry brow or drawn-down lip corners. Each unit is a few pulls: where, which way, how far, how widely. Together
with what a clip does show they make the basis of edits (`movement`), and the more a clip shows the less these count.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_BLENDSHAPES
from pipeline.engines.swappers.mesh.face_parts import lid_edges, lip_edges
from pipeline.engines.swappers.mesh.unit_moves import BLINK_MOVES, UNIT_MOVES
from pipeline.imaging.bands import smoothstep
from pipeline.imaging.mesh import LID_PAIRS, N_VERTICES, load_canonical

Floats = NDArray[np.float64]


MOUTH_LINE_CM = (-4.42, -4.10)
"""Between the lips of the canonical face, whose mouth is a little open."""


@dataclass(frozen=True, slots=True)
class Pull:
    """One pull on the left half at (x, y), centimetres: `move` (out, up, forward) in full, over a spread of `reach`.

    `lip`: 1 takes what lies above the line of the mouth only, -1 what lies below it.
    """

    x: float
    y: float
    move: tuple[float, float, float]
    reach: float
    lip: int = 0


PULLS: dict[str, tuple[Pull, ...]] = {
    "AU1": (Pull(1.6, 5.1, (-0.05, 0.60, 0.05), 1.3), Pull(1.5, 6.6, (0.0, 0.30, 0.0), 1.3)),
    "AU2": (Pull(4.8, 5.1, (0.0, 0.55, 0.0), 1.4), Pull(4.6, 6.6, (0.0, 0.25, 0.0), 1.4)),
    "AU4": (Pull(1.7, 4.9, (-0.25, -0.40, 0.05), 1.1), Pull(3.8, 5.1, (-0.15, -0.30, 0.0), 1.3)),
    "AU10": (Pull(0.9, -3.5, (0.0, 0.40, 0.0), 0.8, 1), Pull(1.8, -1.7, (0.05, 0.20, 0.05), 0.9)),
    "AU12": (Pull(2.5, -4.3, (0.50, 0.50, -0.35), 1.0), Pull(4.0, -1.6, (0.05, 0.30, 0.15), 1.5)),
    "AU14": (Pull(2.6, -4.3, (0.20, 0.05, -0.25), 0.8),),
    "AU15": (Pull(2.5, -4.4, (0.05, -0.40, -0.05), 0.8), Pull(2.7, -5.6, (0.05, -0.15, 0.05), 0.9)),
    "AU16": (Pull(0.9, -5.1, (0.0, -0.35, 0.0), 0.8, -1),),
    "AU17": (Pull(0.6, -7.3, (0.0, 0.35, 0.10), 1.0, -1), Pull(0.8, -5.2, (0.0, 0.18, 0.12), 0.8, -1)),
    "AU18": (Pull(2.4, -4.3, (-0.60, 0.0, 0.10), 0.9), Pull(0.7, -4.3, (-0.10, 0.0, 0.40), 0.8)),
    "AU20": (Pull(2.5, -4.4, (0.50, -0.10, -0.20), 1.0),),
    "AU22": (Pull(2.4, -4.3, (-0.35, 0.0, 0.15), 0.9), Pull(0.8, -3.6, (0.0, 0.12, 0.35), 0.7, 1),
             Pull(0.8, -5.1, (0.0, -0.15, 0.35), 0.7, -1)),
    "AU26": (Pull(0.8, -8.2, (0.0, -0.90, -0.20), 1.8, -1), Pull(0.8, -5.0, (0.0, -0.75, -0.15), 0.9, -1),
             Pull(4.0, -7.0, (0.0, -0.45, -0.05), 1.5, -1)),
}  # fmt: skip
LIP_PULLS: dict[str, tuple[float, float]] = {
    "AU16": (0.0, -0.10),
    "AU22": (0.10, -0.15),
    "AU24": (-0.10, 0.10),
    "AU26": (0.0, -0.40),
    "AU28": (-0.15, 0.20),
}
"""Centimetres by which the inner edges of upper and lower lip rise; the skin beside them follows."""
LID_PULLS: dict[str, tuple[float, float]] = {"AU5": (0.25, -0.03), "AU7": (-0.10, 0.22), "blink": (-0.85, 0.15)}
"""The same of the lids, in openings of the resting eye."""


@cache
def drawn_basis() -> Floats:
    """(52, 468, 3) centimetres a unit of each score."""
    basis = np.zeros((N_BLENDSHAPES, N_VERTICES, 3))
    for move in (*UNIT_MOVES, *BLINK_MOVES):
        unit = move.unit
        shape = np.zeros((N_VERTICES, 3))
        sides = (1, -1) if move.side == 0 or not move.twins else (move.side,)
        for pull in PULLS.get(unit, ()):
            for side in sides:
                shape += _pulled(pull, side)
        shape[:, 1] += _edges_risen(unit, sides)
        basis[move.scores[0]] = shape / move.scale
    basis.flags.writeable = False
    return basis


def _pulled(pull: Pull, side: int) -> Floats:
    xy = load_canonical().vertices[:, :2]
    above = smoothstep(xy[:, 1], *MOUTH_LINE_CM)
    half = above if pull.lip > 0 else 1.0 - above if pull.lip < 0 else 1.0
    near = half * np.exp(-((xy - (side * pull.x, pull.y)) ** 2).sum(1) / (2 * pull.reach**2))
    return np.asarray(near[:, None] * (np.array(pull.move) * (side, 1, 1)), np.float64)


def _edges_risen(unit: str, sides: tuple[int, ...]) -> Floats:
    vertices = load_canonical().vertices
    risen = np.zeros(N_VERTICES)
    above, below = lip_edges()
    upper, lower = LIP_PULLS.get(unit, (0.0, 0.0))
    risen += upper * above.sum(1) + lower * below.sum(1)
    above, below = lid_edges()
    upper, lower = LID_PULLS.get(unit, (0.0, 0.0))
    gaps = np.array([vertices[one, 1] - vertices[other, 1] for one, other in LID_PAIRS])
    own = np.array([side in sides for side in np.where(vertices[[one for one, _ in LID_PAIRS], 0] > 0, 1, -1)])
    return np.asarray(risen + upper * above @ (gaps * own) + lower * below @ (gaps * own), np.float64)
