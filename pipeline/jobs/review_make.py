"""Making a blind review: shuffled clips of plate and result around keyframes, a page to score them on, a key apart.

Both kinds of clip are cut, sized and encoded alike, without sound, and named by their place in the shuffled order, so
that nothing but the picture tells one from the other.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from pipeline.engines.faces import FaceSolve
from pipeline.errors import MediaUnreadable, OutputExists
from pipeline.imaging.arrays import Rect
from pipeline.jobs.measured_plate import found_face, project_face
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink, telling_of_compiling
from pipeline.jobs.render_request import Compute
from pipeline.jobs.review_clip import write_clip
from pipeline.jobs.review_key import FORMAT, QUESTIONS, Kind, ReviewClip, ReviewKey
from pipeline.jobs.workbench import Workbench
from pipeline.media.output_file import check_not_input, check_writable, writing
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.keyframe import Keyframe
from pipeline.project.timebase import parse_range
from pipeline.quality.face_regions import face_rect
from pipeline.quality.frame_pairs import Span, check_pair

PAGE = Path(__file__).resolve().parents[2] / "resources" / "review" / "score.html"
CLIPS = 12
"""Keyframes that are shown, if nothing else is asked for: two clips each are ten minutes of a viewer's time."""
SECONDS = 2.0
MARGIN = 0.25
"""Room around the face, face widths: hair and neck, but no corner of the picture."""
PASSED_OVER = ("first", "last", "cut")
"""Kinds of keyframes that show no expression."""
COVERED = ("occlusion_in", "occlusion_out")
"""Kinds beside which something lies before the face: whatever their score, they come last."""


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A review of `result` against `original`. `first`, `last`: the plate's frames that the result shows.

    `project` gives the keyframes of its `face` (None: its only one); without it they are detected. `folder` receives
    page and clips, `key` the key.
    """

    original: Path
    result: Path
    folder: Path
    key: Path
    project: Path | None = None
    face: str | None = None
    first: str | None = None
    last: str | None = None
    clips: int = CLIPS
    seconds: float = SECONDS
    colour_space: str | None = None
    compute: Compute = field(default_factory=Compute)


@dataclass(frozen=True, slots=True)
class ReviewMade:
    """What was written: the page, the key, and how many clips of how many keyframes."""

    page: Path
    key: Path
    clips: int
    keyframes: int


def make_review(request: ReviewRequest, progress: ProgressSink, cancelled: CancelledCheck) -> ReviewMade:
    """Write a review.

    Raises MediaError, FaceError, RangeError, ProjectError, OutputError as their names say; Cancelled.
    """
    _check_places(request)
    bench = Workbench(request.compute.provider)
    with (
        telling_of_compiling(progress),
        open_plate(request.original, colour_space=request.colour_space) as plate,
        open_plate(request.result, colour_space=request.colour_space) as result,
    ):
        info = plate.info
        frames = parse_range(request.first, request.last, info.frames, info.rate, info.first_timecode)
        check_pair(plate, result, Span(frames.start, len(frames), request.colour_space))
        if request.project is None:
            face, _ = found_face(plate, frames, bench, progress, cancelled)
        else:
            face = project_face(request.project, request.face, plate, bench, progress, cancelled)
        length = round(request.seconds * info.rate)
        shown = [each for each in face.keyframes if face.solve.index_of(each.frame) is not None]
        marks = chosen_keyframes(shown, frames, request.clips, length)
        if not marks:
            raise MediaUnreadable(
                f"{request.original} has no keyframe in frames {frames.start} to {frames.stop - 1} that shows an "
                "expression: find them with `keyframes`, set one with `keyframe add`, or choose another range."
            )
        clips = shuffled_clips(marks, frames, length, _identity(request, marks))
        folder = request.folder / "clips"
        folder.mkdir(parents=True)
        for number, clip in enumerate(clips):
            progress(Progress("writing clips", number, len(clips)))
            source, start = (plate, 0) if clip.kind == "plate" else (result, frames.start)
            rect = _place(face.solve, clip, plate)
            write_clip(source, range(clip.first - start, clip.last + 1 - start), rect, folder / f"{clip.name}.mp4")
        progress(Progress("writing clips", len(clips), len(clips)))
    return _written(request, clips, len(marks))


def _check_places(request: ReviewRequest) -> None:
    """Raise OutputError where folder or key can't be written, or the key would lie among what viewers get."""
    for place in (request.folder, request.key):
        if place.exists():
            raise OutputExists(f"{place} exists already: choose another name, so that no earlier review is lost.")
        check_not_input(place, [request.original, request.result])
    check_writable(request.folder.resolve().parent)
    check_writable(request.key.resolve().parent)


