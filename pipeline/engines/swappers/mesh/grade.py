"""The identity's detail matched to the plate: what is painted onto the face, and where."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.masks import ChartMasks, chart_masks
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, PlatePack
from pipeline.engines.swappers.mesh.source import SourcePack
from pipeline.imaging.arrays import ImageF32, Mask, Matte
from pipeline.imaging.bands import gaussian, smoothstep
from pipeline.imaging.uv import chart
from pipeline.project.parameters import MeshSettings

MATTE, LID_RIGHT, LID_LEFT, FOLDS = range(4)
"""Channels of `Textures.mattes`."""


@dataclass(frozen=True, slots=True, eq=False)
class Textures:
    """`detail` (size, size, 3): log detail to paint. `mattes` (256, 256, 4): see the channel names.

    `uneven` (468, 3): slow tone of the identity at the vertices, in the plate's colour contrast.
    """

    detail: ImageF32
    mattes: ImageF32
    uneven: NDArray[np.float32]


def match_to_plate(source: SourcePack, plate: PlatePack, settings: MeshSettings) -> Textures:
    """Textures of one identity on one plate under one set of parameters."""
    masks, c = chart_masks(source.size), chart(source.size)
    plate_middle, plate_fine = _at(plate.middle, source.size), _at(plate.fine, source.size)
    middle, fine = _calmed(source, plate_middle, masks, settings)
    inner = c.covered & (masks.rim > 0.3)
    skin = source.skin > 0.5
    fine_gain = float(np.clip((_rms(plate_fine, skin) / _rms(fine, skin)) ** 0.5, 0.6, 1.3)) * settings.detail_gain
    middle_gain = float(np.clip((_rms(plate_middle, skin & inner) / _rms(middle, skin & inner)) ** 0.5, 0.6, 1.15))
    detail = middle + fine_gain * fine
    plain = inner & (source.foreign < 0.3)
    chroma, plate_chroma = _chroma(detail), _chroma(plate_middle + plate_fine)
    chroma_gain = float(np.clip(_rms3(plate_chroma, plain) / _rms3(chroma, plain), 0.3, 1.0)) * settings.chroma_gain
    luma = _luma_matched(detail.mean(2), middle_gain, masks, settings)
    painted = luma[..., None] + chroma_gain * chroma
    known = gaussian(np.asarray(cv2.erode(source.confidence, np.ones((3, 3), np.uint8))), 0.006 * source.size)
    inside = smoothstep(masks.rim, 0.45, 0.85)
    share = (known + (1 - known) * (1 - inside))[..., None]
    painted = share * painted + (1 - share) * (plate_middle + plate_fine)
    matte = smoothstep(masks.rim, 0.03, 0.03 + settings.feather)
    matte = matte * np.clip(1.1 * np.maximum(source.confidence, inside), 0, 1) * (1 - source.foreign)
    tone = source.uneven
    grey = np.clip(tone.mean(1, keepdims=True), -0.5, 0.35)
    return Textures(
        detail=np.ascontiguousarray(painted, np.float32),
        mattes=_mattes(matte, plate),
        uneven=np.asarray(grey + (tone - tone.mean(1, keepdims=True)) * chroma_gain, np.float32),
    )


def _calmed(
    source: SourcePack, plate_middle: ImageF32, masks: ChartMasks, settings: MeshSettings
) -> tuple[ImageF32, ImageF32]:
    """Middle and fine detail without the photo's smile folds and cast shadow."""
    luma = source.middle.mean(2)
    shadow = np.clip(luma[:, ::-1] - luma - 0.05, 0, 0.5) * (1 - masks.wide) * chart(source.size).covered
    middle = source.middle + (settings.deshadow * shadow)[..., None]
    fold = (np.clip(masks.fold * source.smile, 0, 1) * settings.unsmile)[..., None]
    return middle * (1 - fold) + plate_middle * fold, source.fine * (1 - 0.67 * fold)


def _luma_matched(luma: Matte, gain: float, masks: ChartMasks, settings: MeshSettings) -> Matte:
    """Luma detail at the plate's contrast; baked-in light on lids, skin and teeth held back."""
    skin = 1 - masks.features
    luma = luma * (gain * skin + (0.5 + 0.5 * gain) * (1 - skin))
    luma = np.where(luma > 0, luma * (1 - 0.6 * masks.lids), luma)
    limit = settings.highlight_limit
    luma = np.where(luma > 0, limit * np.tanh(luma / limit), 1.5 * np.tanh(luma / 1.5))
    toothless = luma * (1 - masks.inner_lip) + masks.inner_lip * np.minimum(luma, 0.06)
    return np.asarray(np.where(luma > 0, toothless, luma), np.float32)


def _mattes(matte: Matte, plate: PlatePack) -> ImageF32:
    masks = chart_masks(STATIC_SIZE)
    planes = np.empty((STATIC_SIZE, STATIC_SIZE, 4), np.float32)
    small = cv2.resize(matte, (STATIC_SIZE, STATIC_SIZE), interpolation=cv2.INTER_AREA)
    planes[..., MATTE] = small * (1 - plate.hair)
    planes[..., LID_RIGHT] = masks.lid_right
    planes[..., LID_LEFT] = masks.lid_left
    planes[..., FOLDS] = 1 - masks.still
    return planes


def _at(texture: ImageF32, size: int) -> ImageF32:
    if len(texture) == size:
        return texture
    return np.asarray(cv2.resize(texture, (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def _chroma(detail: ImageF32) -> ImageF32:
    return detail - detail.mean(2, keepdims=True)


def _rms(detail: ImageF32, where: Mask) -> float:
    """Root mean square of the luma of `detail` over a mask."""
    return float(np.sqrt(np.mean(detail[where].mean(1) ** 2))) + 1e-6


def _rms3(detail: ImageF32, where: Mask) -> float:
    return float(np.sqrt(np.mean(detail[where] ** 2))) + 1e-6
