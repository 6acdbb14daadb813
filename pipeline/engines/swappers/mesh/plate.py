"""What is normal for the performer's face in this shot, from its calm frames: built once a solve."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import FrameCrops
from pipeline.engines.faces import FaceSolve
from pipeline.engines.swappers.mesh.expression import smile_share
from pipeline.engines.swappers.mesh.grid import ONE
from pipeline.engines.swappers.mesh.masks import ChartMasks, chart_masks
from pipeline.engines.swappers.mesh.plate_bands import PlateBands, part_bands
from pipeline.engines.swappers.mesh.texture_match import Texture, skin_texture
from pipeline.imaging.arrays import ImageF32, Mask, Matte, Rect
from pipeline.imaging.bands import LOW_SIGMA, MID_SIGMA, gaussian, log_light, normalised_blur, smoothstep
from pipeline.imaging.mesh import N_VERTICES
from pipeline.imaging.uv import chart

CALM_FRAMES = 9
"""Frames the medians are taken over: enough to drop a blink and the grain, few enough to decode quickly."""
STATIC_SIZE = 256
"""Chart size of everything smooth: mattes and the calm face's middle band."""

SHADE_RANGE = (0.4, 1.6)
"""What a channel of a shadow may be: outside of it the skin's middle band holds something other than shade."""
STRAND_REACH = 0.04
"""How far a strand of hair is followed over the end of a brow, in chart sizes: both are dark and touch."""
HAIRY_MARGIN = 0.12
"""Lashes and brows sparkle by themselves when they move: how much more a mark there must shine to be gloss."""


@dataclass(frozen=True, slots=True, eq=False)
class PlatePack:
    """The calm face. `middle`, `fine` (512, 512, 3): its log detail in the chart. `skin`, `hair` (256, 256).
    `texture`: how rough the skin is in single frames, grain and all (512). `shade` (3,): how much of a shadow's luma
    each channel of this skin in this grade falls by, all in log light; their mean is 1.

    `charts` (256, 256, 4): `skin`, then the frame's own middle band and small bright marks as they are on calm
    frames, made by the same filters in picture space, so that a frame minus them is change and nothing else; last
    the rim, where dark means hair.
    """

    middle: ImageF32
    fine: ImageF32
    skin: Matte
    hair: Matte
    charts: ImageF32
    texture: Texture
    shade: NDArray[np.float32]


