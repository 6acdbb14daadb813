"""The frames of a film by presentation time, from demuxing alone.

A frame's number is its place among the sorted packet times, never time × rate: films of variable rate,
with edit lists or with a rate that does not divide the time base have no other true numbering.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pipeline.media.film_container import packets_of

_WITHOUT_TIMES = frozenset({"avi", "h264", "hevc", "m4v", "mpegvideo"})
"""Containers that hold no presentation times; FFmpeg makes some up from the order of packets."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmIndex:
    """Where each frame of a video stream lies.

    `pts` (frames,) ascending, in the stream's `time_base`. `sync` (n,) numbers of frames a decoder can
    start at, ascending. `order` (frames,) is each frame's place in decoding order. `counted`: the file has
    no times to trust, so frames are numbered in the order they are decoded and `pts` counts them.
    `end` is where the last packet that was looked at ends, in seconds. `strict`: the film keeps to its standard
    from its first frame on, so whatever the decoder objects to is damage.
    """

    pts: NDArray[np.int64]
    sync: NDArray[np.int64]
    time_base: Fraction
    counted: bool
    order: NDArray[np.int64]
    end: float
    strict: bool = True

    def sync_before(self, frame: int) -> int:
        """The last frame at or before `frame` a decoder can start at (0 where none is marked)."""
        place = int(np.searchsorted(self.sync, frame, side="right")) - 1
        return int(self.sync[place]) if place >= 0 else 0

    @property
    def longest_group(self) -> int:
        """Frames from one that a decoder can start at up to the next, the most there are."""
        starts = np.concatenate([[0], self.sync, [len(self.pts)]])
        return int(np.diff(starts).max())

    def number_of(self, pts: int) -> int | None:
        """The frame with this presentation time."""
        place = int(np.searchsorted(self.pts, pts))
        return place if place < len(self.pts) and int(self.pts[place]) == pts else None

    def steady(self, rate: Fraction) -> bool:
        """Whether frames follow each other at `rate`, to the time base's own rounding."""
        ticks = 1 / (rate * self.time_base)
        ideal = np.arange(len(self.pts)) * float(ticks) + float(self.pts[0])
        return bool(np.all(np.abs(self.pts - ideal) <= max(1.0, 0.02 * float(ticks))))

    def mean_rate(self) -> Fraction | None:
        """Frames a second over the whole film, None for fewer than two frames."""
        span = int(self.pts[-1] - self.pts[0])
        if span <= 0:
            return None
        return ((len(self.pts) - 1) / (span * self.time_base)).limit_denominator(1001)


def index_film(container: InputContainer, stream: VideoStream, reorders: bool) -> FilmIndex:
    """Index `stream` by demuxing the whole of `container`; the container is at its end afterwards.

    `reorders`: the codec shows frames in another order than it stores them.
    """
    times: list[int] = []
    sync: list[int] = []
    untimed = 0
    ends: dict[int, int] = {}
    bases: dict[int, Fraction] = {}
    # Where the film's own length is stated, the other streams need not be looked at.
    for packet in packets_of(container, *([stream] if stream.duration else [])):
        if packet.size == 0 or packet.is_discard:
            continue
        time, place = packet.pts, packet.stream_index
        if time is not None:
            if place not in ends:
                bases[place] = packet.time_base or Fraction(0)
            ends[place] = max(ends.get(place, 0), time + (packet.duration or 0))
        if place != stream.index:
            continue
        if time is None:
            untimed += 1
            continue
        times.append(time)
        if packet.is_keyframe:
            sync.append(time)
    base = stream.time_base or Fraction(1, 1000)
    end = max((float(ticks * bases[place]) for place, ticks in ends.items()), default=0.0)
    if untimed or not times or (reorders and container.format.name in _WITHOUT_TIMES):
        count = np.arange(untimed + len(times), dtype=np.int64)
        return FilmIndex(count, np.zeros(min(1, len(count)), np.int64), base, True, count, end)
    pts, order = np.unique(np.array(times, np.int64), return_index=True)
    numbers = np.searchsorted(pts, np.unique(np.array(sync, np.int64)))
    pts.flags.writeable = False
    return FilmIndex(pts, numbers.astype(np.int64), base, False, order.astype(np.int64), end)
