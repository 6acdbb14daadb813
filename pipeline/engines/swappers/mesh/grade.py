"""The identity's detail matched to the plate: what is painted onto the face, and where."""

from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.broad import broad_difference
from pipeline.engines.swappers.mesh.hairs import brow_hairs, brow_rims, lashes_kept, line_crispness
from pipeline.engines.swappers.mesh.masks import ChartMasks, chart_masks
from pipeline.engines.swappers.mesh.nose_edges import PhotoNose, nose_dark
from pipeline.engines.swappers.mesh.photo_light import evened_tone, photo_light
from pipeline.engines.swappers.mesh.plate import STATIC_SIZE, PlatePack, shade_of
from pipeline.engines.swappers.mesh.source import SourcePack
from pipeline.engines.swappers.mesh.texture_match import Texture, fine_gain, grain_kept, skin_texture, stubble
from pipeline.imaging.arrays import ImageF32, Mask, Matte
from pipeline.imaging.bands import gaussian, luma_of, ramp, smoothstep
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import GradeSettings
from pipeline.project.parameters import MeshSettings

MATTE, LIDS, KNOWN, FOLDS, GRAIN, OPENED, CHANNELS = range(7)
"""Channels of `Textures.mattes`: where the identity's tone goes; the right eye with its lids, and the left one's
negative; the share of its detail there, the rest being the performer's own at this moment; folds; grain; where
deep folds are the performer's own skin."""

LEAST_COLOUR = 1e-4
"""Keeps the limit on colour finite where all of it goes."""

PACKS = ("regions", "photo", "views", "bands", "calm", "texture", "grade")
"""Of MeshSettings, those that photos and the calm face are read by, and matched to each other."""
PAINT_PARAMETERS = attrgetter(
    *PACKS,
    "view_mix", "unsmile", "forehead", "deshadow", "detail_gain", "chroma_gain", "highlight_limit", "shadow_limit",
    "stubble",
)  # fmt: skip
MATTE_PARAMETERS = attrgetter(*PACKS, "view_mix", "feather", "lip_likeness")
"""Of MeshSettings, those that paint and mattes depend on: each is built anew only where one of its own moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """What is painted. `detail` (size, size, 3): log detail.

    `uneven` (468, 3): slow tone of the identity at the vertices, in the plate's colour contrast. `broad` (256, 256, 4):
    what is laid under skin that stays the performer's (`broad_difference`).
    """

    detail: ImageF32
    uneven: NDArray[np.float32]
    broad: ImageF32


@dataclass(frozen=True, slots=True, eq=False)
class Textures:
    """What is painted, and where: `mattes` (256, 256, 6), see the channel names."""

    paint: Paint
    mattes: ImageF32
    nose: PhotoNose

    @property
    def detail(self) -> ImageF32:
        """The paint's."""
        return self.paint.detail

    @property
    def uneven(self) -> NDArray[np.float32]:
        """The paint's."""
        return self.paint.uneven