def calm_indices(solve: FaceSolve) -> list[int]:
    """Indices of the calm frames to look at, spread over the calmest, clear ones first."""
    clear = [int(i) for i in solve.neutral_frames if solve.clear[i]] or [int(i) for i in solve.neutral_frames]
    clear = clear or list(range(len(solve.frames)))
    calmest = clear[: max(CALM_FRAMES, len(clear) // 2)]
    picks = np.unique(np.linspace(0, len(calmest) - 1, min(CALM_FRAMES, len(calmest))).round().astype(int))
    return [calmest[i] for i in picks]


def build_plate(solve: FaceSolve, crops: FrameCrops) -> PlatePack:
    """The pack of one solve; `crops` reads the plate."""
    size = 512
    c = chart(size)
    face_width = solve.face_width_px
    picks = calm_indices(solve)
    rects = [_face_rect(solve, i) for i in picks]
    seen = [crops(int(solve.frames[i]), rect) for i, rect in zip(picks, rects, strict=True)]
    unwrapped = [
        log_light(c.unwrap(crop, solve.landmarks[i, :N_VERTICES, :2] - (rect.x0, rect.y0)))
        for i, rect, crop in zip(picks, rects, seen, strict=True)
    ]
    light = np.median(np.stack(unwrapped), axis=0).astype(np.float32)
    masks = chart_masks(size)
    hair = _hair(light, masks)
    skin = (1 - masks.wide) * c.covered * (1 - hair)
    low = normalised_blur(light, skin, LOW_SIGMA * c.face_width)
    middle = gaussian(light - low, MID_SIGMA * c.face_width)
    small_skin = _small(skin)
    bands = [
        part_bands(
            crop, rect, solve.landmarks[i, :N_VERTICES], small_skin[..., None], face_width,
            solve.occlusion.get(int(solve.frames[i])), ONE,
        )
        for i, rect, crop in zip(picks, rects, seen, strict=True)
    ]  # fmt: skip
    faces = [solve.landmarks[i, :N_VERTICES] for i in picks]
    calm_middle = _calm([b.middle for b in bands], bands, faces, 50)
    calm_middle = _unsmiled(calm_middle, float(np.mean([smile_share(solve.scores[i]) for i in picks])))
    calm_sparkle = _calm([b.sparkle for b in bands], bands, faces, 90)
    return PlatePack(
        middle=middle,
        fine=light - low - middle,
        skin=small_skin,
        hair=_small(hair),
        charts=_charts(small_skin, calm_middle, calm_sparkle),
        texture=_texture(unwrapped, skin, masks),
        shade=_shade(middle, (skin > 0.5) & (masks.rim > 0.3)),
    )


def _shade(middle: ImageF32, skin: Mask) -> NDArray[np.float32]:
    """Each channel's slope on luma over the middle detail of `skin`: skin in shade turns warmer, the more so the more
    saturated the grade. Four plates gave red 0.65..0.91, green 0.94..1.10, blue 1.09..1.25.
    """
    seen = middle[skin].astype(np.float64)
    luma = seen.mean(1)
    power = float((luma * luma).sum())
    if power < 1e-3:
        return np.ones(3, np.float32)
    return np.asarray(np.clip(luma @ seen / power, *SHADE_RANGE), np.float32)


def _unsmiled(middle: Matte, smile: float) -> Matte:
    """The calm middle band without the folds of a performer who smiles even on the calmest frames.

    Otherwise a smiling still would count its folds as the neutral face and lose them.
    """
    return np.asarray(middle * (1 - smile * chart_masks(STATIC_SIZE).fold), np.float32)


def _charts(skin: Matte, middle: Matte, sparkle: Matte) -> ImageF32:
    masks = chart_masks(STATIC_SIZE)
    hairy = masks.lids + masks.brows
    rim = (1 - smoothstep(masks.rim, 0.35, 0.70)) * (1 - masks.features)
    return np.ascontiguousarray(np.dstack([skin, middle, sparkle + HAIRY_MARGIN * np.clip(hairy, 0, 1), rim]))


def _texture(lights: list[ImageF32], skin: Matte, masks: ChartMasks) -> Texture:
    """Skin texture as single frames show it, averaged over three."""
    width = chart(len(skin)).face_width
    seen = [skin_texture(light - gaussian(light, MID_SIGMA * width), skin, masks, width) for light in lights[:3]]
    return Texture(np.mean([each.amplitude for each in seen], axis=0), float(np.mean([each.usual for each in seen])))


def _small(matte: Matte) -> Matte:
    return np.asarray(cv2.resize(matte, (STATIC_SIZE, STATIC_SIZE), interpolation=cv2.INTER_AREA), np.float32)


def _calm(values: list[Matte], bands: list[PlateBands], vertices: list[NDArray[np.float32]], percentile: int) -> Matte:
    """A percentile over the calm frames of a band laid out in the chart."""
    c = chart(STATIC_SIZE)
    laid = [c.unwrap(value, b.grid.places(v[:, :2])) for value, b, v in zip(values, bands, vertices, strict=True)]
    return gaussian(np.percentile(np.stack(laid), percentile, axis=0).astype(np.float32), 0.004 * STATIC_SIZE)


def _face_rect(solve: FaceSolve, i: int) -> Rect:
    points = solve.landmarks[i, :N_VERTICES, :2]
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int)
    margin = int(0.1 * solve.face_width_px) + 4
    return Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).grown(margin).clipped(solve.width, solve.height)


def _hair(light: ImageF32, masks: ChartMasks) -> Matte:
    """The performer's hair over the rim of the face: much darker than the inner skin, and a mass where a brow ends."""
    skin = (1 - masks.features) > 0.5
    inner = skin & (masks.rim > 0.4)
    luma = gaussian((light - np.median(light[inner], axis=0)).mean(2), 0.006 * len(light))
    spread = max(0.2, 1.48 * float(np.median(np.abs(luma[inner]))))
    black = smoothstep(-luma / spread, 2.2, 3.6)
    mass = smoothstep(-gaussian(luma, 0.03 * len(light)) / spread, 1.8, 3.0)
    near_rim = 1 - smoothstep(masks.rim, 0.3, 0.55)
    dark = np.maximum(black * (1 - masks.features), mass) * near_rim
    for _ in range(round(STRAND_REACH * len(light) / 2)):
        dark = np.minimum(np.maximum(cv2.dilate(dark, np.ones((5, 5), np.uint8)), dark), np.maximum(black, dark))
    return gaussian(np.asarray(cv2.dilate(dark, np.ones((5, 5), np.uint8)), np.float32), 0.006 * len(light))
