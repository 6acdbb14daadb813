"""The spoken excerpts: their sound, and when which phoneme begins."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.media.sound_reader import sound_blocks

VOICES = ("man", "woman", "german")
OPEN_VOWELS = frozenset({"a", "A", "A:", "aa", "A#", "V"})
CLOSED = frozenset({"i:", "u:", "m", "n", "N", "I2", "y:", "b"})


@dataclass(frozen=True)
class Spoken:
    samples: NDArray[np.float32]
    """Mono, 16 kHz."""
    phonemes: tuple[tuple[float, float, str], ...]
    """(begin, end, name) in seconds."""


def spoken(data_dir: Path, voice: str) -> Spoken:
    samples = np.concatenate(list(sound_blocks(data_dir / "speech" / f"{voice}.opus", 0, Fraction(0))))
    told = json.loads((data_dir / "speech" / f"{voice}.json").read_text(encoding="utf-8"))["phonemes"]
    ends = [*(each[0] for each in told[1:]), len(samples) / 16000]
    return Spoken(samples, tuple((begin, end, name) for (begin, name), end in zip(told, ends, strict=True)))