def match_to_plate(source: SourcePack, plate: PlatePack, settings: MeshSettings) -> Paint:
    """The detail of one identity matched to one plate; `PAINT_PARAMETERS` decide it."""
    masks, c, grade = chart_masks(source.size, settings.regions), chart(source.size), settings.grade
    calm = Calm(_at(plate.middle, source.size), _at(plate.fine, source.size))
    texture = skin_texture(source.fine, source.skin, masks, c.face_width, settings.texture)
    beard = stubble(texture, masks, grade)
    shaven = beard * (1 - settings.stubble)
    middle, fine = _calmed(source, calm, shaven, masks, settings)
    # Hair that lies over the performer's face would pass for contrast of its skin.
    hair = _at(plate.hair, source.size)
    inner = c.covered & (masks.rim > settings.texture.inner_rim) & (hair < settings.photo.foreign_limit)
    skin = (source.skin > 0.5) & (hair < settings.photo.foreign_limit)
    plain = masks.plain * source.confidence * (1 - source.foreign) * (1 - hair) * (1 - beard)
    light = photo_light(middle, calm.middle, plain, grade)
    middle = middle - light.excess
    wide_gain = _contrast_gain(calm.fine, fine, skin, grade, grade.fine_most)
    plate_texture = Texture(_at(plate.texture.amplitude, source.size), plate.texture.usual)
    lined = _lined(masks, grade)
    line_gain = np.where(luma_of(fine) > 0, min(wide_gain, grade.line_light), wide_gain)
    calm_detail = calm.middle + calm.fine
    calm_luma = luma_of(calm_detail)
    crisp = line_crispness(luma_of(middle + fine), calm_luma, masks, grade)
    gain = lined * line_gain * crisp + (1 - lined) * fine_gain(luma_of(fine), texture, plate_texture, masks, grade)
    fine = np.asarray(fine * (gain * settings.detail_gain)[..., None], np.float32)
    middle_gain = _contrast_gain(calm.middle, middle, skin & inner, grade, grade.middle_most)
    own, plates = _shades(source, plate, skin & inner, settings)
    smooth = (1 - masks.features)[..., None]
    chroma, chroma_gain = _chroma_matched(
        _chroma(middle + fine, own * smooth),
        _chroma(calm_detail, plates * smooth),
        inner & (source.foreign < settings.photo.foreign_limit),
        masks,
        settings,
    )
    luma = _luma_matched(luma_of(middle), luma_of(fine), middle_gain, masks, settings)
    luma = luma - brow_rims(luma, masks, grade)
    luma = luma + brow_hairs(luma, calm_luma, 1 - _at(plate.hair, source.size), masks, grade)
    groove = grade.philtrum_shade * masks.philtrum * (1 - beard)
    luma = luma - groove * _shading(luma, grade)
    painted = luma[..., None] * (1 + plates * smooth) + chroma * ((1 - shaven) * (1 - groove))[..., None]
    # Where the identity ends on the forehead a tone of its own would stand as a band.
    tone = source.uneven * (1 - settings.forehead * c.sample(masks.forehead)[:, None])
    bare = 1 - c.sample(gaussian(shaven, grade.bare_softness * source.size))[:, None]
    grey = np.clip(tone.mean(1, keepdims=True), -grade.uneven_dark, grade.uneven_light)
    grey = evened_tone(grey, light.strength * (1 - c.sample(beard)[:, None]), grade)
    return Paint(
        detail=np.ascontiguousarray(painted, np.float32),
        uneven=np.asarray(grey * (1 + plates) + _chroma(tone, own) * (chroma_gain * bare), np.float32),
        broad=broad_difference(painted, calm_detail, masks, grade),
    )


def identity_mattes(source: SourcePack, plate: PlatePack, settings: MeshSettings) -> ImageF32:
    """(256, 256, 6) where the identity is painted; `MATTE_PARAMETERS` decide it."""
    masks, grade = chart_masks(source.size, settings.regions), settings.grade
    known = gaussian(
        np.asarray(cv2.erode(source.confidence, np.ones((3, 3), np.uint8))), grade.known_softness * source.size
    )
    known = known * (1 - _teeth_line(source, masks)) * (1 - masks.nostrils) * (1 - masks.corners)
    known = known * (1 - masks.smile * min(1.0, grade.mouth_doubt * source.smile))
    known = known * (1 - masks.lips * (1 - settings.lip_likeness))
    calm = _at(luma_of(plate.middle + plate.fine), source.size)
    own = luma_of(source.middle + source.fine)
    known = known * (1 - lashes_kept(own, calm, masks, grade))
    known = known * (1 - source.nose.shaded * nose_dark(own, masks, grade))
    matte = smoothstep(masks.rim, grade.edge_start, grade.edge_start + settings.feather) * (1 - source.foreign)
    return _mattes(matte, known, plate, settings)


class Calm(NamedTuple):
    """The performer's calm detail at the source's chart size."""

    middle: ImageF32
    fine: ImageF32


