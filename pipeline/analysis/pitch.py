"""The pitch of a voice, by the YIN estimator.

de Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and music", JASA 111(4), 2002: the squared
difference of the sound and itself shifted, divided by its mean over all shorter shifts. The first dip under a threshold
is the period. Taking the first instead of the deepest is what keeps it from falling an octave.
"""

import numpy as np
from numpy.typing import NDArray

LOWEST_HZ, HIGHEST_HZ = 60.0, 500.0
"""Range of speaking voices, shouts included."""
DIP = 0.2
"""A dip under this is a period; the paper's 0.1 is for clean recordings."""
VOICED_FROM = 0.6
"""Least clarity of a pitch that is told."""

Array = NDArray[np.float64]


def pitch_of(windows: NDArray[np.floating], rate: int) -> tuple[Array, Array]:
    """(pitch in Hz, clarity 0..1) of each window (n, w): 1 is a perfectly periodic sound, 0 noise or silence.

    A window must hold two of the lowest pitch's periods and more: the shifted half is compared with the other.
    """
    longest = int(rate / LOWEST_HZ) + 2
    shortest = max(2, int(rate / HIGHEST_HZ))
    normal = _normalised_difference(windows.astype(np.float64), longest)
    rows = np.arange(len(normal))
    lag = _first_dip(normal[:, shortest:longest]) + shortest
    left, here, right = normal[rows, lag - 1], normal[rows, lag], normal[rows, np.minimum(lag + 1, longest)]
    bend = left - 2.0 * here + right
    shift = np.where(np.abs(bend) > 1e-12, 0.5 * (left - right) / np.where(np.abs(bend) > 1e-12, bend, 1.0), 0.0)
    return rate / (lag + np.clip(shift, -0.5, 0.5)), np.clip(1.0 - here, 0.0, 1.0)


def _normalised_difference(windows: Array, longest: int) -> Array:
    """(n, longest + 1) cumulative mean normalised difference; 1 at lag 0 and in silence."""
    length = windows.shape[1] - longest
    # No product of the shifts that are asked for wraps around.
    size = windows.shape[1]
    centred = windows - windows.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, size)
    product = np.fft.irfft(spectrum * np.conj(np.fft.rfft(centred[:, :length], size)), size)[:, : longest + 1]
    power = np.cumsum(np.pad(centred**2, ((0, 0), (1, 0))), axis=1)
    energy = power[:, length : length + longest + 1] - power[:, : longest + 1]
    difference = np.maximum(energy[:, :1] + energy - 2.0 * product, 0.0)
    total = np.cumsum(difference[:, 1:], axis=1)
    lags = np.arange(1, longest + 1)
    silent = energy[:, :1] <= 1e-9 * length
    normal = np.where(silent, 1.0, difference[:, 1:] * lags / np.maximum(total, 1e-20))
    return np.concatenate([np.ones((len(windows), 1)), normal], axis=1)


def _first_dip(normal: Array) -> NDArray[np.int64]:
    """Of each row the bottom of the first dip under DIP; the deepest point where there is none."""
    under = normal < DIP
    rising = np.concatenate([normal[:, 1:] >= normal[:, :-1], np.ones((len(normal), 1), np.bool_)], axis=1)
    bottom = under & rising
    return np.asarray(np.where(bottom.any(axis=1), bottom.argmax(axis=1), normal.argmin(axis=1)), np.int64)
