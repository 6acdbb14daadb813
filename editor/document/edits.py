"""What the editor does to a document, each as one undoable step: values, keyframes, review, proposals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from editor.document.document import Document, Gesture
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.curve import index_of
from pipeline.project.expression_edits import with_preset, without_preset
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.key_edits import set_at_keyframe, set_for_shot, set_in_range
from pipeline.project.keyframe import Status
from pipeline.project.keyframe_edits import (
    accept_correction,
    add_keyframe,
    merge_proposals,
    propose_again,
    remove_keyframe,
    review_keyframe,
)
from pipeline.project.keyframe_moves import CopiedKeyframe, move_keyframes, paste_keyframes
from pipeline.project.landmark_edits import without_landmark_keys
from pipeline.project.matte_edits import without_matte_keys
from pipeline.project.parameter_table import Parameter
from pipeline.project.project import FaceTrack, Project, face_named, with_face
from pipeline.project.proposal import Proposal

Reach = Literal["keyframe", "range", "shot", "plate"]
"""How far a changed value goes: this keyframe and the way to its neighbours; in to out; from cut to cut; everywhere."""

STATUS_WORDS: dict[Status, str] = {"open": "open", "approved": "approved", "needs_work": "needs work"}


def spoken(name: str) -> str:
    """A parameter's name as it is shown, in the language in use."""
    return translated(name.replace("_", " "))


def set_values(
    document: Document,
    face: str,
    values: Mapping[Parameter, float],
    frames: Sequence[int],
    reach: Reach,
    span: range,
    gesture: Gesture | None = None,
    shots: Sequence[range] = (),
) -> bool:
    """Parameters' new values at `frames`, for `reach`; `span` is in to out, used where the reach is a range;
    `shots` are the plate's, used where it is a shot.
    """
    held = {parameter.name: parameter.held(value) for parameter, value in values.items()}

    def change(project: Project) -> Project:
        for name, value in held.items():
            project = _with_value(project, face, name, value, frames, reach, span, shots)
        return project

    places = {"range": tr("in to out"), "shot": tr("whole shot"), "plate": tr("whole plate")}
    where = places.get(reach) or _frames_text(frames)
    what = tr(" and ").join(f"{spoken(name)} {value:.2f}" for name, value in held.items())
    return document.edit(f"{what[:1].upper()}{what[1:]}, {where}", change, gesture)


def mix_in(
    document: Document,
    face: str,
    preset: ExpressionPreset,
    frames: Sequence[int],
    reach: Reach,
    span: range,
    shots: Sequence[range] = (),
) -> bool:
    """An expression preset put on a face, at full strength for `reach`."""

    def change(project: Project) -> Project:
        project, place = with_preset(project, face, preset)
        return _with_value(project, face, place, 1.0, frames, reach, span, shots)

    return document.edit(tr("Expression {preset}", preset=translated(preset.title or preset.name)), change)


def take_out(document: Document, face: str, preset: str) -> bool:
    """An expression preset taken off a face, with its strength and keys."""
    return document.edit(
        tr("Without expression {preset}", preset=translated(preset)),
        lambda project: without_preset(project, face, preset),
    )


def _with_value(
    project: Project,
    face: str,
    name: str,
    value: float,
    frames: Sequence[int],
    reach: Reach,
    span: range,
    shots: Sequence[range],
) -> Project:
    if reach == "plate":
        return set_for_shot(project, face, name, frames[0], value)
    if reach == "shot":
        for frame, shot in shots_of(frames, shots).items():
            project = set_for_shot(project, face, name, frame, value, shot)
        return project
    if reach == "range":
        return set_in_range(project, face, name, span, value)
    for frame in frames:
        project = set_at_keyframe(project, face, name, frame, value)
    return project


def shots_of(frames: Sequence[int], shots: Sequence[range]) -> dict[int, range]:
    """The shots around frames, each by the first of the frames in it; no frames of a shot stand for the whole plate."""
    if len(shots) < 2:
        return {frames[0]: range(0)}
    found: dict[range, int] = {}
    for frame in frames:
        found.setdefault(next(each for each in shots if frame in each), frame)
    return {frame: shot for shot, frame in found.items()}


def touched_span(
    track: FaceTrack,
    frames: Sequence[int],
    reach: Reach,
    span: range,
    plate_frames: int,
    shots: Sequence[range] = (),
) -> list[range]:
    """The frames that a change at `frames` alters, as ranges for the timeline to light."""
    if reach == "shot":
        return [shot or range(plate_frames) for shot in shots_of(frames, shots).values()]
    if reach == "plate":
        return [range(plate_frames)]
    if reach == "range":
        return [span]
    known = sorted(each.frame for each in track.keyframes)
    found = []
    for frame in frames:
        before = max((each for each in known if each < frame), default=0)
        after = min((each for each in known if each > frame), default=plate_frames - 1)
        found.append(range(before, after + 1))
    return found


