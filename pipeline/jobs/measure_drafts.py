"""Drafts measured one by one, keyframes first: what the editor shows of their quality while nobody waits for anything.

Measured is the picture that is drawn for the viewer, so that a figure belongs to what is seen. A frame whose picture
was measured before is passed over; frames in which something lies before the face, or in which it was guessed, have no
values and are not asked again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.comp.mark import Mark
from pipeline.engines.faces import SourcePhoto
from pipeline.engines.landmark_shifts import landmarks_of, shifted_pixels
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.jobs.digests import Digests
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.frame_key import frame_key
from pipeline.jobs.kept_drafts import KeptDrafts, Values
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.quality.frame_measure import FrameMeasures, FrameMeter, row
from pipeline.render.frame import FrameRenderer

NOTHING: Values = row(FrameMeasures())
_ASK_EVERY = 32
"""Frames that are passed over between two looks at whether to go on."""


@dataclass(frozen=True, slots=True, eq=False)
class DraftFace:
    """One face of a plate: ready to be drawn, the photos it wears, its keyframes, and what is known of its drafts."""

    id: str
    face: MeshFace
    photos: Sequence[SourcePhoto]
    keyframes: Sequence[int]
    kept: KeptDrafts


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of one frame of one face; `fresh`: of its picture as it is drawn now."""

    face: str
    frame: int
    values: Values
    fresh: bool


def draft_keys(faces: Sequence[DraftFace], digests: Digests) -> list[Callable[[int], str]]:
    """For each face, a frame's key as far as that face goes: another face's edits leave it alone."""
    found = []
    for number, each in enumerate(faces):
        own = replace(digests, by_face=digests.by_face[number : number + 1], choices=digests.choices[number:][:1])
        found.append(frame_key((each.face,), None, own))
    return found


def known_figures(faces: Sequence[DraftFace], digests: Digests, cancelled: CancelledCheck) -> Iterator[Figure]:
    """What was measured before, and whether it still holds. Raises Cancelled."""
    for each, key in zip(faces, draft_keys(faces, digests), strict=True):
        for number, frame in enumerate(each.kept.frames):
            if number % _ASK_EVERY == 0:
                _stop_if(cancelled)
            yield Figure(each.id, frame, each.kept.values(frame), each.kept.is_of(frame, key(frame)))


def measure_drafts(
    reader: PlateReader,
    faces: Sequence[DraftFace],
    digests: Digests,
    mark: Mark | None,
    pool: SessionPool,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> Iterator[Figure]:
    """Measure what isn't measured as it is drawn now, and put it into `kept`: keyframes first, then frame by frame.

    Raises Cancelled.
    """
    drawing = _Drafts(reader, faces, mark, pool)
    keys = draft_keys(faces, digests)
    order = frame_order(faces)
    for done, frame in enumerate(order, start=1):
        if done % _ASK_EVERY == 1:
            _stop_if(cancelled)
        named = [(each, key(frame)) for each, key in zip(faces, keys, strict=True)]
        lacking = [(each, key) for each, key in named if not each.kept.is_of(frame, key)]
        lacking = [(each, key) for each, key in lacking if each.face.prepared.solve.index_of(frame) is not None]
        if lacking:
            _stop_if(cancelled)
            found = drawing.measured(frame, [each for each, _ in lacking], cancelled)
            for (each, key), values in zip(lacking, found, strict=True):
                each.kept.put(frame, key, values)
                yield Figure(each.id, frame, values, True)
        progress(Progress("measuring drafts", done, len(order)))


def frame_order(faces: Sequence[DraftFace]) -> list[int]:
    """Every frame in which one of the faces is seen, once: keyframes, then the rest, each ascending."""
    seen = {int(frame) for each in faces for frame in each.face.prepared.solve.frames}
    first = sorted({frame for each in faces for frame in each.keyframes} & seen)
    return [*first, *sorted(seen.difference(first))]


class _Drafts:
    """Draws drafts and measures them."""

    def __init__(self, reader: PlateReader, faces: Sequence[DraftFace], mark: Mark | None, pool: SessionPool) -> None:
        self._reader, self._view = reader, view_of(reader.info)
        self._renderer = FrameRenderer(self._view, [each.face for each in faces], mark)
        self._meters = {each.id: self._meter(each, pool) for each in faces}

    @staticmethod
    def _meter(face: DraftFace, pool: SessionPool) -> FrameMeter:
        solve = face.face.prepared.solve
        return FrameMeter(pool, solve.scores[solve.clear], face.photos)

    def measured(self, frame: int, faces: Sequence[DraftFace], cancelled: CancelledCheck) -> list[Values]:
        """Values of these faces, of which each is seen in the frame; none of those that something lies before.

        Raises Cancelled: a frame takes long enough to be in somebody's way.
        """
        clear = [self._is_clear(each, frame) for each in faces]
        pictures = self._pictures(frame) if any(clear) else None
        found = []
        for each, seen in zip(faces, clear, strict=True):
            _stop_if(cancelled)
            found.append(self._values(each, frame, *pictures) if pictures is not None and seen else NOTHING)
        return found

    def _values(self, face: DraftFace, frame: int, plate: ImageU8, result: ImageU8) -> Values:
        solve, shifts = face.face.prepared.solve, face.face.settings_at(frame).landmark_shifts
        i = solve.index_of(frame)
        assert i is not None
        corrected = shifted_pixels(solve, i, shifts) if shifts else None
        steady, likeness = landmarks_of(solve, i, shifts).astype(np.float32), frame in face.keyframes
        return row(self._meters[face.id].measure(plate, result, steady, likeness, corrected))

    def _pictures(self, frame: int) -> tuple[ImageU8, ImageU8] | None:
        """The plate and the draft as they are shown; None where the frame is damaged."""
        try:
            planes: Planes = self._reader.read(frame)
        except FrameUnreadable:
            return None
        return self._view.rgb8(planes), self._view.rgb8(self._renderer.render(planes).planes)

    @staticmethod
    def _is_clear(face: DraftFace, frame: int) -> bool:
        solve = face.face.prepared.solve
        i = solve.index_of(frame)
        return i is not None and bool(solve.clear[i])


def _stop_if(cancelled: CancelledCheck) -> None:
    if cancelled():
        raise Cancelled("Measuring drafts was stopped; what was measured is kept.")
