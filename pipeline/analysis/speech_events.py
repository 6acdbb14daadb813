"""Stressed syllables and open vowels of the face that speaks.

A syllable is a peak of loudness. It is stressed where it stands out from the speech around it by loudness, by pitch, or
both: accents are heard by either (Fry, "Duration and intensity as physical correlates of linguistic stress", JASA
27(4), 1955, and "Experiments in the perception of stress", Language and Speech 1(2), 1958). An open vowel is heard in
the spectrum, and seen where the mouth can be trusted.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from pipeline.analysis.evidence import Evidence
from pipeline.analysis.mouth_sound import mouth_trusted, shown_opening
from pipeline.analysis.peaks import peaks_of
from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.swings import runs_of

SPEAKS_FROM = 0.5
"""Least probability that it is this face that speaks."""
SYLLABLE_S = 0.03
"""Gaussian over the loudness, seconds."""
LEAST_DIP_DB = 2.0
"""Syllables are parted by dips of the loudness at least so deep."""
AROUND_S = 1.5
"""What a syllable stands out from: the speech this near on both sides, seconds."""
FULL_DB, FULL_SEMITONES = 6.0, 4.0
"""Rises over the speech around that each make a plain accent."""
LEAST_STRESS = 0.8
OPEN_FROM = 0.6
"""Openness from which a vowel is open; halfway between vowels of both kinds in three voices."""
LOUD_WITHIN_DB = 9.0
"""A vowel is at most this much softer than the loudest speech around."""
FULL_CM = 1.0
"""Opening over the mouth's usual one while it speaks that makes a plain open vowel, centimetres."""
TOLD_CM = 0.05
"""Opening that is worth a figure, centimetres."""
HEARD_ALONE = 0.7
"""Strength of a vowel that is wide open by its sound, before the mouth is looked at."""
LEAST_RUN = 5

Array = NDArray[np.float64]


def speech_events(signals: FaceSignals) -> list[Evidence]:
    """Stresses and open vowels in the frames in which this face speaks; none without sound."""
    sound, speaks = signals.sound, signals.speaks
    if sound is None or speaks is None:
        return []
    spoken = speaks >= SPEAKS_FROM
    found: list[Evidence] = []
    for run in runs_of(spoken, signals.frames, signals.cuts, LEAST_RUN):
        level = _calm(sound.level[run], signals.seconds[run])
        peaks = peaks_of(np.pad(level, 1, constant_values=-200.0), least_prominence=LEAST_DIP_DB)
        for peak in (peaks - 1).tolist():
            found += _stress(signals, sound, level, run, peak)
            found += _open_vowel(signals, sound, level, run, peak)
    return found


def _calm(level: Array, seconds: Array) -> Array:
    return np.asarray(gaussian_filter1d(level, SYLLABLE_S / float(np.median(np.diff(seconds)))))


def _around(seconds: Array, peak: int) -> slice:
    low, high = np.searchsorted(seconds, [seconds[peak] - AROUND_S, seconds[peak] + AROUND_S])
    return slice(int(low), int(high))


def _stress(signals: FaceSignals, sound: FrameSound, level: Array, run: slice, peak: int) -> list[Evidence]:
    around = _around(signals.seconds[run], peak)
    louder = float(level[peak] - np.median(level[around]))
    pitch = sound.pitch[run]
    near = pitch[max(0, peak - 1) : peak + 2]
    higher = 0.0
    if np.isfinite(near).any() and np.isfinite(pitch[around]).sum() >= LEAST_RUN:
        higher = 12.0 * float(np.log2(np.nanmax(near) / np.nanmedian(pitch[around])))
    strength = float(np.hypot(max(louder, 0.0) / FULL_DB, max(higher, 0.0) / FULL_SEMITONES)) / np.sqrt(2.0)
    if strength < LEAST_STRESS:
        return []
    parts = [f"{louder:+.0f} dB"] if louder >= 1.0 else []
    parts += [f"pitch {higher:+.1f} semitones"] if higher >= 1.0 else []
    text = "stressed syllable, " + ", ".join(parts)
    weight = float(signals.speaks[run][peak]) if signals.speaks is not None else 0.0
    return [Evidence(run.start + peak, "speech_stress", "face", strength * weight, text, "stress")]


def _open_vowel(signals: FaceSignals, sound: FrameSound, level: Array, run: slice, peak: int) -> list[Evidence]:
    """The vowel of the syllable around a peak of loudness, at its most open frame."""
    around = _around(signals.seconds[run], peak)
    near = slice(max(0, peak - 2), peak + 3)
    openness = np.where(level[near] >= level[around].max() - LOUD_WITHIN_DB, sound.openness[run][near], 0.0)
    place = near.start + int(openness.argmax())
    if openness.max() < OPEN_FROM:
        return []
    index = run.start + place
    trusted = mouth_trusted(signals)[run]
    strength = HEARD_ALONE * float(openness.max())
    text = f"open vowel {openness.max():.2f}"
    if trusted[place]:
        mouth = shown_opening(signals)[run]
        wider = float(mouth[place] - np.median(mouth[around][trusted[around]]))
        strength = float(np.clip(strength + wider / FULL_CM, 0.0, 1.5))
        text += f", mouth {wider:+.1f} cm" if abs(wider) >= TOLD_CM else ", mouth no wider than usual"
    weight = float(signals.speaks[run][place]) if signals.speaks is not None else 0.0
    return [Evidence(index, "open_vowel", "mouth", strength * weight, text, "vowel")]