def keyed(track: FaceTrack, frame: int) -> bool:
    """Whether any parameter, or a correction of landmarks or of the matte, has a key on a frame."""
    return any(frame in each.frames for each in track.corrections) or any(
        index_of(curve.keys, frame) is not None for curve in track.curves.values()
    )


def toggle_keyframe(document: Document, face: str, frame: int) -> bool:
    """A keyframe where there is none, none where there is one."""
    track = document.face(face)
    if track is not None and any(each.frame == frame for each in track.keyframes):
        return remove_keyframes(document, face, [frame])
    return document.edit(tr("Keyframe at {frame}", frame=frame), lambda project: add_keyframe(project, face, frame))


def remove_keyframes(document: Document, face: str, frames: Iterable[int]) -> bool:
    ordered = sorted(frames)

    def change(project: Project) -> Project:
        for frame in ordered:
            project = _without_keys_on(remove_keyframe(project, face, frame), face, frame)
        return project

    return bool(ordered) and document.edit(tr("Remove {frames}", frames=_frames_text(ordered)), change)


def _without_keys_on(project: Project, face: str, frame: int) -> Project:
    track = face_named(project, face)
    curves = {}
    for name, curve in track.curves.items():
        kept = tuple(key for key in curve.keys if key.frame != frame)
        if kept:
            curves[name] = curve if len(kept) == len(curve.keys) else replace(curve, keys=kept)
    moves = without_landmark_keys(track.landmark_moves, frame)
    strokes = without_matte_keys(track.matte_strokes, frame)
    return with_face(project, replace(track, curves=curves, landmark_moves=moves, matte_strokes=strokes))


def review(
    document: Document, face: str, frames: Iterable[int], status: Status | None = None, note: str | None = None
) -> bool:
    ordered = sorted(frames)

    def change(project: Project) -> Project:
        for frame in ordered:
            project = review_keyframe(project, face, frame, status, note)
        return project

    what = tr("Note") if status is None else translated(STATUS_WORDS[status].capitalize())
    return bool(ordered) and document.edit(f"{what}: {_frames_text(ordered)}", change)


def accept_corrections(document: Document, face: str, frames: Iterable[int]) -> bool:
    """The corrections that are proposed with these keyframes, as keys; those that propose none stay as they are."""
    track, wanted = document.face(face), set(frames)
    if track is None:
        return False
    ordered = [each.frame for each in track.keyframes if each.frame in wanted and each.correction is not None]

    def change(project: Project) -> Project:
        for frame in ordered:
            project = accept_correction(project, face, frame)
        return project

    return bool(ordered) and document.edit(tr("Accept the proposal: {frames}", frames=_frames_text(ordered)), change)


def move(document: Document, face: str, frames: Iterable[int], by: int, gesture: Gesture | None = None) -> bool:
    ordered = sorted(frames)
    return document.edit(
        tr("Move {frames}", frames=_frames_text(ordered)),
        lambda project: move_keyframes(project, face, ordered, by),
        gesture,
    )


def paste(document: Document, face: str, copied: Sequence[CopiedKeyframe], frame: int) -> bool:
    return document.edit(
        tr("Paste keys at {frame}", frame=frame), lambda project: paste_keyframes(project, face, copied, frame)
    )


def take_proposals(document: Document, found: Mapping[str, Iterable[Proposal]]) -> bool:
    """Proposals of detection, by face, taken in without touching what a person did."""

    def change(project: Project) -> Project:
        for face, proposals in found.items():
            project = with_face(project, merge_proposals(face_named(project, face), proposals))
        return project

    return document.edit(tr("Keyframes found"), change)


def take_proposals_in(document: Document, face: str, found: Iterable[Proposal], frames: range) -> bool:
    """Proposals of a closer look at some frames; elsewhere nothing changes."""
    proposals = tuple(found)

    def change(project: Project) -> Project:
        return with_face(project, propose_again(face_named(project, face), proposals, frames))

    return document.edit(tr("Keyframes found from {first} to {last}", first=frames.start, last=frames.stop - 1), change)


def _frames_text(frames: Sequence[int]) -> str:
    return tr("frame {frame}", frame=frames[0]) if len(frames) == 1 else tr("{count} keyframes", count=len(frames))
