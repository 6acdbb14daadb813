"""One photo of the identity, laid out in the face chart once, and parted into bands for each set of parameters."""

import math
from dataclasses import dataclass
from operator import attrgetter

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.swappers.mesh.expression import generic_basis, smile_share
from pipeline.engines.swappers.mesh.masks import chart_masks
from pipeline.engines.swappers.mesh.nose_edges import PhotoNose, photo_nose
from pipeline.engines.swappers.mesh.skin import foreign_matter
from pipeline.imaging.arrays import AnyArray, ImageF32, ImageU8, Matte
from pipeline.imaging.bands import gaussian, log_light, luma_of, normalised_blur, ramp
from pipeline.imaging.face_measures import face_width
from pipeline.imaging.harmonics import fit_light, harmonics9
from pipeline.imaging.mesh import (
    EYE_LEFT,
    EYE_RIGHT,
    IRIS_LEFT,
    IRIS_RIGHT,
    N_VERTICES,
    load_canonical,
    vertex_normals,
)
from pipeline.imaging.procrustes import canonicalise, flip
from pipeline.imaging.uv import chart
from pipeline.project.parameters import MeshSettings

ALIASING = 1.2
"""A photo finer than the chart by more is shrunk before it is laid out."""
PIXEL_BLUR = 0.45
"""Spread of the blur, in pixels of the plate, that a coarser picture would have had: its pixels' own size."""
IRIS_SHARE, IRIS_PIXELS = 0.85, 6
"""The part of an iris's radius whose colour is measured, without its rim, and how many pixels a measure needs."""


SOURCE_PARAMETERS = attrgetter("regions", "photo", "bands")
"""Of MeshSettings, those that a photo is read by."""


@dataclass(frozen=True, slots=True, eq=False)
class PhotoLayout:
    """A photo as the face's chart shows it: what every set of parameters starts from.

    `texture` (size, size, 3) RGB 0..1, no finer than the plate can show. `landmarks` (468, 3) pixels, `normals` (468,
    3) towards the photo's camera, `scores` (52,). `lip_gap`: opening between the inner lips over the mouth's width.
    `iris`: its colour in CIELAB (L 0..100) or None. `face_width` of the photo in pixels.
    """

    size: int
    texture: ImageF32
    landmarks: NDArray[np.float64]
    normals: NDArray[np.float64]
    scores: NDArray[np.float64]
    lip_gap: float
    iris: NDArray[np.float64] | None
    face_width: float


@dataclass(frozen=True, slots=True, eq=False)
class SourcePack:
    """The identity in the chart of `size`: `middle` and `fine` (size, size, 3) log detail over `low`.

    `confidence`: how well the photo shows each texel, or its mirror; `facing`: the texel itself. `foreign`: hair and
    other things over the skin. `skin`: where tone may be read. `uneven` (468, 3): slow tone that light does not
    explain. `smile`, `mouth_open` 0..1. `iris`: its colour in CIELAB (L 0..100) or None. `neutral` (468, 3)
    centimetres. `face_width` of the photo in pixels.
    """

    size: int
    low: ImageF32
    middle: ImageF32
    fine: ImageF32
    confidence: Matte
    facing: Matte
    foreign: Matte
    skin: Matte
    uneven: NDArray[np.float32]
    smile: float
    mouth_open: float
    iris: NDArray[np.float64] | None
    neutral: NDArray[np.float64]
    face_width: float
    nose: PhotoNose
    """Of several photos, as the first one shows it."""


def lay_out(photo: SourcePhoto, size: int, plate_face_width: float) -> PhotoLayout:
    """One photo at chart `size`, no finer than a plate face of `plate_face_width` pixels can show."""
    landmarks = photo.mesh.landmarks[:N_VERTICES]
    return PhotoLayout(
        size=size,
        texture=_unwrapped(photo.image, landmarks, size, plate_face_width),
        landmarks=landmarks,
        normals=vertex_normals(flip(landmarks), load_canonical().triangles),
        scores=photo.mesh.scores.astype(np.float64),
        lip_gap=_lip_gap(photo),
        iris=_iris_colour(photo),
        face_width=face_width(photo.mesh.landmarks),
    )


