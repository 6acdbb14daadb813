"""Do the lips move with the voice? Correlation of their opening with the sound's loudness while somebody speaks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.measures import Series

LAGS = 3
"""Frames by which the lips may lead or follow: what is later or earlier than this is another word."""
LEAST_FRAMES = 50
"""Spoken frames with the mouth in sight, under which nothing is said."""
FOLLOWS_FROM = 0.25
"""Correlation in the plate under which the voice may be another's: lips and a strange voice agree as well by chance."""
PAUSE = 6
"""Frames around speech that count as part of it: the lips close in pauses."""
SOFTEST_DB = 40.0
"""Whatever is softer than the loudest moment by more than this is as good as silent."""


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """The sound of each frame measured (T,): `level` in dB, and whether somebody speaks."""

    level: Series
    speaks: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LipSound:
    """Pearson r of lip opening and loudness: `plate` and `result` in time, `best` at the result's best `lag`, frames.

    A `lag` over 0: the lips follow the sound. `frames`: on how many it is taken.
    """

    plate: float
    result: float
    best: float
    lag: int
    frames: int


def lip_sound(plate: Series, result: Series, voice: Voice | None) -> tuple[LipSound | None, str]:
    """Compare lip openings (T,) with the sound; None where that says nothing; and what a reader must know."""
    if voice is None:
        return None, "lips against sound: no speech, nothing is to be heard"
    if voice.speaks.sum() < LEAST_FRAMES:
        spoken_frames = int(voice.speaks.sum())
        return None, f"lips against sound: too little speech: {spoken_frames} frames, {LEAST_FRAMES} are needed"
    spoken = np.convolve(voice.speaks, np.ones(2 * PAUSE + 1), "same") > 0
    usable = spoken & np.isfinite(plate) & np.isfinite(result)
    if usable.sum() < LEAST_FRAMES:
        return None, "lips against sound: the mouth is seen in too few spoken frames"
    loud = np.maximum(voice.level, voice.level[spoken].max() - SOFTEST_DB)
    by_lag = {lag: _correlation(result, loud, usable, lag) for lag in range(-LAGS, LAGS + 1)}
    best = max(by_lag, key=lambda lag: (by_lag[lag], -abs(lag)))
    own = _correlation(plate, loud, usable, 0)
    told = "lips against sound: while somebody speaks"
    if own < FOLLOWS_FROM:
        told += f"; in the plate these lips hardly follow the voice (r {own:.2f}), which may be somebody else's"
    return LipSound(own, by_lag[0], by_lag[best], best, int(usable.sum())), told


def _correlation(lips: Series, level: Series, usable: NDArray[np.bool_], lag: int) -> float:
    """Pearson r of the lips `lag` frames after the sound; 0 where either stands still."""
    at = np.flatnonzero(usable)
    at = at[(at - lag >= 0) & (at - lag < len(level))]
    a, b = lips[at], level[at - lag]
    if len(at) < 2 or a.std() < 1e-6 or b.std() < 1e-6:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])
