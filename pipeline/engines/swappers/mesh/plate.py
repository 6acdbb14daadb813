"""What is normal for the performer's face in this shot, from its calm frames.

The frames are read once a solve; what is made of them depends on the parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import FrameCrops
from pipeline.engines.faces import FaceSolve, OcclusionMatte
from pipeline.engines.swappers.mesh.covering import Covering
from pipeline.engines.swappers.mesh.expression import smile_share
from pipeline.engines.swappers.mesh.grid import ONE
from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.engines.swappers.mesh.masks import ChartMasks, chart_masks
from pipeline.engines.swappers.mesh.plate_bands import PlateBands, ReducedFrame, part_bands, reduce_frame
from pipeline.engines.swappers.mesh.skin import SIGMA_OF_MEDIAN
from pipeline.engines.swappers.mesh.texture_match import Texture, skin_texture
from pipeline.imaging.arrays import ImageF32, Mask, Matte, Rect
from pipeline.imaging.bands import gaussian, log_light, luma_of, normalised_blur, ramp
from pipeline.imaging.mesh import N_VERTICES
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import RegionSettings
from pipeline.project.parameters import MeshSettings
from pipeline.project.plate_stages import CalmSettings

CALM_FRAMES = 9
"""Frames the medians are taken over: enough to drop a blink and the grain, few enough to decode quickly."""
STATIC_SIZE = 256
"""Chart size of everything smooth: mattes and the calm face's middle band."""

CALM_SIZE = 512
"""Chart size of the calm face's detail."""
FACE_MARGIN = 0.1
"""Face widths of the plate that are read around the calm face: room for its filters."""
MEDIAN = 50.0
"""Per cent: the usual state of a band over the calm frames is their median."""
TEXTURE_FRAMES = 3
"""Frames whose roughness is averaged."""
PLATE_PARAMETERS = attrgetter("regions", "photo", "bands", "calm", "texture")
"""Of MeshSettings, those that the calm face is read by."""
PACKS_KEPT = 4
"""Calm faces under different parameters: as many as frames are drawn side by side."""
PACK_BYTES = CALM_SIZE**2 * (3 + 3 + 1) * 4 + STATIC_SIZE**2 * (4 + 1 + 1) * 4
"""What a `PlatePack`'s arrays take."""


class CalmFrame(NamedTuple):
    """One calm frame: on its grid, with its vertices (468, 3) in pixels, what lies before the face, and its smile."""

    reduced: ReducedFrame
    vertices: NDArray[np.float32]
    occlusion: OcclusionMatte | None
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class CalmReading:
    """The calm frames, as read from the plate: what every set of parameters starts from.

    `light` (512, 512, 3): log light in the chart, their median; `single`: that of the first few.
    """

    frames: tuple[CalmFrame, ...]
    light: ImageF32
    single: tuple[ImageF32, ...]
    face_width: float


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


@dataclass(frozen=True, slots=True, eq=False)
class CalmFace:
    """The performer's calm face, whose identity ever is put on it. Packs are kept for the last few sets of parameters.

    Safe to share between threads and between identities: nothing of a photo is in it.
    """

    reading: CalmReading
    _packs: KeptLooks[PlatePack] = field(default_factory=lambda: KeptLooks(PACKS_KEPT))

    def pack(self, settings: MeshSettings) -> PlatePack:
        """The calm face as these parameters read it."""
        return self._packs.get(PLATE_PARAMETERS(settings), lambda: build_plate(self.reading, settings))

    @property
    def most_bytes(self) -> int:
        """What it takes once all its packs are there."""
        lights = sum(each.nbytes for each in (self.reading.light, *self.reading.single))
        frames = sum(
            array.nbytes
            for each in self.reading.frames
            for array in (each.reduced.light, each.reduced.luma, each.reduced.least)
        )
        return lights + frames + PACKS_KEPT * PACK_BYTES


