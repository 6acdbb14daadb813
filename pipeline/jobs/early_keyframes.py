"""Keyframes while a plate is still being analysed: a quick look at the latest stretch, taken again as the pass goes on.

What is found so is shown and replaced, never kept: the sound isn't heard yet, hands aren't cut out, the performer's
neutral face is that of a stretch, and who is who is known once all of the plate is. Looking changes nothing of what
the pass observes.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.assemble import landmarks_of, observations_of
from pipeline.analysis.face_rows import FaceRow
from pipeline.analysis.gates import mesh_box
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.neutral import NeutralSettings
from pipeline.analysis.observe import ObserveOptions, SeenFrame
from pipeline.analysis.people import Sighting, join
from pipeline.analysis.row_block import RowBlock, block_of, joined
from pipeline.analysis.shots import shots_in
from pipeline.analysis.signals import face_signals
from pipeline.analysis.solve import SolveSettings, solve_face
from pipeline.jobs.plate_sound import plate_times
from pipeline.media.plate_reader import PlateReader
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import FaceTrack
from pipeline.project.proposal import Proposal
from pipeline.project.track_piece import resolved

SHARE = 0.028
"""Of the pass's processor time, what all looks may take together."""
CREDIT_S = 0.12
"""What the first looks may take before the pass has earned it, processor seconds: a long plate pays it back."""
WINDOW = 720
"""Frames that a look sees, the latest."""
EVERY_S = 2.0
"""Film before a look that no look has seen, at least, seconds."""
UNSURE_S = 1.0
"""At both ends of what a look sees, what it says of so many seconds is not told: it would say otherwise of more."""
TRACKLETS_KEPT = 200
"""Who was last seen before the window is remembered as long as there are no more."""
QUICK = SolveSettings(neutral=NeutralSettings(refits=1, max_fit_frames=150))
"""The solve of a look: the neutral face of few frames."""


@dataclass(frozen=True, slots=True)
class EarlyFind:
    """Proposals for a face in frames `start`..`stop`-1, in place of what was told of them before."""

    face: str
    start: int
    stop: int
    proposals: tuple[Proposal, ...]


@dataclass(slots=True, eq=False)
class _Seen:
    """A tracklet: who it is like, how much of the picture it took, and its latest rows."""

    shot: int
    embedding: NDArray[np.float64]
    first: int = 0
    last: int = -1
    first_box: NDArray[np.float64] = field(default_factory=lambda: np.zeros(4))
    last_box: NDArray[np.float64] = field(default_factory=lambda: np.zeros(4))
    frames: int = 0
    width: float = 0.0
    """Sum over its frames, pixels."""
    new: list[FaceRow] = field(default_factory=list)
    block: RowBlock | None = None

    def take_in(self, start: int) -> None:
        """Sum up the new rows, and keep those from `start` on."""
        if self.new:
            block = block_of(self.new)
            boxes = [mesh_box(each) for each in landmarks_of(block)]
            if not self.frames:
                self.first, self.first_box = int(block.frames[0]), boxes[0]
            self.last, self.last_box = int(block.frames[-1]), boxes[-1]
            self.frames += len(boxes)
            self.width += sum(float(box[2] - box[0]) for box in boxes)
            self.block = block if self.block is None else joined([self.block, block])
            self.new = []
        if self.block is not None:
            rows = self.block.between(start, self.last + 1)
            self.block = rows if len(rows.frames) else None

    def sighting(self, number: int) -> Sighting:
        return Sighting(number, self.shot, self.first, self.last, self.first_box, self.last_box, self.embedding)


