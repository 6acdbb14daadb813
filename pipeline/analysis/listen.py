"""Listening to a plate: its sound is decoded once, and what is heard is kept with the analysis, piece by piece.

A pass that was stopped goes on after its last piece and gives the bytes of an unbroken one. The sound before it is
decoded again for that, since a resampler cannot be entered in the middle; it takes a second an hour.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, repeat
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.plate_sound import HOP_S, PlateSound
from pipeline.analysis.sound_features import HOP, REACH, HopFeatures, hop_features
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool
from pipeline.engines.speech.silero_vad import MODEL, STEP, SileroVad, SpeechMemory
from pipeline.errors import Cancelled
from pipeline.media.sound_reader import SOUND_RATE, heard_stream, sound_blocks

LISTEN_VERSION = 1
"""Goes up with every change of what is heard."""
CHUNK_HOPS = 1250
"""Hops written down at once: 20 s. Even, so that a chunk ends with a step of the speech network."""
NAME, STREAM_NAME = "sound", "sound stream"

Samples = NDArray[np.float32]


class PartStore(Protocol):
    """Keeps an artefact that grows part by part; `AnalysisStore` does."""

    def get(self, name: str, key: str) -> list[bytes] | None: ...
    def append(self, name: str, key: str, part: bytes) -> None: ...


class _Part(msgspec.Struct, array_like=True, frozen=True):
    """What was heard in a run of hops, and the network's memory after it."""

    features: tuple[bytes, ...]
    speech: bytes
    memory: bytes


def listen(
    path: Path,
    start: Fraction,
    seconds: Fraction,
    pool: SessionPool,
    store: PartStore | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PlateSound | None:
    """The sound of a film from its first picture, at `start` on the container's clock, for `seconds`.

    None where the film has no sound. Of several streams the first that isn't silent is heard. `progress` receives
    hops done and hops in all.

    Raises
    ------
    MediaUnreadable
        The file has gone or its medium fails.
    Cancelled
        `cancelled` said so; what was heard is kept.
    """
    stream = _stream(path, start, store)
    if stream is None:
        return None
    total = -int(-(seconds / HOP_S) // 1)
    key = _key(stream, start, total, pool)
    kept = (store.get(NAME, key) if store is not None else None) or []
    parts = [msgspec.msgpack.decode(each, type=_Part) for each in kept]
    done = sum(len(each.speech) // 4 for each in parts)
    memory = SpeechMemory.unpacked(parts[-1].memory) if parts else SpeechMemory()
    if done < total:
        network = SileroVad(pool)
        for samples in _chunks(sound_blocks(path, stream, start), done, total):
            part, memory = _heard(samples, network, memory)
            if store is not None:
                store.append(NAME, key, msgspec.msgpack.encode(part))
            parts.append(part)
            done += len(part.speech) // 4
            progress(done, total)
            if cancelled() and done < total:
                raise Cancelled("The sound was not heard to its end; what was heard is kept.")
    return _joined(stream, parts)


def heard_before(start: Fraction, seconds: Fraction, pool: SessionPool, store: PartStore) -> PlateSound | None:
    """What `listen` kept of the same film's sound; None where it wasn't heard to its end, or there is none."""
    stream = store.get(STREAM_NAME, _stream_key(start))
    if not stream:
        return None
    total = -int(-(seconds / HOP_S) // 1)
    kept = store.get(NAME, _key(int(stream[0]), start, total, pool)) or []
    sound = _joined(int(stream[0]), [msgspec.msgpack.decode(each, type=_Part) for each in kept])
    return sound if len(sound.speech) >= total else None


def _stream_key(start: Fraction) -> str:
    return f"{LISTEN_VERSION} {start}"


def _stream(path: Path, start: Fraction, store: PartStore | None) -> int | None:
    """The stream to listen to; a silent one has to be read to its end to be known as such, so the answer is kept."""
    key = _stream_key(start)
    kept = None if store is None else store.get(STREAM_NAME, key)
    if kept:
        return int(kept[0])
    stream = heard_stream(path, start)
    if store is not None and stream is not None:
        store.append(STREAM_NAME, key, str(stream).encode())
    return stream


def _key(stream: int, start: Fraction, hops: int, pool: SessionPool) -> str:
    text = f"{LISTEN_VERSION} {stream} {start} {hops} {CHUNK_HOPS} {card(MODEL, pool.models_dir).sha256}"
    return hashlib.sha256(text.encode()).hexdigest()


def _chunks(blocks: Iterator[Samples], first_hop: int, hops: int) -> Iterator[Samples]:
    """Samples of each chunk from `first_hop` on, REACH + HOP before and REACH after it; silence where none come."""
    lead = np.zeros(REACH + HOP, np.float32)
    arriving = chain([lead], blocks, repeat(np.zeros(SOUND_RATE, np.float32)))
    held: deque[Samples] = deque()
    position, arrived = -len(lead), -len(lead)
    """Places of the first held sample and of the next one to arrive, from the start of the sound."""
    for first in range(first_hop, hops, CHUNK_HOPS):
        begin = first * HOP - REACH - HOP
        end = min(first + CHUNK_HOPS, hops) * HOP + REACH
        while arrived < end:
            held.append(next(arriving))
            arrived += len(held[-1])
            while held and position + len(held[0]) <= begin:
                position += len(held.popleft())
        yield np.concatenate(held)[begin - position : end - position]


def _heard(samples: Samples, network: SileroVad, memory: SpeechMemory) -> tuple[_Part, SpeechMemory]:
    features = hop_features(samples)
    hops = len(features.level)
    own = samples[REACH + HOP : REACH + HOP + hops * HOP]
    whole = -(-len(own) // STEP) * STEP
    steps, memory = network.listen(np.pad(own, (0, whole - len(own))), memory)
    speech = np.repeat(steps, STEP // HOP)[:hops]
    packed = tuple(each.astype("<f4").tobytes() for each in features)
    return _Part(packed, speech.astype("<f4").tobytes(), memory.packed()), memory


def _joined(stream: int, parts: list[_Part]) -> PlateSound:
    columns = (b"".join(part.features[k] for part in parts) for k in range(len(HopFeatures._fields)))
    features = HopFeatures(*(np.frombuffer(each, "<f4") for each in columns))
    return PlateSound(stream, features, np.frombuffer(b"".join(part.speech for part in parts), "<f4"))