def build_source(layout: PhotoLayout, settings: MeshSettings) -> SourcePack:
    """The pack of one photo; `SOURCE_PARAMETERS` decide it."""
    size, normals, photo, bands = layout.size, layout.normals, settings.photo, settings.bands
    c, masks = chart(size), chart_masks(size, settings.regions)
    towards = c.spread(np.clip(normals[:, 2:], -1, 1))[..., 0]
    facing = ramp(towards, photo.facing_start, photo.facing_end)
    light, confidence = _mirrored(log_light(layout.texture), facing, photo.mirror_trust)
    foreign = foreign_matter(light, confidence, masks, c.covered, photo)
    skin = (1 - masks.wide) * c.covered * (1 - foreign) * np.clip(confidence, photo.unseen_skin, 1)
    skin = gaussian(skin, photo.skin_softness * size) * c.covered
    low = _low_band(light, skin, bands.low_reach * c.face_width, photo.dark_spot)
    detail = light - low
    middle = gaussian(detail, bands.middle_reach * c.face_width)
    canonical, pose = canonicalise(layout.landmarks, load_canonical().vertices, load_canonical().procrustes_weights)
    neutral = canonical - photo.photo_neutral * np.tensordot(layout.scores, generic_basis(), 1)
    return SourcePack(
        size=size,
        low=low,
        middle=middle,
        fine=detail - middle,
        confidence=confidence,
        facing=facing,
        foreign=foreign,
        skin=skin,
        uneven=_unexplained(low, skin, normals, size),
        smile=smile_share(layout.scores, photo),
        mouth_open=float(ramp(layout.lip_gap, photo.mouth_open_start, photo.mouth_open_end)),
        iris=layout.iris,
        neutral=neutral,
        face_width=layout.face_width,
        nose=photo_nose(pose.rotation[2], detail, photo),
    )


def _unwrapped(image: ImageU8, landmarks: NDArray[np.float64], size: int, plate_face_width: float) -> ImageF32:
    """The photo in the chart, without what it shows finer than the chart, lest it alias, or than the plate's pixels.

    Blurred before it is laid out: the chart shows a lid a third as high as pictures do, and what is blurred there
    turns lashes into a smear.
    """
    points, width = landmarks[:, :2], face_width(landmarks)
    pixels: AnyArray = image.astype(np.float32) / 255
    excess = width / chart(size).face_width
    if excess > ALIASING:
        height, columns = image.shape[:2]
        target = (round(columns / excess), round(height / excess))
        pixels = cv2.resize(pixels, target, interpolation=cv2.INTER_AREA)
        points = (points + 0.5) * (target[0] / columns, target[1] / height) - 0.5
        width /= excess
    finer = max(width / plate_face_width, 1.0)
    blurred = gaussian(pixels, PIXEL_BLUR * math.sqrt(finer**2 - 1))
    return chart(size).unwrap(blurred, points, cv2.INTER_CUBIC)


def _mirrored(light: ImageF32, facing: Matte, trust: float) -> tuple[ImageF32, Matte]:
    """What the photo hides is borrowed from the other half of the face."""
    other = facing[:, ::-1]
    share = (facing / (facing + other * (1 - facing) + 1e-4))[..., None]
    filled = light * share + light[:, ::-1] * (1 - share)
    return np.asarray(filled, np.float32), np.asarray(np.maximum(facing, other * trust), np.float32)


def _low_band(light: ImageF32, skin: Matte, sigma: float, dark_spot: float) -> ImageF32:
    """Slow light over skin; dark spots (moles, stubble, stray hair) count little."""
    low = normalised_blur(light, skin, sigma)
    dark = np.minimum(luma_of(light - low), 0)
    return normalised_blur(light, skin / (1 + (dark / dark_spot) ** 2), sigma)


def _unexplained(low: ImageF32, skin: Matte, normals: NDArray[np.float64], size: int) -> NDArray[np.float32]:
    """(468, 3) slow tone that nine harmonics of the photo's light leave over."""
    terms = harmonics9(normals)
    c = chart(size)
    weights = c.sample(skin)
    values = c.sample(low)
    return np.asarray(values - terms @ fit_light(terms, values, weights), np.float32)


def _lip_gap(photo: SourcePhoto) -> float:
    """Opening between the inner lips over the mouth's width."""
    points = photo.mesh.landmarks[:, :2]
    return float(np.linalg.norm(points[13] - points[14]) / (np.linalg.norm(points[78] - points[308]) + 1e-6))


def _iris_colour(photo: SourcePhoto) -> NDArray[np.float64] | None:
    """Median colour of both irises, where enough of them shows."""
    lab = None
    found = []
    for iris, eye in ((IRIS_RIGHT, EYE_RIGHT), (IRIS_LEFT, EYE_LEFT)):
        points = photo.mesh.landmarks[:, :2]
        centre = points[iris[0]]
        radius = float(np.linalg.norm(points[list(iris[1:])] - centre, axis=1).mean())
        disc = np.zeros(photo.image.shape[:2], np.uint8)
        opening = disc.copy()
        cv2.circle(disc, tuple(int(v) for v in np.rint(centre)), max(1, int(radius * IRIS_SHARE)), 1, -1)
        cv2.fillPoly(opening, [np.rint(points[list(eye)]).astype(np.int32)], 1)
        inside = (disc & opening) > 0
        if inside.sum() > IRIS_PIXELS:
            if lab is None:
                lab = cv2.cvtColor(photo.image.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
            found.append(np.median(lab[inside].astype(np.float64), axis=0))
    return np.mean(found, axis=0) if found else None
