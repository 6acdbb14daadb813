"""How strongly skin is textured, place by place: what lets one face's pores, stubble and grain be matched to another's.

Amplitudes are robust: a mole is a few strong texels and stays a mole; stubble is many and counts.
"""

from typing import NamedTuple

import numpy as np

from pipeline.engines.swappers.mesh.masks import ChartMasks
from pipeline.imaging.arrays import ImageF32, Matte
from pipeline.imaging.bands import gaussian, luma_of, normalised_blur, ramp
from pipeline.project.identity_stages import GradeSettings, TextureSettings

LEAST = 1e-5
"""Keeps quotients finite on skin without any texture."""


class Texture(NamedTuple):
    """`amplitude` (size, size) of fine luma detail over skin; `usual` is its median over forehead and cheeks."""

    amplitude: Matte
    usual: float


def skin_texture(
    fine: ImageF32, skin: Matte, masks: ChartMasks, face_width: float, reading: TextureSettings
) -> Texture:
    """Texture of `fine` (size, size, 3) log detail over `skin`."""
    strength = np.abs(luma_of(fine))
    bare = skin > 0.5
    middle = float(np.median(strength[bare])) + LEAST
    clipped = np.minimum(strength, reading.texture_clip * middle)
    amplitude = normalised_blur(clipped[..., None], skin, reading.texture_window * face_width)[..., 0]
    smooth = bare & (masks.beard < reading.texture_beardless) & (masks.rim > reading.inner_rim)
    return Texture(amplitude + LEAST, float(np.median(amplitude[smooth])) + LEAST)


def fine_gain(luma: Matte, source: Texture, plate: Texture, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """Gain of the identity's fine skin detail, `luma` (size, size), that keeps the plate's texture, within limits.

    Marks and lines are likeness. Skin that is rougher than the plate's without them is a photo's noise as much as a
    face, and is damped further, stubble freely.
    """
    wanted = np.minimum(plate.amplitude, grade.texture_most * plate.usual)
    strength = gaussian(np.abs(luma), grade.mark_softness * len(luma)) / source.amplitude
    mark = ramp(strength, grade.mark_start, grade.mark_end)
    rougher = np.clip(wanted / source.amplitude, grade.texture_plain / grade.texture_least, 1)
    least = grade.texture_least * (rougher + (1 - rougher) * mark)
    least = least * (1 - grade.stubble_damping / grade.texture_least * stubble(source, masks, grade))
    return np.clip(grade.own_texture * wanted / source.amplitude, least, grade.texture_most)


def stubble(texture: Texture, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """Matte of stubble: where a beard grows and the skin is rougher than elsewhere on the face."""
    return masks.beard * ramp(texture.amplitude / texture.usual, grade.stubble_start, grade.stubble_end)


def grain_kept(plate: Texture, masks: ChartMasks, grade: GradeSettings) -> Matte:
    """Share of the plate's own grain to keep: its stubble is grain that belongs to the performer."""
    excess = np.clip(grade.grain_excess * plate.usual / plate.amplitude, grade.grain_least, 1.0)
    return np.asarray(1 - masks.beard * (1 - excess), np.float32)
