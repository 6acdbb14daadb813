"""Joining the many boxes a detector gives for one face."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import Detection

OVERLAP = 0.3
"""Boxes with more intersection over union than this are one face (MediaPipe's setting)."""


def intersection(box: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area shared by `box` (4,) with each of `boxes` (n, 4)."""
    size = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    return np.asarray(np.maximum(size, 0).prod(axis=1))


def area(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Areas of `boxes` (n, 4); turned-inside-out boxes count as empty."""
    return np.asarray(np.maximum(boxes[:, 2:] - boxes[:, :2], 0).prod(axis=1))


def overlap(box: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Intersection over union of `box` (4,) with each of `boxes` (n, 4)."""
    shared = intersection(box, boxes)
    return np.asarray(shared / np.maximum(area(box[None]) + area(boxes) - shared, 1e-12))


def weighted_suppression(
    boxes: NDArray[np.float64], keypoints: NDArray[np.float64], scores: NDArray[np.float64], threshold: float = OVERLAP
) -> list[Detection]:
    """One detection a cluster, best first: the score-weighted mean of its boxes and keypoints, with its best score.

    After MediaPipe's NonMaxSuppressionCalculator in its WEIGHTED mode.
    """
    order = np.argsort(-scores, kind="stable")
    merged = []
    while len(order):
        joined = overlap(boxes[order[0]], boxes[order]) > threshold
        joined[0] = True
        cluster = order[joined]
        weights = scores[cluster] / scores[cluster].sum()
        merged.append(
            Detection(
                (boxes[cluster] * weights[:, None]).sum(axis=0),
                (keypoints[cluster] * weights[:, None, None]).sum(axis=0),
                float(scores[order[0]]),
            )
        )
        order = order[~joined]
    return merged


def merge_tiles(detections: Iterable[Detection], inside: float = 0.6) -> list[Detection]:
    """Detections of overlapping tiles as one list, best first.

    Beyond ordinary suppression, a box that lies by `inside` of its own area within a better one, or holds so much of
    it, is dropped: a tile that cuts a face finds a smaller box in it. Boxes aren't averaged here, since the tiles see
    a face at different sizes and the one with the best score sees it best.
    """
    kept: list[Detection] = []
    for candidate in sorted(detections, key=lambda each: (-each.score, *each.box.tolist())):
        others = np.array([each.box for each in kept]).reshape(-1, 4)
        shared = intersection(candidate.box, others)
        smaller = np.minimum(area(candidate.box[None]), area(others))
        if not np.any(shared > inside * np.maximum(smaller, 1e-12)) and not np.any(
            overlap(candidate.box, others) > OVERLAP
        ):
            kept.append(candidate)
    return kept