class EarlyKeyframes:
    """Shown a pass's frames, it tells of keyframes from time to time (an `observe.Onlooker`).

    Parameters
    ----------
    reader: the plate.
    faces: asked for the plate's faces when a look is taken.
    tell: receives what was found of each.
    clock: processor time of the pass, seconds.
    """

    def __init__(
        self,
        reader: PlateReader,
        options: DetectionOptions,
        faces: Callable[[], Sequence[FaceTrack]],
        tell: Callable[[EarlyFind], None],
        clock: Callable[[], float] = time.thread_time,
    ) -> None:
        self._times: Sequence[Fraction] = plate_times(reader)
        self._size = reader.info.display_size
        self._options, self._faces, self._tell, self._clock = options, faces, tell, clock
        self._seconds = np.array([float(each - self._times[0]) for each in self._times])
        self._least = ObserveOptions().min_frames
        self._tracklets: dict[int, _Seen] = {}
        self._pictures: deque[NDArray[np.uint8]] = deque(maxlen=WINDOW)
        self._change: deque[float] = deque(maxlen=WINDOW)
        self._cuts: list[int] = []
        self._shot = -1
        self._first: int | None = None
        self._began = 0.0
        self._looked = 0
        """The frame after which the last look was taken."""
        self._spent, self._cost = 0.0, 0.1
        self._told: dict[str, frozenset[int]] = {}
        """The tracklets of the person whose keyframes a face was last told."""

    def see(self, seen: SeenFrame) -> None:
        """Take a frame; where the time for it is earned, take a look."""
        if self._first is None:
            self._first, self._began = seen.frame, self._clock()
        self._pictures.append(seen.picture)
        self._change.append(seen.change)
        if seen.starts_shot:
            self._shot += 1
            self._cuts.append(seen.frame)
        for each in seen.followed:
            if each.number not in self._tracklets:
                self._tracklets[each.number] = _Seen(self._shot, each.embedding_sum)
            self._tracklets[each.number].embedding = each.embedding_sum
        for number, row in seen.rows:
            if number in self._tracklets:
                self._tracklets[number].new.append(row)
        if self._is_due(seen.frame + 1, self._first):
            began, self._looked = self._clock(), seen.frame + 1
            self._look(seen.frame + 1)
            self._cost = self._clock() - began
            self._spent += self._cost

    def _is_due(self, stop: int, first: int) -> bool:
        """Whether a look is worth its time now, and has it: it may cost more than the one before, which saw less."""
        done, total = stop - first, len(self._times) - first
        if self._seconds[stop - 1] - self._seconds[max(first, self._looked)] < EVERY_S or stop == len(self._times):
            return False
        passed = self._clock() - self._began - self._spent
        earned = min(CREDIT_S + SHARE * passed, SHARE * passed * total / done)
        return self._spent + 1.25 * self._cost <= earned

    def _look(self, stop: int) -> None:
        start = stop - len(self._pictures)
        self._sum_up(start)
        known = {number: each for number, each in self._tracklets.items() if each.frames}
        people = join([each.sighting(number) for number, each in known.items()])
        people = [each for each in people if sum(known[one.number].frames for one in each) >= self._least]
        widths = [sum(known[one.number].width for one in each) for each in people]
        order = sorted(range(len(people)), key=lambda person: (-widths[person], person))
        faces = self._faces()
        for face, person in zip(faces, resolved(faces, order), strict=True):
            if person is not None and person < len(people):
                self._propose(face.id, people[person], start, stop)

    def _sum_up(self, start: int) -> None:
        self._cuts = [each for each in self._cuts if each > start]
        for each in self._tracklets.values():
            each.take_in(start)
        gone = [number for number, each in self._tracklets.items() if each.block is None]
        for number in gone[: max(0, len(self._tracklets) - TRACKLETS_KEPT)]:
            del self._tracklets[number]

    def _propose(self, face: str, person: Sequence[Sighting], start: int, stop: int) -> None:
        known = [self._tracklets[each.number].block for each in person]
        blocks = [each for each in known if each is not None]
        sure = self._seconds[start:stop] - self._seconds[start]
        low = 0 if start == 0 else start + int(np.searchsorted(sure, UNSURE_S))
        high = start + int(np.searchsorted(sure, sure[-1] - UNSURE_S, side="right"))
        found: list[Proposal] = []
        if blocks:
            track = observations_of(0, person, joined(blocks), *self._size)
            # The shot that goes on at the window's start counts as begun there: what is said of that isn't told.
            shots = shots_in(np.array(self._pictures), [start, *self._cuts], start) if self._cuts else None
            change = np.array(self._change, np.float32)
            signals = face_signals(track, solve_face(track, QUICK), self._times, shots, change, start)
            found = [each for each in propose_keyframes(signals, self._options) if low <= each.frame < high]
        numbers = frozenset(each.number for each in person)
        if not numbers & self._told.get(face, numbers):
            low = 0  # It is somebody else: what was told of before isn't this face's.
        self._told[face] = numbers
        self._tell(EarlyFind(face, low, high, tuple(found)))