def _calmed(
    source: SourcePack, calm: Calm, shaven: Matte, masks: ChartMasks, settings: MeshSettings
) -> tuple[ImageF32, ImageF32]:
    """Middle and fine detail without the photo's smile folds, cast shadows and unwanted stubble."""
    grade = settings.grade
    luma = luma_of(source.middle)
    deeper = luma[:, ::-1] - luma
    shadow = np.clip(deeper - grade.shadow_margin, 0, grade.shadow_most) * (1 - masks.wide) * chart(source.size).covered
    lifted = (settings.deshadow * shadow / np.maximum(deeper, grade.shadow_margin))[..., None]
    middle = source.middle + lifted * (source.middle[:, ::-1] - source.middle)
    fold = np.clip(masks.fold * source.smile, 0, 1) * settings.unsmile
    middle = middle * (1 - fold[..., None]) * (1 - shaven[..., None])
    performers = (masks.forehead * settings.forehead)[..., None]
    return middle * (1 - performers) + calm.middle * performers, source.fine * (1 - grade.fold_fine * fold)[..., None]


def grade_strength(shade: NDArray[np.float32], settings: MeshSettings) -> float:
    """0 for a plate as cameras give it, 1 for a strong grade: by how differently shade changes its channels."""
    apart = float(np.linalg.norm(shade - 1))
    return float(ramp(apart, settings.grade.graded_start, settings.grade.graded_end))


