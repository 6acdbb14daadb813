"""Approval: it holds for the picture that was looked at, and a shot has it when all its keyframes do."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from pipeline.project.frame_changes import changed_frames, never
from pipeline.project.keyframe import Keyframe, Status
from pipeline.project.project import FaceTrack, Project, with_face


def reopened(old: Project, new: Project) -> Project:
    """The edited document with open keyframes where approval no longer holds: where the edit draws another picture than
    was approved, and where it moved an approved keyframe to another frame. What the edit itself approves is approved.
    """
    for face in new.faces:
        before = next((each for each in old.faces if each.id == face.id), None)
        if before is not None:
            new = _with_reopened(old, new, before, face)
    return new


def _with_reopened(old: Project, new: Project, before: FaceTrack, face: FaceTrack) -> Project:
    known = {each.frame: each.status for each in before.keyframes}
    changed = changed_frames(old, new, face.id)
    if before.keyframes == face.keyframes and (changed is never or "approved" not in known.values()):
        return new

    def holds(frame: int) -> bool:
        return frame in known and (known[frame] != "approved" or not changed(frame))

    keyframes = tuple(
        replace(each, status="open") if each.status == "approved" and not holds(each.frame) else each
        for each in face.keyframes
    )
    return new if keyframes == face.keyframes else with_face(new, replace(face, keyframes=keyframes))


def shots_between(cuts: Sequence[int], frames: int) -> list[range]:
    """A plate's shots; `cuts` are the frames that begin one, the plate's first needn't be among them."""
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < frames}), frames]
    return [range(first, stop) for first, stop in pairwise(edges)]


@dataclass(frozen=True, slots=True)
class ShotReview:
    """How far the review of a shot is. `number` is 1-based; `keyframes` are those of faces that are worked on, each
    with its face's id, by frame."""

    number: int
    frames: range
    keyframes: tuple[tuple[str, Keyframe], ...]

    @property
    def is_approved(self) -> bool:
        """A shot is approved when it has keyframes of faces that are worked on, and all of them are approved."""
        return bool(self.keyframes) and self.count("approved") == len(self.keyframes)

    def count(self, status: Status) -> int:
        """How many of its keyframes have a status."""
        return sum(each.status == status for _, each in self.keyframes)


def shot_reviews(project: Project, plate: str, shots: Sequence[range]) -> list[ShotReview]:
    """The review of every shot of a plate; `shots` follow one another from frame 0."""
    starts = [shot.start for shot in shots]
    found: list[list[tuple[str, Keyframe]]] = [[] for _ in shots]
    for face in project.faces:
        if face.plate == plate and not face.ignored:
            for each in face.keyframes:
                found[bisect_right(starts, each.frame) - 1].append((face.id, each))
    return [
        ShotReview(number, shot, tuple(sorted(keyframes, key=lambda pair: (pair[1].frame, pair[0]))))
        for number, (shot, keyframes) in enumerate(zip(shots, found, strict=True), start=1)
    ]


def approved_shots(project: Project, plate: str, shots: Sequence[range]) -> list[int]:
    """Numbers (1-based) of the shots that somebody approved; `shots` follow one another from frame 0."""
    return [each.number for each in shot_reviews(project, plate, shots) if each.is_approved]


def shot_file(output: Path, number: int, shots: int) -> Path:
    """Where the shot of that number (1-based) of so many goes: `film.mov` is `film-shot2.mov`, `f.####.png`
    `f-shot2.####.png`; of a plate of one shot it is `output` itself.
    """
    if shots == 1:
        return output
    stem, dot, rest = output.name.partition(".") if "#" in output.name else (output.stem, "", output.suffix)
    return output.with_name(f"{stem}-shot{number}{dot}{rest}")
