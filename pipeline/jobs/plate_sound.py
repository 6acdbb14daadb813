"""The sound of a plate, frame by frame, heard once and kept with the plate's analysis."""

from fractions import Fraction

from pipeline.analysis.listen import heard_before, listen
from pipeline.analysis.plate_sound import FrameSound, PlateSound, frame_sound, shown_last
from pipeline.analysis.store import AnalysisStore
from pipeline.engines.session import SessionPool
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.plate_reader import PlateReader


def plate_times(reader: PlateReader) -> list[Fraction]:
    """Presentation time of every frame of the plate, seconds on the container's clock."""
    return [int(pts) * reader.info.time_base for pts in reader.pts]


def listen_to(
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore | None,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> PlateSound | None:
    """The sound of the whole plate; None where it has none.

    Raises MediaUnreadable: the sound cannot be read. Cancelled: what was heard is kept.
    """
    if reader.info.kind != "film" or not reader.info.audio:
        return None
    times = plate_times(reader)
    return listen(
        reader.info.path,
        times[0],
        times[-1] + shown_last(times) - times[0],
        pool,
        store,
        lambda done, total: progress(Progress("listening", done, total)),
        cancelled,
    )


def sound_heard_before(reader: PlateReader, pool: SessionPool, store: AnalysisStore) -> FrameSound | None:
    """What is kept of the plate's sound in each of its frames; None: nobody listened to its end, or it is silent."""
    times = plate_times(reader)
    sound = heard_before(times[0], times[-1] + shown_last(times) - times[0], pool, store)
    return None if sound is None or sound.silent else frame_sound(sound, times)


def hear_plate(
    reader: PlateReader,
    pool: SessionPool,
    store: AnalysisStore | None,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> FrameSound | None:
    """What is heard in each frame of the plate; None where it has no sound, or nothing but silence.

    Raises as `listen_to`.
    """
    sound = listen_to(reader, pool, store, progress, cancelled)
    return None if sound is None or sound.silent else frame_sound(sound, plate_times(reader))