def calm_indices(solve: FaceSolve) -> list[int]:
    """Indices of the calm frames to look at, spread over the calmest, clear ones first."""
    clear = [int(i) for i in solve.neutral_frames if solve.clear[i]] or [int(i) for i in solve.neutral_frames]
    clear = clear or list(range(len(solve.frames)))
    calmest = clear[: max(CALM_FRAMES, len(clear) // 2)]
    picks = np.unique(np.linspace(0, len(calmest) - 1, min(CALM_FRAMES, len(calmest))).round().astype(int))
    return [calmest[i] for i in picks]


def read_calm(solve: FaceSolve, crops: FrameCrops) -> CalmReading:
    """The calm frames of one solve; `crops` reads the plate."""
    frames, lights = [], []
    for i in calm_indices(solve):
        rect, frame, vertices = _face_rect(solve, i), int(solve.frames[i]), solve.landmarks[i, :N_VERTICES]
        crop = crops(frame, rect)
        lights.append(log_light(chart(CALM_SIZE).unwrap(crop, vertices[:, :2] - (rect.x0, rect.y0))))
        reduced = reduce_frame(crop, rect, vertices, solve.face_width_px, ONE)
        frames.append(CalmFrame(reduced, vertices, solve.occlusion.get(frame), solve.scores[i]))
    light = np.median(np.stack(lights), axis=0).astype(np.float32)
    return CalmReading(tuple(frames), light, tuple(lights[:TEXTURE_FRAMES]), solve.face_width_px)


def build_plate(reading: CalmReading, settings: MeshSettings) -> PlatePack:
    """The pack of one solve's calm frames; `PLATE_PARAMETERS` decide it."""
    c, light, calm = chart(CALM_SIZE), reading.light, settings.calm
    masks = chart_masks(CALM_SIZE, settings.regions)
    hair = _hair(light, masks, calm)
    skin = (1 - masks.wide) * c.covered * (1 - hair)
    low = normalised_blur(light, skin, settings.bands.low_reach * c.face_width)
    middle = gaussian(light - low, settings.bands.middle_reach * c.face_width)
    small_skin = small(skin)
    frames, width = reading.frames, reading.face_width
    bands = [
        part_bands(each.reduced, each.vertices, small_skin[..., None], width, Covering(each.occlusion), settings.bands)
        for each in frames
    ]
    faces, softness = [each.vertices for each in frames], calm.calm_softness
    calm_middle = _calm([b.middle for b in bands], bands, faces, MEDIAN, softness)
    smile = float(np.mean([smile_share(each.scores, settings.photo) for each in frames]))
    calm_middle = _unsmiled(calm_middle, smile, settings.regions)
    calm_sparkle = _calm([b.sparkle for b in bands], bands, faces, calm.mark_usual, softness)
    return PlatePack(
        middle=middle,
        fine=light - low - middle,
        skin=small_skin,
        hair=small(hair),
        charts=_charts(small_skin, small(hair), calm_middle, calm_sparkle, settings),
        texture=_texture(reading.single, skin, masks, settings),
        shade=shade_of(middle, (skin > 0.5) & (masks.rim > calm.shade_rim), calm),
    )


def shade_of(middle: ImageF32, skin: Mask, calm: CalmSettings) -> NDArray[np.float32]:
    """Each channel's slope on luma over the middle detail of `skin`: skin in shade turns warmer, the more so the more
    saturated the grade. Four plates gave red 0.65..0.91, green 0.94..1.10, blue 1.09..1.25.
    """
    seen = middle[skin].astype(np.float64)
    luma = luma_of(seen)
    power = float((luma * luma).sum())
    if power < 1e-3:
        return np.ones(3, np.float32)
    return np.asarray(np.clip(luma @ seen / power, calm.shade_least, calm.shade_most), np.float32)


def _unsmiled(middle: Matte, smile: float, regions: RegionSettings) -> Matte:
    """The calm middle band without the folds of a performer who smiles even on the calmest frames.

    Otherwise a smiling still would count its folds as the neutral face and lose them.
    """
    return np.asarray(middle * (1 - smile * chart_masks(STATIC_SIZE, regions).fold), np.float32)


def _charts(skin: Matte, hair: Matte, middle: Matte, sparkle: Matte, settings: MeshSettings) -> ImageF32:
    masks, calm = chart_masks(STATIC_SIZE, settings.regions), settings.calm
    hairy = masks.lids + masks.brows
    rim = 1 - ramp(masks.rim, calm.strand_rim_start, calm.strand_rim_end)
    rim *= 1 - np.maximum(masks.features, masks.fallen)
    # Hair's dark isn't usual for skin: when it hangs elsewhere, the outline would be brightened by as much.
    near = np.minimum(2 * gaussian(hair, calm.strand_reach * STATIC_SIZE), 1)
    middle = np.asarray(middle + rim * near * (np.maximum(middle, -calm.fringe_shade) - middle), np.float32)
    return np.ascontiguousarray(np.dstack([skin, middle, sparkle + calm.hairy_margin * np.clip(hairy, 0, 1), rim]))


def _texture(lights: Sequence[ImageF32], skin: Matte, masks: ChartMasks, settings: MeshSettings) -> Texture:
    """Skin texture as single frames show it, averaged."""
    width = chart(len(skin)).face_width
    reach = settings.bands.middle_reach * width
    seen = [skin_texture(light - gaussian(light, reach), skin, masks, width, settings.texture) for light in lights]
    return Texture(np.mean([each.amplitude for each in seen], axis=0), float(np.mean([each.usual for each in seen])))


def small(layer: ImageF32 | Matte) -> ImageF32:
    """A layer of a larger chart at the size of everything smooth."""
    return np.asarray(cv2.resize(layer, (STATIC_SIZE, STATIC_SIZE), interpolation=cv2.INTER_AREA), np.float32)


def _calm(
    values: list[Matte],
    bands: list[PlateBands],
    vertices: list[NDArray[np.float32]],
    percentile: float,
    softness: float,
) -> Matte:
    """A percentile over the calm frames of a band laid out in the chart."""
    c = chart(STATIC_SIZE)
    laid = [c.unwrap(value, b.grid.places(v[:, :2])) for value, b, v in zip(values, bands, vertices, strict=True)]
    return gaussian(np.percentile(np.stack(laid), percentile, axis=0).astype(np.float32), softness * STATIC_SIZE)


def _face_rect(solve: FaceSolve, i: int) -> Rect:
    points = solve.landmarks[i, :N_VERTICES, :2]
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int)
    margin = int(FACE_MARGIN * solve.face_width_px) + 4
    return Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1])).grown(margin).clipped(solve.width, solve.height)


