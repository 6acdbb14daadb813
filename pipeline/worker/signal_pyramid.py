"""Signals for drawing: least and greatest values over runs of plate frames, at every power of two of coarseness."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNELS
from pipeline.analysis.activation import activation
from pipeline.analysis.signals import FaceSignals

Table = NDArray[np.float32]
"""(channels, buckets)."""

NAMES: tuple[str, ...] = (
    *(channel.name for channel in CHANNELS),
    "yaw",
    "pitch",
    "roll",
    "lid_left",
    "lid_right",
    "change",
    "plate_change",
    "trust",
    "activation",
    "sound_level",
    "speech",
    "voice_pitch",
    "speaks",
)
"""Action units as `analysis.action_units` names them; degrees; lid openings (1 as at rest); 1 - SSIM of the face and of
the whole picture against the frame before; the least trust of any part of the face, 0..1; how strongly it expresses
anything (`analysis.activation`), 0..1; dB of full scale; probability
of speech; Hz; probability that somebody speaks and that it is this face. The last four are NaN in silence."""


class SignalPyramid:
    """Signals of one face over a whole plate of `frames` frames; NaN where the face isn't seen."""

    def __init__(self, signals: FaceSignals, frames: int) -> None:
        full = np.full((len(NAMES), frames), np.nan, np.float32)
        full[:, signals.frames] = _rows(signals)
        self._frames = frames
        self._levels: list[tuple[Table, Table]] = [(full, full)]
        while self._levels[-1][0].shape[1] > 1:
            self._levels.append(_halved(*self._levels[-1]))

    def block(self, start: int, stop: int, columns: int) -> tuple[int, int, Table, Table]:
        """(first frame, step, least, greatest) over frames start..stop-1, in at most `columns` buckets.

        Buckets begin at multiples of the step, so that a view that scrolls shows the same ones.
        """
        start, stop = max(0, start), min(self._frames, stop)
        level = 0
        while level + 1 < len(self._levels) and _buckets(start, stop, 1 << level) > max(1, columns):
            level += 1
        step = 1 << level
        low, high = self._levels[level]
        first, last = start // step, -(-stop // step)
        return first * step, step, low[:, first:last], high[:, first:last]


def _buckets(start: int, stop: int, step: int) -> int:
    return -(-stop // step) - start // step


def _rows(signals: FaceSignals) -> Table:
    rows: Sequence[NDArray[np.floating]] = (
        signals.units.T,
        signals.pose.T,
        signals.lids.T,
        signals.change[None],
        signals.plate_change[None],
        signals.trust.reshape(len(signals.frames), -1).min(axis=1)[None],
        activation(signals)[None],
        _heard(signals),
    )
    return np.concatenate(rows).astype(np.float32)


def _heard(signals: FaceSignals) -> NDArray[np.floating]:
    """(4, T) level, speech, pitch of the voice, and whether it is the face's."""
    sound = signals.sound
    unknown = np.full(len(signals.frames), np.nan)
    if sound is None:
        return np.stack([unknown] * 4)
    return np.stack([sound.level, sound.speech, sound.pitch, unknown if signals.speaks is None else signals.speaks])


def _halved(low: Table, high: Table) -> tuple[Table, Table]:
    """Pairs of buckets as one; NaN only where both are."""
    if low.shape[1] % 2:
        nothing = np.full((len(low), 1), np.nan, np.float32)
        low, high = np.concatenate([low, nothing], axis=1), np.concatenate([high, nothing], axis=1)
    return np.fmin(low[:, ::2], low[:, 1::2]), np.fmax(high[:, ::2], high[:, 1::2])
