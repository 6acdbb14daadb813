"""The measures taken on pixels, frame after frame, in regions drawn from the plate's landmarks.

What depends on the plate alone (flow, regions, its own figures) is taken once a frame by `PlateMeter` and handed to
the `ResultMeter` of every film that is compared with it.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.face_measures import face_width
from pipeline.quality.face_regions import FaceRegions, face_rect, face_regions
from pipeline.quality.signal_noise import backward_flow, carried, decibels, mean_squared_error
from pipeline.quality.skin_tone import HalfTone, ToneDifference, plate_tone, tone_difference
from pipeline.quality.texture_stability import FlickerMeter, detail_energy

TONE_FACE_WIDTH = 160.0
"""Skin tone is compared on pictures reduced to this face width: a mean colour needs no more pixels."""
TEMPORAL_MARGIN = 0.12
"""Margin of the region in which flow is computed, face widths."""

Landmarks = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class TemporalPair:
    """Temporal PSNR of one film between the frame before and this one, dB."""

    raw: float
    compensated: float


@dataclass(frozen=True, slots=True)
class StillMeasures:
    """What one clear frame says by itself: skin tone, PSNR inside eyes and mouth (dB), sharpness ratio."""

    tone: ToneDifference
    eyes: float
    mouth: float
    sharpness: float


@dataclass(frozen=True, slots=True)
class PixelMeasures:
    """One frame. NaN where a value could not be taken."""

    plate: TemporalPair
    result: TemporalPair
    plate_flicker: float
    result_flicker: float
    still: StillMeasures


@dataclass(frozen=True, slots=True, eq=False)
class PlateStill:
    """What skin is compared with: the plate's `fine` detail, and its tone on a picture of `tone_size` pixels."""

    fine: float
    tone_rect: Rect
    tone_size: tuple[int, int]
    tone: tuple[HalfTone, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PlateFrame:
    """The plate's half of one frame. `rect` is never empty; `flow` (h, w, 2) leads back to the frame before.

    `flow` is None where no frame lies before, `still` where something lies before the face.
    """

    picture: ImageU8
    landmarks: Landmarks
    rect: Rect
    regions: FaceRegions
    flow: NDArray[np.float32] | None
    pair: TemporalPair
    flicker: float
    still: PlateStill | None


NO_PAIR = TemporalPair(math.nan, math.nan)
NOTHING_STILL = StillMeasures(ToneDifference(math.nan, math.nan), math.nan, math.nan, math.nan)
UNMEASURED = PixelMeasures(NO_PAIR, NO_PAIR, math.nan, math.nan, NOTHING_STILL)


class PlateMeter:
    """Fed with the plate's frames in order. Keeps the previous one."""

    def __init__(self) -> None:
        self._flicker = FlickerMeter()
        self._before: ImageU8 | None = None

    def add(self, picture: ImageU8 | None, landmarks: Landmarks | None, clear: bool) -> PlateFrame | None:
        """Measure one frame (h, w, 3 RGB); None where it is damaged or shows no face.

        `landmarks` are the smoothed ones. Unless `clear`, only temporal measures are taken.
        """
        rect = _temporal_rect(picture, landmarks)
        if picture is None or landmarks is None or rect.empty:
            self._before = None
            self._flicker.add(None, None)
            return None
        luma = luma_of(picture)
        regions = face_regions(landmarks, rect)
        flow, pair = None, NO_PAIR
        if self._before is not None:
            before, after = cut(self._before, rect), cut(luma, rect)
            flow = backward_flow(before, after)
            pair = temporal_pair(before, after, flow, regions)
        self._before = luma
        still = _plate_still(picture, luma, landmarks, regions) if clear else None
        return PlateFrame(picture, landmarks, rect, regions, flow, pair, self._flicker.add(luma, landmarks), still)


class ResultMeter:
    """Fed with one film's frames in order, each beside the plate's. Keeps the previous one."""

    def __init__(self) -> None:
        self._flicker = FlickerMeter()
        self._before: ImageU8 | None = None

    def add(self, plate: PlateFrame | None, result: ImageU8 | None, clear: bool) -> PixelMeasures:
        """Measure one frame (h, w, 3 RGB). `clear`: the face is seen in both films with nothing before it.

        The plate's own figures are given for the very frames for which the result has some.
        """
        if plate is None or result is None:
            self._before = None
            self._flicker.add(None, None)
            return UNMEASURED
        luma = luma_of(result)
        pairs = NO_PAIR, NO_PAIR
        if self._before is not None and plate.flow is not None:
            before, after = cut(self._before, plate.rect), cut(luma, plate.rect)
            pairs = plate.pair, temporal_pair(before, after, plate.flow, plate.regions)
        self._before = luma
        flicker = self._flicker.add(luma, plate.landmarks)
        still = _still_measures(plate, plate.still, result, luma) if clear and plate.still else NOTHING_STILL
        return PixelMeasures(*pairs, math.nan if math.isnan(flicker) else plate.flicker, flicker, still)


def luma_of(picture: ImageU8) -> ImageU8:
    """(h, w) luma of an RGB picture."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


def temporal_pair(before: ImageU8, after: ImageU8, flow: NDArray[np.float32], regions: FaceRegions) -> TemporalPair:
    """Temporal PSNR inside the face of two lumas (h, w), plain and carried along the backward `flow`."""
    raw = mean_squared_error(before, after, regions.face)
    compensated = mean_squared_error(carried(before, flow), after, regions.face)
    return TemporalPair(float(decibels(raw)), float(decibels(compensated)))


def cut(picture: ImageU8, rect: Rect) -> ImageU8:
    """The rectangle of a picture, contiguous."""
    return np.ascontiguousarray(picture[rect.y0 : rect.y1, rect.x0 : rect.x1])


def _temporal_rect(picture: ImageU8 | None, landmarks: Landmarks | None) -> Rect:
    if picture is None or landmarks is None:
        return Rect(0, 0, 0, 0)
    height, width = picture.shape[:2]
    return face_rect(landmarks, width, height, TEMPORAL_MARGIN)


def _plate_still(picture: ImageU8, luma: ImageU8, landmarks: Landmarks, regions: FaceRegions) -> PlateStill:
    """Skin detail and tone of the plate; tone on a reduced picture."""
    wide = face_width(landmarks)
    scale = min(1.0, TONE_FACE_WIDTH / wide)
    height, width = picture.shape[:2]
    rect = face_rect(landmarks, width, height)
    size = max(8, round(rect.width * scale)), max(8, round(rect.height * scale))
    points = (np.asarray(landmarks[:, :2], np.float64) - (rect.x0, rect.y0) + 0.5) * scale - 0.5
    tone = plate_tone(_reduced(picture, rect, size), face_regions(points, Rect(0, 0, *size)))
    return PlateStill(detail_energy(cut(luma, regions.rect), regions.skin, wide), rect, size, tone)


def _still_measures(plate: PlateFrame, still: PlateStill, result: ImageU8, luma: ImageU8) -> StillMeasures:
    own, new = cut(plate.picture, plate.rect), cut(result, plate.rect)
    fine = detail_energy(cut(luma, plate.rect), plate.regions.skin, face_width(plate.landmarks))
    return StillMeasures(
        tone_difference(still.tone, _reduced(result, still.tone_rect, still.tone_size)),
        float(decibels(mean_squared_error(own, new, plate.regions.eyes))),
        float(decibels(mean_squared_error(own, new, plate.regions.mouth))),
        fine / max(still.fine, 1e-6),
    )


def _reduced(picture: ImageU8, rect: Rect, size: tuple[int, int]) -> ImageU8:
    return np.asarray(cv2.resize(cut(picture, rect), size, interpolation=cv2.INTER_AREA), np.uint8)
