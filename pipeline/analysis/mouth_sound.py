"""Mouth and sound on one scale: how far a sound says the mouth is open, how far a face shows it, and how they agree.

The area between the lips follows the loudness of speech at the pace of syllables, 2 to 7 a second (Chandrasekaran et
al., "The natural statistics of audiovisual speech", PLoS Computational Biology 5(7), 2009); open vowels open it
furthest. So both are read between a slow drift, which is expression, and a fast trembling, which is noise.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.analysis.action_units import CHANNEL_NAMES, REGIONS
from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.signals import FaceSignals

TREMBLING_S, DRIFT_S = 0.03, 0.60
"""Gaussians between which a signal's syllables lie, seconds."""
OF_LOUDNESS = 0.35
"""Share of a sound's opening that loudness alone gives; its vowel gives the rest."""
MOST_LAG_S = 0.125
"""How far sound and picture may lie apart, seconds: viewers see more than that at once (ITU-R BT.1359)."""
TRUSTED_FROM = 0.5
"""Least trust in a mouth that is evidence."""
LEAST_FRAMES = 25
"""Fewer trusted frames than these say nothing about agreement."""

Array = NDArray[np.float64]


def sounded_opening(sound: FrameSound) -> Array:
    """(F,) how far the mouth is open by the sound, without a unit: 0 where nobody speaks."""
    loudness = 10.0 ** (sound.level / 40.0)
    return np.asarray(sound.speech * loudness * (OF_LOUDNESS + (1.0 - OF_LOUDNESS) * sound.openness))


def shown_opening(signals: FaceSignals) -> Array:
    """(T,) how far the face's mouth is open, centimetres against its neutral: gap of the lips and drop of the jaw."""
    columns = [CHANNEL_NAMES.index(name) for name in ("AU25g", "AU26g")]
    return np.asarray(signals.units[:, columns].sum(axis=1))


def mouth_trusted(signals: FaceSignals) -> NDArray[np.bool_]:
    """(T,) frames in which the mouth is evidence."""
    return np.asarray(signals.trust[:, REGIONS.index("mouth")].min(axis=1) >= TRUSTED_FROM)


def on_plate(signals: FaceSignals, frames: int) -> Array:
    """(frames,) shown opening at every plate frame; NaN where the mouth isn't seen or can't be trusted."""
    values = np.full(frames, np.nan)
    seen = mouth_trusted(signals)
    values[signals.frames[seen]] = shown_opening(signals)[seen]
    return values


def syllables(values: Array, interval_s: float) -> Array:
    """(F,) the part of `values` that moves at the pace of syllables; NaN stays, and lends nothing to its neighbours.

    `interval_s`: seconds from frame to frame.
    """
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    weight = known.astype(np.float64)

    def mean(sigma_s: float) -> Array:
        sigma = sigma_s / interval_s
        total = gaussian_filter1d(weight, sigma, mode="constant")
        return np.asarray(gaussian_filter1d(filled, sigma, mode="constant") / np.maximum(total, 1e-6))

    return np.where(known, mean(TREMBLING_S) - mean(DRIFT_S), np.nan)


def lip_sound_correlation(shown: Array, sounded: Array, interval_s: float) -> tuple[float, float]:
    """(correlation -1..1, lag in seconds) of a mouth's opening and that of the sound, both (F,) a plate frame.

    `shown` is NaN where the mouth isn't trusted. The lag is that of the best correlation within MOST_LAG_S, positive
    where the mouth comes after the sound. Both are NaN where fewer than LEAST_FRAMES are trusted, or nothing moves.
    """
    mouth, voice = syllables(shown, interval_s), syllables(sounded, interval_s)
    reach = int(MOST_LAG_S / interval_s)
    found = [(_correlation(delayed(mouth, lag), voice), lag) for lag in range(-reach, reach + 1)]
    known = [each for each in found if np.isfinite(each[0])]
    if not known:
        return np.nan, np.nan
    best, lag = max(known, key=lambda each: (each[0], -abs(each[1])))
    return best, lag * interval_s


def delayed(values: Array, frames: int) -> Array:
    """`values` as they stand `frames` frames later; NaN beyond the ends."""
    result = np.full(len(values), np.nan)
    count = len(values) - abs(frames)
    if count > 0:
        result[max(0, -frames) :][:count] = values[max(0, frames) :][:count]
    return result


def _correlation(one: Array, other: Array) -> float:
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < LEAST_FRAMES:
        return np.nan
    first, second = one[known] - one[known].mean(), other[known] - other[known].mean()
    scale = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / scale if scale > 1e-12 else np.nan
