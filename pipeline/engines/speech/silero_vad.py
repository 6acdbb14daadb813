"""Silero's voice activity network: where speech is in a sound track."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool

STEP = 512
"""Samples the network hears at once, at 16 kHz: 32 ms."""
MODEL = "silero-vad"

_CONTEXT = 64
"""Samples of the step before that it hears again."""
_MEMORY = (1, 1, 128)

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SpeechMemory:
    """What the network remembers of the sound up to here: two states of its cell, and the last samples."""

    hidden: NDArray[np.float32] = field(default_factory=lambda: np.zeros(_MEMORY, np.float32))
    cell: NDArray[np.float32] = field(default_factory=lambda: np.zeros(_MEMORY, np.float32))
    context: Samples = field(default_factory=lambda: np.zeros(_CONTEXT, np.float32))

    def packed(self) -> bytes:
        """As bytes, for `unpacked`."""
        return b"".join(each.astype("<f4").tobytes() for each in (self.hidden, self.cell, self.context))

    @staticmethod
    def unpacked(content: bytes) -> "SpeechMemory":
        """What `packed` made bytes of."""
        values = np.frombuffer(content, "<f4").astype(np.float32)
        size = int(np.prod(_MEMORY))
        hidden, cell, context = np.split(values, [size, 2 * size])
        return SpeechMemory(hidden.reshape(_MEMORY), cell.reshape(_MEMORY), context)


class SileroVad:
    """Probability of speech, step by step. What was heard in pieces is the same as what was heard at once."""

    def __init__(self, pool: SessionPool) -> None:
        self._network = pool.get(card(MODEL, pool.models_dir))

    def listen(self, samples: Samples, memory: SpeechMemory) -> tuple[NDArray[np.float32], SpeechMemory]:
        """Speech 0..1 in each whole step of `samples` (n · STEP,), mono -1..1 at 16 kHz, and the memory after them."""
        steps = len(samples) // STEP
        if steps == 0:
            return np.zeros(0, np.float32), memory
        heard = np.concatenate([memory.context, samples[: steps * STEP]]).astype(np.float32)
        rows = np.lib.stride_tricks.sliding_window_view(heard, _CONTEXT + STEP)[::STEP]
        answer = self._network.run({"input": np.ascontiguousarray(rows), "h": memory.hidden, "c": memory.cell})
        return answer["speech_probs"], SpeechMemory(answer["hn"], answer["cn"], heard[-_CONTEXT:])
