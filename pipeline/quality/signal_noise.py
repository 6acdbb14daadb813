"""Peak signal-to-noise ratios: of regions against the plate, and of a film against its own previous frame.

A moving head lowers the plain temporal figure of the plate itself, so the film's previous frame is also carried along
the plate's dense flow first; what then differs is flicker, swimming and noise. Both films are carried by the
plate's flow: a result whose skin slides against the performer's motion pays for it.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Mask

PEAK = 255.0
FLOOR = 1e-3
"""Least mean squared error: two identical pictures have 10 log10(255² / 0.001) = 78 dB, not infinity."""


def mean_squared_error(a: NDArray[np.generic], b: NDArray[np.generic], region: Mask) -> float:
    """Mean squared difference over a region, all channels, in 8-bit code values; NaN where the region is empty."""
    if not region.any():
        return math.nan
    difference = a[region].astype(np.float64) - b[region].astype(np.float64)
    return float((difference * difference).mean())


def decibels(error: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """Mean squared errors of 8-bit pictures as PSNR."""
    return np.asarray(10.0 * np.log10(PEAK**2 / np.maximum(error, FLOOR)), np.float64)


def backward_flow(previous: ImageU8, current: ImageU8) -> NDArray[np.float32]:
    """Where each pixel of `current` (h, w) was in `previous`: displacement (h, w, 2), pixels.

    Dense inverse search (Kroeger et al. 2016), OpenCV's medium preset at full size.
    """
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    pair = np.ascontiguousarray(current), np.ascontiguousarray(previous)
    return np.asarray(search.calc(*pair, None), np.float32)  # type: ignore[call-overload]


def carried(previous: ImageU8, flow: NDArray[np.float32]) -> NDArray[np.float32]:
    """The previous picture (h, w) laid on the current one along a backward flow; float32, nothing is rounded."""
    height, width = flow.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.asarray(
        cv2.remap(
            previous.astype(np.float32),
            x + flow[..., 0],
            y + flow[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )
