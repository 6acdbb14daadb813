"""Analysing a plate: the one pass over its frames, then hands before the faces that will be used."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.analysis.hands import hand_mattes
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.engines.session import SessionPool
from pipeline.errors import FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of


def analyse_range(
    reader: PlateReader, pool: SessionPool, frames: range, progress: ProgressSink, cancelled: CancelledCheck
) -> list[TrackObservations]:
    """Everybody who is seen in `frames`, in order of first appearance."""
    return observe(
        reader,
        pool,
        ObserveOptions(start=frames.start, stop=frames.stop),
        lambda done, total: progress(Progress("analysing", done, total)),
        cancelled,
    )


def with_hands(track: TrackObservations, reader: PlateReader, pool: SessionPool) -> TrackObservations:
    """The track with mattes of the hands that lie before its face."""
    view = view_of(reader.info)

    def pictures(start: int, stop: int) -> Iterator[ImageU8 | None]:
        for planes in reader.frames(start, stop):
            yield None if isinstance(planes, FrameUnreadable) else view.rgb8(planes)

    return replace(track, occlusion=dict(hand_mattes(track, pictures, pool)))