def _shades(
    source: SourcePack, plate: PlatePack, skin: Mask, settings: MeshSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(3,) what a unit of shade adds to each channel of the identity's skin, and of the plate's.

    Cameras differ little there, and both are 0. A strong grade doesn't: a shadow that keeps the photo's colour, or
    darkens a channel that is clipped on the plate, would stand on such skin as a dull or pale patch.
    """
    strength = np.float32(grade_strength(plate.shade, settings))
    own = shade_of(source.middle, skin, settings.calm)
    return strength * (own - 1), strength * (plate.shade - 1)


def _teeth_line(source: SourcePack, masks: ChartMasks) -> Matte:
    """The lips' inner edge, where a photo with an open mouth shows teeth and dark instead of lip."""
    return masks.inner_lip * source.mouth_open


def _chroma_matched(
    chroma: ImageF32, plate_chroma: ImageF32, plain: Mask, masks: ChartMasks, settings: MeshSettings
) -> tuple[ImageF32, float]:
    """The identity's colour detail at the contrast of the plate's, and the gain that takes it there.

    Skin's is limited besides: a coloured shadow in the photo is light, not skin.
    """
    grade = settings.grade
    gain = (
        float(np.clip(_rms3(plate_chroma, plain) / _rms3(chroma, plain), grade.chroma_least, grade.chroma_most))
        * settings.chroma_gain
    )
    chroma = chroma * gain * _calm_rim(masks, grade)[..., None]
    bare = plain & (masks.wide < grade.chroma_bare)
    plain_skin = (1 - grade.lid_colour * masks.lids) * (1 - grade.frown_shade * masks.between_brows)
    limit = grade.chroma_limit * _rms3(plate_chroma, bare) * plain_skin[..., None] + LEAST_COLOUR
    size = np.sqrt(luma_of(chroma**2)[..., None]) + 1e-6
    limited = chroma * (limit * np.tanh(size / limit) / size)
    feature = (masks.features * masks.lips)[..., None]
    return chroma * feature + limited * (1 - feature), gain


def _lined(masks: ChartMasks, grade: GradeSettings) -> Matte:
    """Features with a soft surrounding, and lids: where dark lines are the face's own."""
    lined = grade.line_gain * gaussian(masks.features, grade.line_softness * len(masks.features)) + masks.lids
    return np.asarray(np.clip(lined, 0, 1), np.float32)


def _luma_matched(middle: Matte, fine: Matte, gain: float, masks: ChartMasks, settings: MeshSettings) -> Matte:
    """Luma detail at the plate's contrast; baked-in light and shadow on lids, skin and teeth held back."""
    grade = settings.grade
    skin = 1 - masks.features
    shaded = (1 - grade.lid_shade * masks.lids) * (1 - grade.frown_shade * masks.between_brows)
    middle = middle * np.where(middle < 0, shaded, 1.0)
    luma = (middle + fine) * (gain * skin + (1 - grade.feature_gain + grade.feature_gain * gain) * (1 - skin))
    luma = np.where(luma > 0, luma * (1 - grade.lid_light * masks.lids), luma)
    light, shade = settings.highlight_limit, settings.shadow_limit
    lined = _lined(masks, grade)
    dark = -shade * np.tanh(-luma / shade) * (1 - lined) - grade.line_limit * np.tanh(-luma / grade.line_limit) * lined
    luma = np.where(luma > 0, light * np.tanh(luma / light), dark)
    toothless = luma * (1 - masks.inner_lip) + masks.inner_lip * np.minimum(luma, grade.teeth_limit)
    return np.asarray(np.where(luma > 0, toothless * _calm_rim(masks, grade), luma), np.float32)


def _shading(luma: Matte, grade: GradeSettings) -> Matte:
    """What of `luma` is shade rather than skin: neither fine nor slight."""
    slow = gaussian(luma, grade.shade_size * len(luma))
    return slow * (slow**2 / (slow**2 + grade.slight_shade**2))


def _calm_rim(masks: ChartMasks, grade: GradeSettings) -> Matte:
    """Less light and colour towards the outline, where a photo's rim light or background would glow."""
    return grade.rim_least + (1 - grade.rim_least) * ramp(masks.rim, grade.rim_start, grade.rim_end)


def _mattes(matte: Matte, known: Matte, plate: PlatePack, settings: MeshSettings) -> ImageF32:
    masks = chart_masks(STATIC_SIZE, settings.regions)
    planes = np.empty((STATIC_SIZE, STATIC_SIZE, CHANNELS), np.float32)
    small = cv2.resize(matte, (STATIC_SIZE, STATIC_SIZE), interpolation=cv2.INTER_AREA)
    planes[..., MATTE] = small * (1 - plate.hair)
    planes[..., LIDS] = masks.lid_right - masks.lid_left
    planes[..., KNOWN] = cv2.resize(known, (STATIC_SIZE, STATIC_SIZE), interpolation=cv2.INTER_AREA)
    planes[..., FOLDS] = (1 - masks.still) * (1 - masks.ridge)
    planes[..., OPENED] = masks.opened
    planes[..., GRAIN] = (1 - masks.still) * grain_kept(
        Texture(_at(plate.texture.amplitude, STATIC_SIZE), plate.texture.usual), masks, settings.grade
    )
    return planes


def _at(texture: ImageF32, size: int) -> ImageF32:
    if len(texture) == size:
        return texture
    return np.asarray(cv2.resize(texture, (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def _chroma(detail: ImageF32, shade: ImageF32) -> ImageF32:
    """Colour that is neither luma nor what `shade` says of it."""
    luma = luma_of(detail)[..., None]
    return np.asarray(detail - luma - luma * shade, np.float32)


def _contrast_gain(calm: ImageF32, detail: ImageF32, where: Mask, grade: GradeSettings, most: float) -> float:
    """Gain that takes the contrast of `detail` towards the performer's calm one, at most to `most`."""
    ratio = _rms(calm, where) / _rms(detail, where)
    return float(np.clip(ratio**grade.contrast_power, grade.contrast_least, most))


def _rms(detail: ImageF32, where: Mask) -> float:
    """Root mean square of the luma of `detail` over a mask."""
    return float(np.sqrt(np.mean(luma_of(detail)[where] ** 2))) + 1e-6


def _rms3(detail: ImageF32, where: Mask) -> float:
    return float(np.sqrt(np.mean(detail[where] ** 2))) + 1e-6
