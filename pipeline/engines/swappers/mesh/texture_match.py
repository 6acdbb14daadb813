"""How strongly skin is textured, place by place: what lets one face's pores, stubble and grain be matched to another's.

Amplitudes are robust: a mole is a few strong texels and stays a mole; stubble is many and counts.
"""

from typing import NamedTuple

import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import normalised_blur, smoothstep

WINDOW = 0.05
"""Spread of the window amplitudes are read in, in face widths."""
OWN_SHARE = 0.6
"""What the identity adds to fine skin texture where the plate's grain supplies 0.8: √(1 - 0.8²) keeps the energy."""


class Texture(NamedTuple):
    """`amplitude` (size, size) of fine luma detail over skin; `usual` is its median over forehead and cheeks."""

    amplitude: Matte
    usual: float


def skin_texture(fine: ImageF32, skin: Matte, masks: ChartMasks, face_width: float) -> Texture:
    """Texture of `fine` (size, size, 3) log detail over `skin`."""
    strength = np.abs(fine.mean(2))
    bare = skin > 0.5
    middle = float(np.median(strength[bare])) + 1e-5
    clipped = np.minimum(strength, 2.5 * middle)
    amplitude = normalised_blur(clipped[..., None], skin, WINDOW * face_width)[..., 0]
    smooth = bare & (masks.beard < 0.1) & (masks.rim > 0.3)
    return Texture(amplitude + 1e-5, float(np.median(amplitude[smooth])) + 1e-5)


def fine_gain(source: Texture, plate: Texture, masks: ChartMasks) -> Matte:
    """Gain of the identity's fine skin detail that keeps the plate's texture, never more than 1.3.

    Lines at eyes and brows are likeness, so detail is damped freely only where stubble grows.
    """
    wanted = np.minimum(plate.amplitude, 1.3 * plate.usual)
    least = 0.7 - 0.6 * stubble(source, masks)
    return np.clip(OWN_SHARE * wanted / source.amplitude, least, 1.3)


def stubble(texture: Texture, masks: ChartMasks) -> Matte:
    """Matte of stubble: where a beard grows and the skin is rougher than elsewhere on the face."""
    return masks.beard * smoothstep(texture.amplitude / texture.usual, 1.3, 2.2)


def grain_kept(plate: Texture, masks: ChartMasks) -> Matte:
    """Share of the plate's own grain to keep: its stubble is grain that belongs to the performer."""
    excess = np.clip(1.2 * plate.usual / plate.amplitude, 0.25, 1.0)
    return np.asarray(1 - masks.beard * (1 - excess), np.float32)
