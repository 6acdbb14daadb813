"""One face in one frame, on the grid it is stored on.

A pass that was interrupted and taken up again must give the bytes of one that was not, and what is read back from the
store must be what was computed with. So every row is rounded to its stored precision when it is made: landmarks to
1/32 pixel (coarser only for faces over 2,000 pixels), flow to 1/64, its error in steps of 4.4 %, scores to half
precision. All of it is far under the noise of the networks.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LANDMARK_EXPONENT = -5
FLOW_EXPONENT = -6
ERROR_STEPS = 16
"""Codes an octave of the flow error."""
ERROR_SCALE = 32.0
NO_FLOW = 255
"""The code of an infinite flow error."""

_LIMIT = 32_000


@dataclass(frozen=True, slots=True, eq=False)
class FaceRow:
    """A face in plate frame `frame`, as integers.

    `points` (478, 3) int32 in units of 2**`exponent` pixels. `scores` (52,) float16. `presence` 0..1 at half precision.
    `flow` (478, 2) int32 in units of 2**FLOW_EXPONENT pixels: the motion *into* this frame, read at the landmarks of
    the frame before; `error` (478,) uint8 codes its forward-backward disagreement.
    """

    frame: int
    exponent: int
    points: NDArray[np.int32]
    scores: NDArray[np.float16]
    presence: float
    flow: NDArray[np.int32]
    error: NDArray[np.uint8]
    change: float = math.nan
    """1 - SSIM of the face's chart against the frame before, at half precision; NaN where that was not compared."""

    @property
    def landmarks(self) -> NDArray[np.float32]:
        """(478, 3) pixels."""
        return points_of(self.points, self.exponent)


def points_of(points: NDArray[np.integer], exponent: int) -> NDArray[np.float32]:
    """Pixels of landmarks in grid units."""
    return (points * 2.0**exponent).astype(np.float32)


def make_row(
    frame: int,
    landmarks: NDArray[np.floating],
    scores: NDArray[np.float32],
    presence: float,
    flow: NDArray[np.float32] | None,
    error: NDArray[np.float32] | None,
) -> FaceRow:
    """A row of measured values; `flow` and `error` are None where the frame before does not show this face."""
    extent = float(np.abs(landmarks - landmarks.mean(axis=0)).max())
    exponent = max(LANDMARK_EXPONENT, int(np.ceil(np.log2(max(extent, 1e-9) / _LIMIT))))
    count = len(landmarks)
    return FaceRow(
        frame,
        exponent,
        np.rint(landmarks / 2.0**exponent).astype(np.int32),
        scores.astype(np.float16),
        float(np.float16(presence)),
        np.zeros((count, 2), np.int32) if flow is None else np.rint(flow / 2.0**FLOW_EXPONENT).astype(np.int32),
        np.full(count, NO_FLOW, np.uint8) if error is None else encode_error(error),
    )


def encode_error(error: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Flow errors in pixels on a logarithmic scale of 255 steps (0 to 1,900 pixels); infinity is NO_FLOW."""
    finite = np.isfinite(error)
    steps = np.rint(ERROR_STEPS * np.log2(1 + np.where(finite, error, 0) * ERROR_SCALE))
    return np.where(finite, np.minimum(steps, NO_FLOW - 1), NO_FLOW).astype(np.uint8)


_ERRORS = np.append((2.0 ** (np.arange(NO_FLOW) / ERROR_STEPS) - 1) / ERROR_SCALE, np.inf).astype(np.float32)


def decode_error(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pixels of coded flow errors."""
    return np.asarray(_ERRORS[codes])


def flow_of(flow: NDArray[np.integer]) -> NDArray[np.float32]:
    """Pixels of flow in grid units."""
    return (flow * 2.0**FLOW_EXPONENT).astype(np.float32)
