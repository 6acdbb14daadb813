"""Spans of the real clips: what the pass saw of the one face in them, and their pictures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@dataclass(frozen=True)
class Excerpt:
    """`pictures` are display pictures by plate frame."""

    track: TrackObservations
    pictures: dict[int, ImageU8]

    def lazily(self, start: int, stop: int) -> Iterator[Callable[[], ImageU8] | None]:
        """The pictures in the form that hand mattes ask for."""
        for frame in range(start, stop):
            yield partial(self.pictures.__getitem__, frame)


def read_excerpt(path: Path, start: int, stop: int, pool: SessionPool) -> Excerpt:
    with open_plate(path) as reader:
        (track,) = observe(reader, pool, ObserveOptions(start=start, stop=stop))
        view = view_of(reader.info)
        planes = [each for each in reader.frames(start, stop) if isinstance(each, Planes)]
        return Excerpt(track, {each.frame: view.rgb8(each) for each in planes})


def first_frames(track: TrackObservations, count: int) -> TrackObservations:
    return replace(
        track,
        frames=track.frames[:count],
        landmarks=track.landmarks[:count],
        scores=track.scores[:count],
        presence=track.presence[:count],
        flow=track.flow[: max(0, count - 1)],
        flow_error=track.flow_error[: max(0, count - 1)],
    )
