"""The measures taken on pixels, frame after frame of both films, in regions drawn from the plate's landmarks."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.face_measures import face_width
from pipeline.quality.face_regions import face_rect, face_regions
from pipeline.quality.signal_noise import backward_flow, carried, decibels, mean_squared_error
from pipeline.quality.skin_tone import ToneDifference, tone_difference
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


NO_PAIR = TemporalPair(math.nan, math.nan)
NOTHING_STILL = StillMeasures(ToneDifference(math.nan, math.nan), math.nan, math.nan, math.nan)
UNMEASURED = PixelMeasures(NO_PAIR, NO_PAIR, math.nan, math.nan, NOTHING_STILL)


class PixelMeter:
    """Fed with the frames of both films in order. Keeps the previous pair."""

    def __init__(self) -> None:
        self._flicker = (FlickerMeter(), FlickerMeter())
        self._before: tuple[ImageU8, ImageU8] | None = None

    def add(
        self, plate: ImageU8 | None, result: ImageU8 | None, landmarks: Landmarks | None, clear: bool
    ) -> PixelMeasures:
        """Measure one frame (h, w, 3 RGB). `landmarks` are the plate's smoothed ones, None where no face was found.

        Unless `clear`, only temporal measures are taken: something lies before the face.
        """
        if plate is None or result is None or landmarks is None:
            self._before = None
            for meter in self._flicker:
                meter.add(None, None)
            return UNMEASURED
        luma = (cv2.cvtColor(plate, cv2.COLOR_RGB2GRAY), cv2.cvtColor(result, cv2.COLOR_RGB2GRAY))
        now = (np.asarray(luma[0], np.uint8), np.asarray(luma[1], np.uint8))
        pairs = self._temporal(now, landmarks)
        self._before = now
        flicker = [meter.add(picture, landmarks) for meter, picture in zip(self._flicker, now, strict=True)]
        still = _still_measures(plate, result, now, landmarks) if clear else NOTHING_STILL
        return PixelMeasures(pairs[0], pairs[1], flicker[0], flicker[1], still)

    def _temporal(self, now: tuple[ImageU8, ImageU8], landmarks: Landmarks) -> tuple[TemporalPair, TemporalPair]:
        height, width = now[0].shape
        rect = face_rect(landmarks, width, height, TEMPORAL_MARGIN)
        if self._before is None or rect.empty:
            return NO_PAIR, NO_PAIR
        face = face_regions(landmarks, rect).face
        before = [cut(picture, rect) for picture in self._before]
        after = [cut(picture, rect) for picture in now]
        flow = backward_flow(before[0], after[0])
        pairs = []
        for previous, current in zip(before, after, strict=True):
            raw = mean_squared_error(previous, current, face)
            compensated = mean_squared_error(carried(previous, flow), current, face)
            pairs.append(TemporalPair(float(decibels(raw)), float(decibels(compensated))))
        return pairs[0], pairs[1]


def cut(picture: ImageU8, rect: Rect) -> ImageU8:
    """The rectangle of a picture, contiguous."""
    return np.ascontiguousarray(picture[rect.y0 : rect.y1, rect.x0 : rect.x1])


def _still_measures(
    plate: ImageU8, result: ImageU8, luma: tuple[ImageU8, ImageU8], landmarks: Landmarks
) -> StillMeasures:
    height, width = luma[0].shape
    rect = face_rect(landmarks, width, height, TEMPORAL_MARGIN)
    if rect.empty:
        return NOTHING_STILL
    regions = face_regions(landmarks, rect)
    own, new = cut(plate, rect), cut(result, rect)
    fine = [detail_energy(cut(picture, rect), regions.skin, face_width(landmarks)) for picture in luma]
    return StillMeasures(
        _tone(plate, result, landmarks),
        float(decibels(mean_squared_error(own, new, regions.eyes))),
        float(decibels(mean_squared_error(own, new, regions.mouth))),
        fine[1] / max(fine[0], 1e-6),
    )


def _tone(plate: ImageU8, result: ImageU8, landmarks: Landmarks) -> ToneDifference:
    """Skin tone on both pictures, reduced alike."""
    scale = min(1.0, TONE_FACE_WIDTH / face_width(landmarks))
    height, width = plate.shape[:2]
    rect = face_rect(landmarks, width, height)
    size = max(8, round(rect.width * scale)), max(8, round(rect.height * scale))
    small = [cv2.resize(cut(picture, rect), size, interpolation=cv2.INTER_AREA) for picture in (plate, result)]
    points = (np.asarray(landmarks[:, :2], np.float64) - (rect.x0, rect.y0) + 0.5) * scale - 0.5
    regions = face_regions(points, Rect(0, 0, *size))
    return tone_difference(np.asarray(small[0], np.uint8), np.asarray(small[1], np.uint8), regions)
