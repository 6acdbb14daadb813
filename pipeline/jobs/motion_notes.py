"""What a user should know of a borrowed motion: what it asks for and the performer's own clip has no movement for."""

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNELS
from pipeline.analysis.smoothing import gaussian_over_time
from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.jobs.motion import SMOOTH_FRAMES

_ASKED_SHARE = 0.5
"""Of a plain action: less isn't missed."""
_SHOWN_SHARE = 0.25
"""Of a plain action: a clip whose score varies by less doesn't show it."""
_LEAST_CM = 0.05
"""A movement of less is hardly seen: a face is some 14 cm wide."""


def motion_told(face: str, change: NDArray[np.float64], solve: FaceSolve, frames: range) -> str | None:
    """A sentence on what `change` (T, 52), added to the solve's scores, asks for in `frames` in vain; None: nothing.

    The solve's basis says how far one unit of a score moves the face, as its own clip shows it: where the clip never
    shows a movement, the greatest rise of its score moves nothing.
    """
    inside = change[np.isin(solve.frames, frames)]
    if not len(inside):
        return None
    asked = inside.max(axis=0)
    shown = np.ptp(gaussian_over_time(solve.scores.astype(np.float64), SMOOTH_FRAMES), axis=0)
    reach = np.linalg.norm(solve.basis.astype(np.float64), axis=2).max(axis=1)
    vain: dict[str, bool] = {}
    for channel in CHANNELS:
        score = None if channel.measured else NAMES.index(channel.source)
        if score is not None and asked[score] >= _ASKED_SHARE * channel.scale:
            is_known = shown[score] >= _SHOWN_SHARE * channel.scale or asked[score] * reach[score] >= _LEAST_CM
            vain[channel.title] = vain.get(channel.title, True) and not is_known
    titles = [title for title, is_vain in vain.items() if is_vain]
    if not titles:
        return None
    return (
        f"The motion that {face} borrows asks for {', '.join(titles)}, which the plate's own clip hardly "
        "shows: the face doesn't do that. Only what its own clip shows can be borrowed."
    )
