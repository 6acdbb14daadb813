"""Ways of looking at a picture that show what a glance forgives: tone steps, colour rims, plastic skin, seams."""

from collections.abc import Callable

import cv2
import numpy as np

from pipeline.imaging.arrays import ImageU8, Rect

DIFFERENCE_GAIN = 8
SATURATION = 4.0
CHROMA_GAIN = 4.0
GRAIN_GAIN = 8.0
GRAIN_SIGMA = 1.5

View = Callable[[ImageU8], ImageU8]


def difference(original: ImageU8, result: ImageU8) -> ImageU8:
    """Result minus plate, eight times, around mid grey."""
    change = (result.astype(np.float32) - original.astype(np.float32)) * DIFFERENCE_GAIN
    return _eight_bit(128.0 + change)


def gamma(exponent: float) -> View:
    """Display values raised to `exponent`: 0.4 opens the shadows, 2.2 the highlights."""
    curve = _eight_bit(255.0 * (np.arange(256, dtype=np.float32) / 255.0) ** exponent)
    return lambda picture: curve[picture]


def saturated(picture: ImageU8) -> ImageU8:
    """Colour four times as far from grey."""
    colour = picture.astype(np.float32)
    grey = colour @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return _eight_bit(grey[..., None] + SATURATION * (colour - grey[..., None]))


def chroma(channel: int) -> View:
    """Cb (1) or Cr (0) alone, four times, as grey around 128."""

    def view(picture: ImageU8) -> ImageU8:
        plane = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)[..., 1 + channel].astype(np.float32)
        return _grey(128.0 + CHROMA_GAIN * (plane - 128.0))

    return view


def blue_grain(picture: ImageU8) -> ImageU8:
    """The blue channel without its coarse part, eight times: grain, and where it is missing."""
    blue = picture[..., 2].astype(np.float32)
    return _grey(128.0 + GRAIN_GAIN * (blue - cv2.GaussianBlur(blue, (0, 0), GRAIN_SIGMA)))


def enlarged(picture: ImageU8, times: int) -> ImageU8:
    """Every pixel as a square of `times` × `times`."""
    return np.repeat(np.repeat(picture, times, axis=0), times, axis=1)


def cropped(picture: ImageU8, rect: Rect) -> ImageU8:
    """The part of the picture inside `rect`, cut to the picture; at least one pixel."""
    height, width = picture.shape[:2]
    inside = rect.clipped(width, height)
    if inside.empty:
        return np.zeros((1, 1, 3), np.uint8)
    return np.ascontiguousarray(picture[inside.y0 : inside.y1, inside.x0 : inside.x1])


def _grey(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> ImageU8:
    return np.repeat(_eight_bit(values)[..., None], 3, axis=2)


def _eight_bit(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> ImageU8:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


TONE_VIEWS: tuple[tuple[str, View], ...] = (
    ("gamma 0.4", gamma(0.4)),
    ("gamma 2.2", gamma(2.2)),
    ("saturation x4", saturated),
    ("Cb x4", chroma(1)),
    ("Cr x4", chroma(0)),
    ("blue grain x8", blue_grain),
)
