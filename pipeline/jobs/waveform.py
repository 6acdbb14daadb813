"""The waveform of a plate's sound, and where somebody speaks in it as far as the plate was listened to."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.kept_analysis import read_analysis
from pipeline.analysis.plate_sound import shown_last
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.plate_sound import plate_times, sound_heard_before
from pipeline.jobs.progress import CancelledCheck
from pipeline.media.plate_reader import PlateReader
from pipeline.media.sound_reader import heard_stream, sound_blocks
from pipeline.media.waveform import Outline, outline


@dataclass(frozen=True, slots=True, eq=False)
class PlateWaveform:
    """`low`, `high`: `media.waveform.outline` over the plate. `speech` (frames,) 0..1; None: nobody listened yet."""

    low: Outline
    high: Outline
    speech: NDArray[np.float64] | None


def plate_waveform(
    reader: PlateReader, folder: Path, pool: SessionPool, cancelled: CancelledCheck
) -> PlateWaveform | None:
    """None where the plate has no sound, or nothing but silence. `folder`: the project's.

    Raises MediaUnreadable: its sound can't be read. Cancelled.
    """
    if reader.info.kind != "film" or not reader.info.audio:
        return None
    times = plate_times(reader)
    stream = heard_stream(reader.info.path, times[0])
    if stream is None:
        return None
    low, high = outline(sound_blocks(reader.info.path, stream, times[0]), times, shown_last(times), cancelled)
    if cancelled():
        raise Cancelled("Stopped.")
    if not (low.any() or high.any()):
        return None
    return PlateWaveform(low, high, _speech(reader, folder, pool))


def _speech(reader: PlateReader, folder: Path, pool: SessionPool) -> NDArray[np.float64] | None:
    store = read_analysis(folder, viewed_sha256(reader.info), options_for(range(reader.info.frames)))
    if store is None:
        return None
    with store:
        sound = sound_heard_before(reader, pool, store)
    return None if sound is None else sound.speech
