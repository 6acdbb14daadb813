"""Signals of a face at two resolutions: every frame, and the lowest and highest of each 32, for wide views."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.row_block import RowBlock
from pipeline.engines.landmarkers.blendshapes import NAMES

SIGNAL_NAMES: tuple[str, ...] = (*NAMES, "presence", "change")
BUCKET = 32
"""Frames that share a lowest and a highest value; buckets begin at multiples of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Signals of one track over a range of frames.

    `frames` (n,) int32: the frame of each value, or the first frame of its bucket. `low`, `high` (n, 54) float32 in the
    order of SIGNAL_NAMES; equal where each value is a frame's own.
    """

    frames: NDArray[np.int32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    frames_per_value: int


def signals_of(block: RowBlock) -> NDArray[np.float16]:
    """(n, 54) of a block's rows."""
    return np.concatenate([block.scores, block.presence[:, None], block.change[:, None]], axis=1)


def buckets_of(
    frames: NDArray[np.int32], values: NDArray[np.float16]
) -> tuple[NDArray[np.int32], NDArray[np.float16], NDArray[np.float16]]:
    """First frames (m,), lowest and highest values (m, 54) of each bucket that rows (n,), (n, 54) fall into."""
    numbers = frames // BUCKET
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    return (
        (numbers[starts] * BUCKET).astype(np.int32),
        np.fmin.reduceat(values, starts, axis=0),
        np.fmax.reduceat(values, starts, axis=0),
    )
