"""The one pass over a plate: every frame is decoded once, and all that later work needs of it is written down.

Detection, tracking, landmarks, blendshapes, flow, change and cuts share the decoded picture. The pass writes chunks
into a journal and can be taken up again after any of them; the observations are assembled from the journal, so that a
pass in one piece and one in many give the same.
"""

import math
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.assemble import assemble
from pipeline.analysis.change import ChangeMeter
from pipeline.analysis.cuts import CutDetector, sampling_step, thumbnail
from pipeline.analysis.dissolves import tiny
from pipeline.analysis.face_rows import FaceRow
from pipeline.analysis.hand_tracking import TrackingSettings
from pipeline.analysis.hand_watch import HandWatch
from pipeline.analysis.journal import PICTURE_SHAPE, Chunk, EndedTracklet, Journal, MemoryJournal, SeenHand
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.pass_state import decode_state, encode_state
from pipeline.analysis.picture import Picture
from pipeline.analysis.row_block import block_of
from pipeline.analysis.tracker import FaceTracker, NumberedRow, TrackerSettings
from pipeline.analysis.tracklet import Tracklet
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.planes import Planes
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of

PASS_VERSION = 9
"""Goes up with every change that alters what the pass observes, the flow's included; older analyses are not found."""


@dataclass(frozen=True, slots=True)
class ObserveOptions:
    """What is observed, and how."""

    start: int = 0
    stop: int | None = None
    """Frames start..stop-1; None is the plate's end."""
    chunk_frames: int = 240
    """Frames written down at once."""
    min_frames: int = 3
    """People seen in fewer frames are dropped as false alarms (not in plates of fewer than ten frames)."""
    tracker: TrackerSettings = field(default_factory=TrackerSettings)
    hands: TrackingSettings | None = field(default_factory=TrackingSettings)
    """How hands near the faces are looked for; None: they are not."""


ProgressSink = Callable[[int, int], None]
"""Receives frames done and frames in all."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenFrame:
    """What the pass saw in one frame, while it goes on."""

    frame: int
    picture: NDArray[np.uint8]
    """Tiny, (9, 16, 3)."""
    change: float
    """Of the whole picture, as in `Chunk`."""
    starts_shot: bool
    rows: Sequence[NumberedRow]
    """Of newly found faces those of some frames before, too."""
    followed: Sequence[Tracklet]
    """Whom the tracker follows after the frame; its own."""


class Onlooker(Protocol):
    """Is shown every frame as the pass has seen it, in order, in the pass's thread. It changes nothing."""

    def see(self, seen: SeenFrame) -> None:
        """Take a frame."""


def observe(
    reader: PlateReader,
    pool: SessionPool,
    options: ObserveOptions | None = None,
    progress: ProgressSink = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    journal: Journal | None = None,
    onlooker: Onlooker | None = None,
) -> list[TrackObservations]:
    """Everybody in the plate, in order of first appearance.

    With a journal that already holds chunks of the same plate and options, the pass goes on after them.

    Raises
    ------
    Cancelled
        `cancelled` said so; the chunks written so far stay in the journal.
    """
    chosen = options or ObserveOptions()
    kept = journal if journal is not None else MemoryJournal()
    stop = reader.info.frames if chosen.stop is None else min(chosen.stop, reader.info.frames)
    point = kept.resume_point()
    if point is None or point[0] < stop:
        with closing(_Pass(reader, pool, chosen, kept, stop, onlooker).frames()) as frames:
            for done in frames:
                progress(done - chosen.start, stop - chosen.start)
                if cancelled():
                    raise Cancelled(f"The analysis was stopped at frame {done - 1}; what is done is kept.")
    width, height = reader.info.display_size
    return assemble(
        kept, width, height, chosen.min_frames if stop - chosen.start >= 10 else 1, chosen.hands is not None
    )


