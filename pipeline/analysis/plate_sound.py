"""The sound of a plate as it is kept: features every 16 ms, counted from the plate's first picture; and per frame.

Hop `h` lasts from h · 256 / 16000 s on, whatever the plate's rate is: frames find theirs by their presentation times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.pitch import VOICED_FROM
from pipeline.analysis.sound_features import HOP, QUIETEST_DB, HopFeatures
from pipeline.media.sound_reader import SOUND_RATE

HOP_S = Fraction(HOP, SOUND_RATE)
SPOKEN_FROM = 0.5
"""Speech probability from which somebody speaks, as the network's authors use it."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PlateSound:
    """The sound of a whole plate, hop by hop (H,)."""

    stream: int
    """The container's number of the stream that was heard."""
    features: HopFeatures
    speech: NDArray[np.float32]
    """Probability of speech 0..1; two hops share a step of the network."""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to be heard at all."""
        return not bool((self.features.level > QUIETEST_DB).any())


@dataclass(frozen=True, slots=True, eq=False)
class FrameSound:
    """What is heard while each of a plate's frames is shown, (F,) each."""

    level: Array
    """Root mean square, dB of full scale; -100 is silence."""
    onset: Array
    """The most sudden rise, dB a hop."""
    speech: Array
    """Mean probability of speech, 0..1."""
    pitch: Array
    """Median pitch, Hz; NaN where no voice is heard."""
    openness: Array
    """0..1, how open the vowel is (its energy above 550 Hz in 150..1300); weighed by the sound's energy."""

    @property
    def voiced(self) -> NDArray[np.bool_]:
        """(F,) whether somebody speaks."""
        return self.speech >= SPOKEN_FROM

    def taken(self, frames: NDArray[np.integer]) -> "FrameSound":
        """The sound of these frames."""
        return FrameSound(self.level[frames], self.onset[frames], self.speech[frames], self.pitch[frames],
                          self.openness[frames])  # fmt: skip


def hops_of(times: Sequence[Fraction], last_s: Fraction) -> NDArray[np.int64]:
    """(F + 1,) first hop of each frame, and the one after the last, which is shown `last_s`; `times` in seconds.

    A hop belongs to the frame that is shown at its middle.
    """
    ends = [*times, times[-1] + last_s]
    return np.array([-int(-((each - times[0]) / HOP_S - Fraction(1, 2)) // 1) for each in ends], np.int64)


def frame_sound(sound: PlateSound, times: Sequence[Fraction]) -> FrameSound:
    """The sound of each frame of a plate whose frames are shown at `times` (seconds, ascending)."""
    edges = hops_of(times, shown_last(times))
    count = len(sound.speech)
    # A frame shorter than a hop takes the hop it lies in.
    first = np.minimum(edges[:-1], count - 1)
    stop = np.minimum(np.maximum(edges[1:], first + 1), count)
    power = 10.0 ** (sound.features.level.astype(np.float64) / 10.0)
    energy = _means(power, first, stop)
    weighed = _means(power * sound.features.openness, first, stop)
    return FrameSound(
        level=10.0 * np.log10(np.maximum(energy, 10.0 ** (QUIETEST_DB / 10.0))),
        onset=_reduced(np.maximum, sound.features.onset.astype(np.float64), first, stop),
        speech=_means(sound.speech.astype(np.float64), first, stop),
        pitch=_pitch(sound, first, stop),
        openness=weighed / np.maximum(energy, 1e-20),
    )


def shown_last(times: Sequence[Fraction]) -> Fraction:
    """How long the last frame is shown, seconds: as long as frames usually are; a still: not at all."""
    steps = sorted(after - before for before, after in pairwise(times))
    return steps[len(steps) // 2] if steps else Fraction(0)


def _pitch(sound: PlateSound, first: NDArray[np.int64], stop: NDArray[np.int64]) -> Array:
    features = sound.features
    voiced = (features.clarity >= VOICED_FROM) & (sound.speech >= SPOKEN_FROM)
    pitch = np.where(voiced, features.pitch, np.nan)
    found = np.full(len(first), np.nan)
    for i, (begin, end) in enumerate(zip(first.tolist(), stop.tolist(), strict=True)):
        heard = pitch[begin:end]
        heard = heard[~np.isnan(heard)]
        if len(heard):
            found[i] = float(np.median(heard))
    return found


def _means(values: Array, first: NDArray[np.int64], stop: NDArray[np.int64]) -> Array:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((sums[stop] - sums[first]) / (stop - first))


def _reduced(ufunc: np.ufunc, values: Array, first: NDArray[np.int64], stop: NDArray[np.int64]) -> Array:
    """The reduction of values[first:stop], which are not empty."""
    edges = np.stack([first, stop], axis=1).ravel()
    return np.asarray(ufunc.reduceat(np.append(values, 0.0), edges)[::2])
