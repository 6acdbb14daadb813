"""The outline of a plate's sound: its least and greatest sample in every eighth of a frame."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pipeline.media.sound_reader import SOUND_RATE, Samples

BINS_A_FRAME = 8

Outline = NDArray[np.int8]
"""Samples times 127, rounded away from zero so that what can be heard can be seen."""


def outline(
    blocks: Iterator[Samples], times: Sequence[Fraction], last_s: Fraction, cancelled: Callable[[], bool]
) -> tuple[Outline, Outline]:
    """(least, greatest), each (8 · frames,), of mono samples at `SOUND_RATE` from the first frame on.

    `times`: when each frame is shown, seconds, ascending; the last one is shown `last_s`. Silence where the sound ends
    early, or where `cancelled` said so.
    """
    edges = _edges(times, last_s)
    low, high = np.zeros(len(edges) - 1, np.float32), np.zeros(len(edges) - 1, np.float32)
    held, done = np.zeros(0, np.float32), 0
    """Samples from the edge `done` on."""
    for block in blocks:
        held = np.concatenate([held, block])
        stop = int(np.searchsorted(edges, edges[done] + len(held), "right")) - 1
        if stop > done:
            starts = edges[done:stop] - edges[done]
            used = edges[stop] - edges[done]
            low[done:stop] = np.minimum.reduceat(held[:used], starts)
            high[done:stop] = np.maximum.reduceat(held[:used], starts)
            held, done = held[used:], stop
        if done == len(low) or cancelled():
            break
    return _whole(low), _whole(high)


def _edges(times: Sequence[Fraction], last_s: Fraction) -> NDArray[np.int64]:
    """(8 · frames + 1,) the first sample of each bin, and the one after the last; every bin holds one at least."""
    ends = np.array([float(each - times[0]) for each in (*times, times[-1] + last_s)])
    places = np.interp(np.arange(BINS_A_FRAME * len(times) + 1) / BINS_A_FRAME, np.arange(len(ends)), ends)
    samples = np.rint(places * SOUND_RATE).astype(np.int64)
    ramp = np.arange(len(samples))
    return np.asarray(np.maximum.accumulate(samples - ramp) + ramp)


def _whole(values: NDArray[np.float32]) -> Outline:
    scaled = np.clip(values, -1.0, 1.0) * 127.0
    return np.asarray(np.where(scaled < 0, np.floor(scaled), np.ceil(scaled)), np.int8)
