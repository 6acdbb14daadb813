"""Hard cuts, found on thumbnails of the frames the pass decodes anyway.

A content score after PySceneDetect's ContentDetector (mean change of colour between neighbouring frames), judged
against the motion of the frames before, and against structure: a photographer's flash or an exposure change alters
every sample but leaves the picture's structure, a cut leaves neither.
"""

from collections import deque
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageU8

THUMBNAIL = (64, 36)
"""Width and height of the compared pictures."""
MIN_SCORE = 8.0
"""Mean change, in steps of 255, under which nothing is a cut."""
RATIO = 3.0
"""How far over the recent frames' median a cut must stand."""
MAX_LIKENESS = 0.75
"""Correlation of the two pictures' structure above which it is one shot in other light."""

_HISTORY = 12
_SAMPLED_HEIGHT = 90


def sampling_step(width: int, height: int) -> int:
    """Every how many pixels a picture of this size is sampled; 1 for what was sampled already."""
    return max(1, min(width, height) // _SAMPLED_HEIGHT)


def thumbnail(picture: ImageU8) -> NDArray[np.float32]:
    """A picture (h, w, 3) as (36, 64, 3); sampled sparsely first, so that large plates cost no more than small ones."""
    step = sampling_step(picture.shape[1], picture.shape[0])
    sparse = np.ascontiguousarray(picture[::step, ::step])
    return np.asarray(cv2.resize(sparse, THUMBNAIL, interpolation=cv2.INTER_AREA), np.float32)


class CutDetector:
    """Judges frames in order. What it remembers can be taken out and given to another one."""

    def __init__(self, previous: NDArray[np.float32] | None = None, scores: Iterable[float] = ()) -> None:
        self._previous = previous
        self._scores: deque[float] = deque(scores, maxlen=_HISTORY)

    @property
    def previous(self) -> NDArray[np.float32] | None:
        """Thumbnail of the last frame judged."""
        return self._previous

    @property
    def scores(self) -> tuple[float, ...]:
        """Content scores of the last frames judged."""
        return tuple(self._scores)

    def starts_shot(self, small: NDArray[np.float32]) -> bool:
        """Whether a new shot begins with the frame of this thumbnail; the first frame begins one."""
        previous, self._previous = self._previous, small
        if previous is None:
            return True
        score = float(np.abs(small - previous).mean())
        usual = float(np.median(self._scores)) if self._scores else 0.0
        self._scores.append(score)
        return score > max(MIN_SCORE, RATIO * usual) and likeness(previous, small) < MAX_LIKENESS


def likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Correlation of two thumbnails' brightness, -1..1; 0 where a picture is flat."""
    a, b = first.mean(axis=2).ravel(), second.mean(axis=2).ravel()
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / norm if norm > 1e-6 else 0.0
