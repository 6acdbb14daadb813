"""Which frames of a film cannot be trusted after a packet failed to decode.

A picture predicted from a damaged one comes out of the decoder all the same, with wrong pixels and no
mark on it. What depends on what is not known from outside, so every picture decoded after a damaged reference is
doubted until one that needs no other: exact for films whose frames stand alone, at most one group of
pictures for others.
"""

import numpy as np

from pipeline.media.film_index import FilmIndex


class Damage:
    """Decoding errors met since the decoder last started afresh."""

    def __init__(self, index: FilmIndex) -> None:
        self._index = index
        self._sync_order = index.order[index.sync]
        self._spans: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._spans)

    def clear(self) -> None:
        self._spans.clear()

    def add(self, frame: int, *, referenced: bool) -> None:
        """The packet of `frame` could not be decoded; `referenced`: other frames may be predicted from it."""
        position = int(self._index.order[frame])
        if not referenced:
            self._spans.append((position, frame))
            return
        later = np.flatnonzero(self._sync_order > position)
        until = int(self._index.sync[later].min()) if later.size else len(self._index.pts)
        self._spans.append((position, until))

    def covers(self, frame: int) -> bool:
        """Whether `frame` was decoded after an error and before the next fresh start."""
        position = int(self._index.order[frame])
        stands_alone = bool(np.any(self._index.sync == frame))
        return any(
            position == start or (start < position and frame < until and not stands_alone)
            for start, until in self._spans
        )
