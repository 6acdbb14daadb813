"""One step of the closed loop: how a difference between two readings becomes corrections of the scores.

Three things are held back. Haste: a correction is slow, since what trembles in it is seen as flicker long before its
gain is. The brows' and eyes' own look: what a reader sees differently there in all frames alike (brows that sit
higher, narrower eyes) is the identity's face, not the performance, and leading it back costs likeness; of a steady
difference about the mouth half is taken back, for part of it is the identity's lips, part a mouth not quite shut. The
gaze: eyes are the plate's own.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.engines.landmarkers.blendshapes import NAMES

GAIN = 0.7
"""Part of a difference that one step takes back."""
LIMIT = 0.6
"""Most that is ever added to a score."""
SMOOTHING_FRAMES = 8.0
"""Standard deviation over time."""
STEADY_SHARE = 0.5
"""Part of a difference's mean over all clear frames that is taken back below the cheekbones; above them none is."""
_UPPER = np.array([name.startswith(("brow", "eye", "cheekSquint", "nose")) for name in NAMES])
_GAZE = np.array([name.startswith("eyeLook") or name == "_neutral" for name in NAMES])
CORRECTED = ~_GAZE
"""(52,) scores that are corrected at all."""

Scores = NDArray[np.float64]
"""(T, 52)."""


def next_corrections(
    corrections: Scores, wanted: Scores, got: Scores, frames: NDArray[np.int32], clear: NDArray[np.bool_]
) -> Scores:
    """Corrections after one more step, from scores read in the plate (`wanted`) and in the result (`got`).

    `frames` (T,) are plate frames in order. Frames that are not `clear`, or not read, have no difference of their own.
    """
    difference = wanted - got
    step = GAIN * (difference - left_steady(difference, clear))
    step[~(clear & np.isfinite(step).all(axis=1))] = 0
    step[:, _GAZE] = 0
    return np.clip(corrections + smoothed(step, frames), -LIMIT, LIMIT)


def left_steady(difference: Scores, clear: NDArray[np.bool_]) -> Scores:
    """(52,) what is not taken back of a difference (T, 52): it is the same in all frames and belongs to the look."""
    known = clear & np.isfinite(difference).all(axis=1)
    kept = np.where(_UPPER, 1.0, 1.0 - STEADY_SHARE)
    return kept * difference[known].mean(axis=0) if known.any() else np.zeros(difference.shape[1])


def smoothed(step: Scores, frames: NDArray[np.int32]) -> Scores:
    """(T, 52) smoothed over time inside every run of neighbouring frames."""
    runs = np.split(np.arange(len(frames)), np.flatnonzero(np.diff(frames) != 1) + 1)
    parts = [gaussian_filter1d(step[run], SMOOTHING_FRAMES, axis=0, mode="nearest") for run in runs if len(run)]
    return np.concatenate(parts) if parts else step
