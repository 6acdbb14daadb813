"""The plate in another light: the same picture as a camera would have graded or exposed it.

Light is changed in linear light and clipped at white and black, so highlights burn out as they would in the
camera; nothing is recovered afterwards.
"""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from pipeline.imaging.arrays import ImageF32

Grade = Literal["warm", "cold", "over", "under", "side"]
GRADES: tuple[Grade, ...] = get_args(Grade)

WARM = (1.25, 1.0, 0.70)
"""Gains of red, green, blue: daylight stock under tungsten, about 1500 K."""
STOPS = 1.5
SIDE_STOPS = 1.5
"""The side light falls by this many stops from one edge of the picture to the other."""


def regrade(image: ImageF32, grade: Grade) -> ImageF32:
    """A display-referred picture (h, w, 3 RGB, 0..1, sRGB transfer) under another light, clipped to 0..1."""
    return encoded(np.clip(_LIGHTS[grade](linear(image)), 0.0, 1.0))


def linear(image: ImageF32) -> ImageF32:
    """sRGB display values to linear light (IEC 61966-2-1)."""
    low = np.clip(image, 0.0, None)
    curve = np.where(low <= 0.04045, low / 12.92, ((low + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)


def encoded(light: ImageF32) -> ImageF32:
    """Linear light to sRGB display values."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055).astype(
        np.float32
    )


def _gained(light: ImageF32, gains: tuple[float, float, float]) -> ImageF32:
    return light * np.asarray(gains, np.float32)


def _side(light: ImageF32) -> ImageF32:
    stops = np.linspace(0.5 * SIDE_STOPS, -0.5 * SIDE_STOPS, light.shape[1], dtype=np.float32)
    return np.asarray(light * np.exp2(stops)[None, :, None], np.float32)


_LIGHTS: dict[Grade, Callable[[ImageF32], ImageF32]] = {
    "warm": lambda light: _gained(light, WARM),
    "cold": lambda light: _gained(light, (WARM[2], 1.0, WARM[0])),
    "over": lambda light: _gained(light, (2**STOPS,) * 3),
    "under": lambda light: _gained(light, (2**-STOPS,) * 3),
    "side": _side,
}
