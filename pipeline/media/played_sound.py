"""A film's sound for playing: any stretch of it, as stereo samples on the clock of its pictures."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.media.sound_reader import PLAYED_RATE, Samples, played_blocks

Stereo = NDArray[np.int16]
"""(n, 2) left and right."""


class PlayedSound:
    """One stream of one film; used by one thread. Sample `n` is heard n / 48000 s after the first picture appears."""

    def __init__(self, path: Path, stream: int, first_picture: Fraction) -> None:
        self._path, self._stream, self._first_picture = path, stream, first_picture
        self._blocks: Iterator[Samples] = iter(())
        self._held = np.zeros((2, 0), np.float32)
        self._position: int | None = None

    def read(self, start: int, count: int) -> Stereo:
        """`count` samples from `start` on; silence beyond the sound's end. What follows the last stretch is read on,
        without a seam; for another place the file is entered anew.

        Raises MediaUnreadable: the file has gone or its medium fails.
        """
        if start != self._position:
            self._blocks = played_blocks(self._path, self._stream, self._first_picture + Fraction(start, PLAYED_RATE))
            self._held = np.zeros((2, 0), np.float32)
        self._position = None  # Until it is read: an error leaves nothing to go on from.
        found = [self._held]
        length = self._held.shape[1]
        while length < count and (block := next(self._blocks, None)) is not None:
            found.append(block)
            length += block.shape[1]
        samples = np.concatenate(found, axis=1)
        self._held, self._position = samples[:, count:], start + count
        whole = np.zeros((count, 2), np.int16)
        heard = samples[:, :count]
        whole[: heard.shape[1]] = np.rint(np.clip(heard, -1.0, 1.0) * 32767.0).astype(np.int16).T
        return whole
