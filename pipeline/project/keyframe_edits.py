"""Edits of keyframes: set, taken away, reviewed; and proposals taken in without touching what a person did."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.correction import Correction
from pipeline.project.curve import index_of
from pipeline.project.expression_edits import with_preset
from pipeline.project.key_edits import set_keys
from pipeline.project.keyframe import MANUAL, Dismissed, Keyframe, Status
from pipeline.project.preset_files import load_expression
from pipeline.project.project import FaceTrack, Project, face_named, plate_of, with_face
from pipeline.project.proposal import Proposal

NEAR_FRAMES = 3
"""Two findings of one kind are the same event when they lie no further apart."""


def merge_proposals(track: FaceTrack, proposals: Iterable[Proposal]) -> FaceTrack:
    """The track with the proposals as its detected keyframes.

    What a person touched (set, keyed, reviewed, noted) stays as it is, and answers for proposals of its own event;
    what was dismissed doesn't come back; detected keyframes that nobody touched give way to the new ones.
    """
    touched = [each for each in track.keyframes if is_touched(track, each)]
    new = [each for each in _one_a_frame(proposals) if not _known(each, touched, track.dismissed)]
    return replace(track, keyframes=tuple(sorted((*touched, *new), key=lambda each: each.frame)))


def propose_again(track: FaceTrack, proposals: Iterable[Proposal], frames: range) -> FaceTrack:
    """The track with those proposals that lie in `frames` as its detected keyframes there, dismissed ones among them.

    What a person touched stays, and beyond `frames` nothing changes.
    """
    outside = tuple(each for each in track.keyframes if each.frame not in frames)
    dismissed = tuple(each for each in track.dismissed if each.frame not in frames)
    inside = replace(
        track, keyframes=tuple(each for each in track.keyframes if each.frame in frames), dismissed=dismissed
    )
    found = merge_proposals(inside, [each for each in proposals if each.frame in frames]).keyframes
    return replace(track, keyframes=tuple(sorted((*outside, *found), key=lambda each: each.frame)), dismissed=dismissed)


def is_touched(track: FaceTrack, keyframe: Keyframe) -> bool:
    """Whether a person did anything to a keyframe, or a key lies on its frame that isn't automatic balance's, of a
    parameter or of a correction of landmarks or matte.
    """
    if keyframe.origin != "detected" or keyframe.status != "open" or keyframe.note:
        return True
    return any(keyframe.frame in each.frames for each in track.corrections) or any(
        (at := index_of(curve.keys, keyframe.frame)) is not None and curve.keys[at].made != "balance"
        for curve in track.curves.values()
    )


def _one_a_frame(proposals: Iterable[Proposal]) -> list[Keyframe]:
    """The proposals of a frame as one keyframe: the best one's kind and score, everybody's reasons."""
    ordered = sorted(proposals, key=lambda each: (each.frame, -each.score, each.kind, each.region, each.reasons))
    found = []
    for frame, group in groupby(ordered, key=lambda each: each.frame):
        here = list(group)
        reasons = dict.fromkeys(reason for each in here for reason in each.reasons)
        found.append(
            Keyframe(
                frame=frame,
                origin="detected",
                kind=here[0].kind,
                score=round(here[0].score, 4),
                reasons=tuple(reasons),
                correction=next((each.correction for each in here if each.correction is not None), None),
            )
        )
    return found


def _known(new: Keyframe, touched: Sequence[Keyframe], dismissed: Sequence[Dismissed]) -> bool:
    def near(frame: int) -> bool:
        return abs(frame - new.frame) <= NEAR_FRAMES

    answered = any(
        each.frame == new.frame or (near(each.frame) and each.kind in (new.kind, MANUAL)) for each in touched
    )
    return answered or any(near(each.frame) and each.kind == new.kind for each in dismissed)


def add_keyframe(project: Project, face: str | None, frame: int) -> Project:
    """A keyframe set by hand. Raises ProjectError: no such face, or one is there. RangeError: no such frame."""
    track = face_named(project, face)
    last = plate_of(project, track).frames - 1
    if not 0 <= frame <= last:
        raise RangeError(f"The plate of {track.id} has frames 0 to {last}, so there is no frame {frame}.")
    if any(each.frame == frame for each in track.keyframes):
        raise ProjectError(f"Frame {frame} of {track.id} is a keyframe already.")
    keyframes = sorted((*track.keyframes, Keyframe(frame=frame, origin="manual")), key=lambda each: each.frame)
    return with_face(project, replace(track, keyframes=tuple(keyframes)))


def remove_keyframe(project: Project, face: str | None, frame: int) -> Project:
    """The face without a keyframe; its keys stay, and detection doesn't propose it again. Raises ProjectError: none."""
    track, old = _found(project, face, frame)
    dismissed = track.dismissed
    if old.kind != MANUAL:
        dismissed = (*dismissed, Dismissed(frame=frame, kind=old.kind))
    kept = tuple(each for each in track.keyframes if each.frame != frame)
    return with_face(project, replace(track, keyframes=kept, dismissed=dismissed))


def review_keyframe(
    project: Project, face: str | None, frame: int, status: Status | None = None, note: str | None = None
) -> Project:
    """A keyframe with another status or note; None leaves either as it is. Raises ProjectError: no keyframe there."""
    track, old = _found(project, face, frame)
    new = replace(old, status=old.status if status is None else status, note=old.note if note is None else note)
    keyframes = tuple(new if each.frame == frame else each for each in track.keyframes)
    return with_face(project, replace(track, keyframes=keyframes))


def accept_correction(project: Project, face: str | None, frame: int) -> Project:
    """The correction that was proposed with a keyframe, as keys; beyond its first and last frame nothing changes.

    A correction of a preset's strength brings the preset onto the face; one of that name that the face has stays.

    Raises ProjectError: no keyframe there, no correction with it, or no place left for its preset.
    """
    track, old = _found(project, face, frame)
    if old.correction is None:
        raise ProjectError(f"No correction is proposed at frame {frame} of {track.id}: `keyframes --kept` shows those.")
    project, correction = _on_a_parameter(project, track, old.correction)
    project = set_keys(project, track.id, correction)
    track = face_named(project, track.id)
    keyframes = tuple(
        replace(each, origin="edited", correction=None) if each.frame == frame else each for each in track.keyframes
    )
    return with_face(project, replace(track, keyframes=keyframes))


def _on_a_parameter(project: Project, track: FaceTrack, correction: Correction) -> tuple[Project, Correction]:
    """The project whose face has the preset that a correction means, and the correction of its strength's parameter."""
    name = correction.preset
    if not name:
        return project, correction
    held = next((each for each in track.presets.values() if each.name == name), None)
    project, place = with_preset(project, track.id, held or load_expression(name))
    return project, replace(correction, parameter=place, preset="")


def _found(project: Project, face: str | None, frame: int) -> tuple[FaceTrack, Keyframe]:
    track = face_named(project, face)
    for each in track.keyframes:
        if each.frame == frame:
            return track, each
    raise ProjectError(f"Frame {frame} of {track.id} is no keyframe: `keyframes` lists those there are.")
