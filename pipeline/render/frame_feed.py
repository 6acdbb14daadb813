"""Plate frames through the renderer, in order, with decoding, rendering and what follows overlapped.

A frame that fails does not stop a job: its place is taken by the plate's own frame, or, where the plate
cannot be decoded either, by the nearest good frame before it. What is shown depends on the plate alone, never on
where a run was interrupted.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import av

from pipeline.errors import (
    Cancelled,
    ConsentError,
    FrameUnreadable,
    LikenessError,
    MediaUnreadable,
    ModelError,
    OutputError,
    ProjectError,
)
from pipeline.imaging.planes import Planes
from pipeline.media.convert import PlaneConverter
from pipeline.media.output_format import OutputFormat
from pipeline.media.plate_reader import PlateReader
from pipeline.render.ledger import FailedFrame

RenderFrame = Callable[[Planes], Planes]

_READY_BYTES = 14 << 20
_MOST_READY = 8
"""Finished frames that may wait for the encoder, so that neither side stands still for the other's hiccups."""

ENDS_THE_JOB = (Cancelled, OutputError, ModelError, ProjectError, ConsentError)
"""Errors that no other frame would be spared."""


@dataclass(frozen=True, slots=True, eq=False)
class FedFrame:
    """A picture ready for the encoder, and what went wrong on the way to it."""

    frame: int
    picture: av.VideoFrame
    failure: FailedFrame | None = None


class FrameFeed:
    """Renders runs of frames with `threads` renderers at a time. Use as a context manager, from one thread."""

    def __init__(self, reader: PlateReader, render: RenderFrame, target: OutputFormat, threads: int) -> None:
        self._reader = reader
        self._render = render
        self._target = target
        info = reader.info
        sample_bytes = 3 * (2 if max(info.format.depth, target.format.depth) > 8 else 1)
        ready = _READY_BYTES // max(1, info.width * info.height * sample_bytes)
        self._window = threads + max(1, min(_MOST_READY, ready))
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="render")
        self._local = threading.local()
        self._last: FedFrame | None = None

    def __enter__(self) -> "FrameFeed":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, start: int, stop: int) -> Generator[FedFrame, None, None]:
        """Frames start..stop-1, each once, in order."""
        pending: deque[FrameUnreadable | Future[FedFrame]] = deque()
        source = self._reader.frames(start, stop)
        try:
            for item in source:
                pending.append(item if isinstance(item, FrameUnreadable) else self._pool.submit(self._work, item))
                if len(pending) > self._window:
                    yield self._next(pending)
            while pending:
                yield self._next(pending)
        finally:
            for each in pending:
                if isinstance(each, Future):
                    each.cancel()
            source.close()

    def _next(self, pending: "deque[FrameUnreadable | Future[FedFrame]]") -> FedFrame:
        item = pending.popleft()
        fed = self._stand_in(item) if isinstance(item, FrameUnreadable) else item.result()
        self._last = fed
        return fed

    def _work(self, planes: Planes) -> FedFrame:
        try:
            return FedFrame(planes.frame, self._picture(self._render(planes)))
        except ENDS_THE_JOB:
            raise
        except LikenessError as error:
            failure = FailedFrame(planes.frame, str(error), planes.frame, rendered=False)
            return FedFrame(planes.frame, self._picture(planes), failure)

    def _picture(self, planes: Planes) -> av.VideoFrame:
        converter = getattr(self._local, "converter", None)
        if converter is None:
            converter = PlaneConverter(self._reader.info.format, self._reader.info.colour, self._target)
            self._local.converter = converter
        picture: av.VideoFrame = converter.picture(planes)
        return picture

    def _stand_in(self, error: FrameUnreadable) -> FedFrame:
        """The nearest good frame before a damaged one, or the first good one after it."""
        last = self._last
        if last is not None and last.frame == error.frame - 1:
            shown = last.failure.shown if last.failure else last.frame
            rendered = last.failure.rendered if last.failure else True
            return FedFrame(error.frame, last.picture, FailedFrame(error.frame, str(error), shown, rendered))
        planes = self._nearest(error.frame)
        fed = self._work(planes)
        rendered = fed.failure is None
        return FedFrame(error.frame, fed.picture, FailedFrame(error.frame, str(error), planes.frame, rendered))

    def _nearest(self, frame: int) -> Planes:
        for candidate in (*range(frame - 1, -1, -1), *range(frame + 1, self._reader.info.frames)):
            try:
                return self._reader.read(candidate)
            except FrameUnreadable:
                continue
        raise MediaUnreadable(f"No frame of {self._reader.info.path} can be decoded; it is damaged throughout.")