def _hair(light: ImageF32, masks: ChartMasks, calm: CalmSettings) -> Matte:
    """The performer's hair over the rim of the face: much darker than the inner skin, and a mass where a brow ends."""
    skin = (1 - masks.features) > 0.5
    inner = skin & (masks.rim > calm.fringe_inner)
    luma = gaussian(luma_of(light - np.median(light[inner], axis=0)), calm.fringe_softness * len(light))
    spread = max(calm.fringe_spread, SIGMA_OF_MEDIAN * float(np.median(np.abs(luma[inner]))))
    black = ramp(-luma / spread, calm.fringe_start, calm.fringe_end) * (1 - masks.fallen)
    massed = -gaussian(luma, calm.fringe_mass * len(light)) / spread
    mass = ramp(massed, calm.fringe_mass_start, calm.fringe_mass_end)
    near_rim = 1 - ramp(masks.rim, calm.fringe_rim_start, calm.fringe_rim_end)
    dark = np.maximum(black * (1 - masks.features), mass) * near_rim
    for _ in range(round(calm.strand_reach * len(light) / 2)):
        dark = np.minimum(np.maximum(cv2.dilate(dark, np.ones((5, 5), np.uint8)), dark), np.maximum(black, dark))
    return gaussian(
        np.asarray(cv2.dilate(dark, np.ones((5, 5), np.uint8)), np.float32), calm.fringe_softness * len(light)
    )
