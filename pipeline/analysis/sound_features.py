"""What is measured of a sound at every hop of 16 ms: how loud, how sudden, how open its vowel, at which pitch.

All of it comes from windows centred on the middle of the hop, so that a value stands where it is heard.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.pitch import pitch_of
from pipeline.media.sound_reader import SOUND_RATE

HOP = 256
"""Samples from value to value: 16 ms, half a step of the speech network."""
REACH = 512
"""Samples that a window reaches to both sides of the middle of its hop."""
QUIETEST_DB = -100.0
"""Level of silence, dB of full scale."""

_SPECTRUM = 512
"""Samples under the spectrum's window: 32 ms."""
_BANDS = 24
_BAND_RANGE_HZ = 80.0, 7600.0
_FLOOR_DB = -80.0
"""Band levels under this are no sound that could set in."""
_OPEN_HZ = 550.0, 1300.0
"""Where open vowels have their first formant, and most of their energy."""
_VOWEL_HZ = 150.0, 1300.0

Array = NDArray[np.float32]


class HopFeatures(NamedTuple):
    """(H,) each."""

    level: Array
    """Root mean square of the hop, dB of full scale."""
    onset: Array
    """Mean rise of the bands since the hop before, dB."""
    openness: Array
    """Share of the vowel range's energy in its upper part, 0..1."""
    pitch: Array
    """Hertz; meaningful where `clarity` is high."""
    clarity: Array
    """How periodic the sound is, 0..1."""


def hop_features(samples: Array) -> HopFeatures:
    """Features of the hops of `samples`, mono -1..1 at 16 kHz, between REACH samples of context on both sides.

    The first hop is preceded by one more of context: REACH + HOP samples lie before it, REACH after the last one.
    """
    hops = (len(samples) - 2 * REACH) // HOP - 1
    windows = np.lib.stride_tricks.sliding_window_view(samples, 2 * REACH)[HOP // 2 :: HOP][: hops + 1]
    middle = windows[:, REACH - _SPECTRUM // 2 : REACH + _SPECTRUM // 2]
    energy = np.abs(np.fft.rfft(middle * np.hanning(_SPECTRUM + 1)[:-1], axis=1)) ** 2 / _SPECTRUM**2
    bands = 10.0 * np.log10(np.maximum(energy @ _band_weights().T, 10.0 ** (_FLOOR_DB / 10.0)))
    own = windows[1:, REACH - HOP // 2 : REACH + HOP // 2].astype(np.float64)
    power = (own**2).mean(axis=1)
    pitch, clarity = pitch_of(windows[1:], SOUND_RATE)
    return HopFeatures(
        *(
            each.astype(np.float32)
            for each in (
                10.0 * np.log10(np.maximum(power, 10.0 ** (QUIETEST_DB / 10.0))),
                np.maximum(np.diff(bands, axis=0), 0.0).mean(axis=1),
                _share(energy[1:], _OPEN_HZ) / np.maximum(_share(energy[1:], _VOWEL_HZ), 1e-20),
                pitch,
                clarity,
            )
        )
    )


def _share(energy: NDArray[np.float64], band: tuple[float, float]) -> NDArray[np.float64]:
    low, high = (round(each * _SPECTRUM / SOUND_RATE) for each in band)
    return np.asarray(energy[:, low:high].sum(axis=1))


@cache
def _band_weights() -> NDArray[np.float64]:
    """(bands, bins) triangles, evenly spaced on the mel scale (O'Shaughnessy: 2595 log10(1 + f / 700))."""
    low, high = (2595.0 * np.log10(1.0 + each / 700.0) for each in _BAND_RANGE_HZ)
    edges = 700.0 * (10.0 ** (np.linspace(low, high, _BANDS + 2) / 2595.0) - 1.0)
    bins = np.arange(_SPECTRUM // 2 + 1) * SOUND_RATE / _SPECTRUM
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(np.minimum(rise, fall), 0.0)