def chosen_keyframes(keyframes: Sequence[Keyframe], frames: range, count: int, length: int) -> list[Keyframe]:
    """The `count` keyframes of most worth inside `frames` that show an expression, in order of time.

    No two whose clips of `length` frames would show mostly the same.
    """
    showing = [each for each in keyframes if each.frame in frames and each.kind not in PASSED_OVER]

    def rank(mark: Keyframe) -> tuple[bool, float, int]:
        """One that was set by hand has no score, and is meant."""
        return mark.kind in COVERED, -(1.0 if mark.score is None else mark.score), mark.frame

    ranked = sorted(showing, key=rank)
    chosen: list[Keyframe] = []
    for mark in ranked:
        begins = _begin(mark, frames, length)
        if len(chosen) < count and all(abs(begins - _begin(each, frames, length)) > length // 2 for each in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda each: each.frame)


def _begin(mark: Keyframe, frames: range, length: int) -> int:
    """First frame of a keyframe's clip: it lies in the middle, where the range has room."""
    return max(frames.start, min(mark.frame - length // 2, frames.stop - length))


def shuffled_clips(keyframes: Sequence[Keyframe], frames: range, length: int, seed: str) -> list[ReviewClip]:
    """Two clips a keyframe, of at most `length` frames, in an order that follows from `seed` alone; named 01, 02, …"""
    kinds: tuple[Kind, Kind] = ("plate", "result")
    pairs = [(each, kind) for each in keyframes for kind in kinds]
    order = np.random.default_rng(int(seed, 16)).permutation(len(pairs))
    clips = []
    for number, chosen in enumerate(order):
        mark, kind = pairs[int(chosen)]
        first = _begin(mark, frames, length)
        last = min(first + length, frames.stop) - 1
        name = f"{number + 1:02d}"
        clips.append(ReviewClip(name=name, kind=kind, frame=mark.frame, reason=mark.kind, first=first, last=last))
    return clips


def _identity(request: ReviewRequest, marks: Sequence[Keyframe]) -> str:
    """Name of a review, hex: the same films and keyframes are shuffled the same way."""
    frames = [mark.frame for mark in marks]
    text = f"{request.original.name} {request.result.name} {frames} {request.seconds}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _place(solve: FaceSolve, clip: ReviewClip, plate: PlateReader) -> Rect:
    """What a clip shows: the face over all its frames, the same for plate and result."""
    width, height = view_of(plate.info).size
    seen = [i for i, frame in enumerate(solve.frames) if clip.first <= int(frame) <= clip.last]
    rects = [face_rect(solve.landmarks[i], width, height, MARGIN) for i in seen]
    return Rect(
        min(each.x0 for each in rects),
        min(each.y0 for each in rects),
        max(each.x1 for each in rects),
        max(each.y1 for each in rects),
    )


def _written(request: ReviewRequest, clips: Sequence[ReviewClip], keyframes: int) -> ReviewMade:
    identity = hashlib.sha256(msgspec.json.encode(clips)).hexdigest()[:12]
    key = ReviewKey(
        format=FORMAT, id=identity, original=str(request.original), result=str(request.result), clips=tuple(clips)
    )
    told = {
        "id": identity,
        "clips": [clip.name for clip in clips],
        "questions": [{"id": name, "title": title} for name, title in QUESTIONS],
    }
    page = request.folder / "score.html"
    text = PAGE.read_text(encoding="utf-8").replace("/*REVIEW*/null", json.dumps(told))
    with writing(page) as file:
        file.write(text.encode())
    with writing(request.key) as file:
        file.write(msgspec.json.format(msgspec.json.encode(key), indent=1))
    return ReviewMade(page, request.key, len(clips), keyframes)
