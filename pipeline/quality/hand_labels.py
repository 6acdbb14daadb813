"""Hand mattes drawn by eye, and how well a computed matte agrees with them.

A label is a set of polygons in plate pixels and a region, the face with a margin, in which it is compared: where the
hand goes on outside the face nobody needs a matte, and counting it would flatter one.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import OcclusionMatte
from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.imaging.arrays import Mask, Matte

SUBPIXEL_BITS = 4
"""Polygon corners are rasterised at 1/16 pixel."""
COVERED = 0.5
"""Coverage from which a pixel counts as hidden."""


@dataclass(frozen=True, slots=True, eq=False)
class HandLabel:
    """One labelled frame: `hand` and `region` are (h, w) membership in plate pixels."""

    frame: int
    hand: Mask
    region: Mask


@dataclass(frozen=True, slots=True, eq=False)
class HandLabels:
    """All labels of one clip. A hand lies before the face in every frame `first_occluded`..`last_occluded`."""

    clip: str
    width: int
    height: int
    first_occluded: int
    last_occluded: int
    labels: tuple[HandLabel, ...]


def load_hand_labels(path: Path) -> HandLabels:
    """The labels of a JSON file: frames of `hand` polygons minus `holes`, compared inside the polygon `region`.

    Raises
    ------
    MediaNotFound, MediaUnreadable
    """
    if not path.is_file():
        raise MediaNotFound(f"There are no hand labels at {path}. Give the folder that holds hand_mattes.json.")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        shape = (int(document["height"]), int(document["width"]))
        labels = tuple(_label(entry, shape) for entry in document["frames"])
        first, last = int(document["first_occluded"]), int(document["last_occluded"])
        clip = str(document["clip"])
    except (KeyError, TypeError, ValueError) as cause:
        raise MediaUnreadable(f"The hand labels in {path} cannot be read ({cause!r}). Restore the file.") from cause
    return HandLabels(clip, shape[1], shape[0], first, last, labels)


def matte_picture(matte: OcclusionMatte | None, width: int, height: int) -> Matte:
    """The matte as a whole picture (height, width), 0..1; nothing hidden where there is none."""
    picture = np.zeros((height, width), np.float32)
    if matte is not None:
        x0, y0, x1, y1 = matte.rect
        picture[y0:y1, x0:x1] = matte.coverage.astype(np.float32) / 255.0
    return picture


def intersection_over_union(matte: Matte, label: HandLabel) -> float:
    """|matte ∧ hand| / |matte ∨ hand| inside the label's region, the matte cut at half coverage; 1 if both empty."""
    covered = (matte >= COVERED) & label.region
    hand = label.hand & label.region
    union = int((covered | hand).sum())
    return float((covered & hand).sum() / union) if union else 1.0


def label_scores(mattes: Mapping[int, OcclusionMatte], labels: HandLabels) -> dict[int, float]:
    """Intersection over union by labelled frame."""
    return {
        label.frame: intersection_over_union(matte_picture(mattes.get(label.frame), labels.width, labels.height), label)
        for label in labels.labels
    }


def uncovered_frames(
    mattes: Mapping[int, OcclusionMatte], frames: Iterable[int], faces: Mapping[int, NDArray[np.floating]], least: float
) -> list[int]:
    """Frames of `frames` in which less than the share `least` of the face is hidden: the hand went unseen there.

    `faces` gives the face outline (n, 2) in pixels by frame; frames without one are uncovered.
    """
    missing = []
    for frame in frames:
        matte, outline = mattes.get(frame), faces.get(frame)
        if matte is None or outline is None or _hidden_share(matte, outline) < least:
            missing.append(frame)
    return missing


def polygon_mask(points: NDArray[np.floating] | Any, shape: tuple[int, int]) -> Mask:
    """Pixels inside a polygon (n, 2) of pixel coordinates, integer coordinates being pixel centres."""
    mask = np.zeros(shape, np.uint8)
    corners = np.rint(np.asarray(points, np.float64) * (1 << SUBPIXEL_BITS)).astype(np.int32)
    cv2.fillPoly(mask, [corners], 1, shift=SUBPIXEL_BITS)
    return mask.astype(np.bool_)


def _hidden_share(matte: OcclusionMatte, outline: NDArray[np.floating]) -> float:
    rect = matte.rect
    face = polygon_mask(outline[:, :2] - (rect.x0, rect.y0), (rect.height, rect.width))
    whole = abs(float(cv2.contourArea(np.asarray(outline[:, :2], np.float32))))
    hidden = float((matte.coverage.astype(np.float32) / 255.0)[face].sum())
    return hidden / whole if whole > 0 else 0.0


def _label(entry: dict[str, Any], shape: tuple[int, int]) -> HandLabel:
    hand = np.zeros(shape, np.bool_)
    for polygon in entry["hand"]:
        hand |= polygon_mask(polygon, shape)
    for polygon in entry["holes"]:
        hand &= ~polygon_mask(polygon, shape)
    return HandLabel(int(entry["frame"]), hand, polygon_mask(entry["region"], shape))