class _Pass:
    """One run of the pass, from the journal's last chunk to the end."""

    def __init__(
        self,
        reader: PlateReader,
        pool: SessionPool,
        options: ObserveOptions,
        journal: Journal,
        stop: int,
        onlooker: Onlooker | None,
    ) -> None:
        self._reader, self._options, self._journal, self._stop = reader, options, journal, stop
        self._view = view_of(reader.info)
        self._onlooker = onlooker
        self._cuts = CutDetector()
        self._meter = ChangeMeter()
        self._watch = None if options.hands is None else HandWatch(pool, options.hands)
        self._shot = -1
        self._next = options.start
        point = journal.resume_point()
        if point is None:
            self._tracker = FaceTracker(pool, options.tracker)
        else:
            self._next = point[0]
            self._resume(pool, point[1])
        self._clear()

    def _resume(self, pool: SessionPool, content: bytes) -> None:
        state = decode_state(content)
        self._shot, self._cuts = state.shot, state.cut_detector()
        self._meter = ChangeMeter(state.change)
        self._tracker = FaceTracker(pool, self._options.tracker, state.tracker_state())
        for frame in state.recent_frames:
            self._tracker.recall(self._picture(self._reader.read(frame)))

    def _clear(self) -> None:
        self._rows: dict[int, list[FaceRow]] = {}
        self._ended: list[EndedTracklet] = []
        self._new_cuts: list[int] = []
        self._unreadable: list[int] = []
        self._change: list[float] = []
        self._pictures: list[NDArray[np.uint8]] = []
        self._hands: list[SeenHand] = []

    def frames(self) -> Generator[int, None, None]:
        """Work through the frames; gives the first frame not done yet, after each."""
        with closing(self._reader.frames(self._next, self._stop)) as pictures:
            for frame, planes in enumerate(pictures, start=self._next):
                self._see(frame, planes)
                last = frame + 1 == self._stop
                if last:
                    self._tracker.forget()
                    self._note_ended()
                if last or (frame + 1 - self._options.start) % self._options.chunk_frames == 0:
                    self._commit(frame + 1)
                yield frame + 1

    def _see(self, frame: int, planes: Planes | FrameUnreadable) -> None:
        if isinstance(planes, FrameUnreadable):
            self._unreadable.append(frame)
            before = self._cuts.previous
            self._pictures.append(np.zeros(PICTURE_SHAPE, np.uint8) if before is None else tiny(before))
            self._change.append(math.nan)
            self._meter.forget()
            self._tracker.forget()
            self._note_ended()
            self._show(frame, False, ())
            return
        picture = self._picture(planes)
        small = thumbnail(picture.sparse(sampling_step(*picture.size)))
        self._pictures.append(tiny(small))
        starts_shot = self._cuts.starts_shot(small)
        if starts_shot:
            self._tracker.forget()
            self._note_ended()
            self._shot += 1
            self._new_cuts.append(frame)
        self._change.append(self._meter.of_picture(picture))
        rows = self._meter.with_change(picture, self._tracker.step(picture, starts_shot))
        for number, row in rows:
            self._rows.setdefault(number, []).append(row)
        if self._watch is not None:
            self._hands.extend(self._watch.look(picture, rows))
        self._note_ended()
        self._show(frame, starts_shot, rows)

    def _show(self, frame: int, starts_shot: bool, rows: Sequence[NumberedRow]) -> None:
        if self._onlooker is not None:
            followed = self._tracker.state.followed
            seen = SeenFrame(frame, self._pictures[-1], self._change[-1], starts_shot, rows, followed)
            self._onlooker.see(seen)

    def _picture(self, planes: Planes) -> Picture:
        return Picture(planes, self._view)

    def _note_ended(self) -> None:
        self._ended.extend(EndedTracklet(each.number, self._shot, each.embedding_sum) for each in self._tracker.ended)
        self._tracker.ended.clear()

    def _commit(self, stop: int) -> None:
        state = encode_state(self._shot, self._tracker.recent_frames, self._cuts, self._tracker.state, self._meter)
        rows = {number: block_of(each) for number, each in self._rows.items()}
        frames = (self._new_cuts, self._unreadable)
        self._journal.commit(Chunk(stop, rows, self._ended, *frames, state, self._pictures, self._change, self._hands))
        self._clear()
