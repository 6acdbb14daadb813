"""Anchor grids of the single-shot detectors, and the decoding of their raw outputs.

Follows MediaPipe's SsdAnchorsCalculator with a fixed anchor size of one, and TensorsToDetectionsCalculator.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SCORE_CLIP = 100.0


def anchor_grid(layers: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Anchor centres (n, 2), 0..1, row by row; each layer is (cells a side, anchors a cell)."""
    grids = []
    for cells, repeats in layers:
        centres = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(centres, centres, indexing="ij")
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), repeats, axis=0))
    return np.concatenate(grids).astype(np.float32).astype(np.float64)


def decode(
    regressors: NDArray[np.float32],
    logits: NDArray[np.float32],
    anchors: NDArray[np.float64],
    input_size: int,
    threshold: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Candidates of one picture whose score reaches the threshold.

    Parameters
    ----------
    regressors
        (n, 4 + 2k): centre and size of the box, then k keypoints, in tensor pixels relative to the anchor.
    logits
        (n, 1) score before the sigmoid.

    Returns
    -------
    boxes (m, 4) x0 y0 x1 y1, keypoints (m, k, 2) and scores (m,); positions 0..1 of the tensor.
    """
    scores = 1 / (1 + np.exp(-np.clip(logits[:, 0].astype(np.float64), -_SCORE_CLIP, _SCORE_CLIP)))
    kept = np.flatnonzero(scores >= threshold)
    raw = regressors[kept].astype(np.float64) / input_size
    origin = anchors[kept]
    centre, half = raw[:, :2] + origin, raw[:, 2:4] / 2
    boxes = np.concatenate([centre - half, centre + half], axis=1)
    keypoints = raw[:, 4:].reshape(len(kept), (raw.shape[1] - 4) // 2, 2) + origin[:, None]
    return boxes, keypoints, scores[kept]
