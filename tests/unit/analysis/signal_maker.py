"""Signals of a face that does only what a test lets it do, and those of a whole film, kept."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNEL_NAMES, CHANNELS, REGIONS
from pipeline.analysis.signals import FaceSignals

RATE = 25.0


def still_face(frames: int, **changed: Any) -> FaceSignals:
    """A face with open eyes that does nothing for `frames` frames at 25 a second."""
    face = FaceSignals(
        frames=np.arange(frames, dtype=np.int32),
        seconds=np.arange(frames) / RATE,
        units=np.zeros((frames, len(CHANNELS))),
        lids=np.ones((frames, 2)),
        closure=np.full((frames, 2), 0.1),
        gaze=np.zeros((frames, 2)),
        pose=np.zeros((frames, 3)),
        trust=np.ones((frames, len(REGIONS), 2)),
        clear=np.ones(frames, np.bool_),
        change=np.full(frames, np.nan),
        plate_change=np.full(frames, np.nan),
        cuts=frozenset({0}),
    )
    return replace(face, **changed)


def with_units(face: FaceSignals, curves: Mapping[str, NDArray[np.float64]]) -> FaceSignals:
    """The face with these channels, by name, added to."""
    units = face.units.copy()
    for name, curve in curves.items():
        units[:, CHANNEL_NAMES.index(name)] += curve
    return replace(face, units=units)


def ramp(frames: int, first: int, length: int, height: float) -> NDArray[np.float64]:
    """0 up to `first`, then smoothly to `height` within `length` frames, and held."""
    share = np.clip((np.arange(frames) - first) / length, 0.0, 1.0)
    return np.asarray(height * (1 - np.cos(np.pi * share)) / 2)


def bump(frames: int, first: int, length: int, height: float) -> NDArray[np.float64]:
    """Up to `height` and down again within `length` frames from `first`."""
    phase = np.clip((np.arange(frames) - first + 0.5) / length, 0.0, 1.0)
    return np.asarray(height * np.sin(np.pi * phase) ** 2)


def kept_signals(path: Path) -> FaceSignals:
    """Signals from a file of arrays by name."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if name != "cuts"}
        cuts = frozenset(file["cuts"].tolist())
    floats = {name: array.astype(np.float64) for name, array in arrays.items() if array.dtype == np.float32}
    return FaceSignals(**{**arrays, **floats}, cuts=cuts)
