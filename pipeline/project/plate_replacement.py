"""Another version of a plate in place of the one a document has: what was done to the old one is carried along."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.correction import Correction
from pipeline.project.curve import Curve, Key, index_of, slope_at
from pipeline.project.curve_edits import with_anchor
from pipeline.project.keyframe import Keyframe
from pipeline.project.landmark_move import LandmarkMove
from pipeline.project.landmark_parts import spoken_part
from pipeline.project.lasting import Lasting
from pipeline.project.marker import Marker
from pipeline.project.matte_stroke import MatteStroke
from pipeline.project.plate_map import PlateMap, Stretch
from pipeline.project.project import FaceTrack, Plate, Project
from pipeline.project.track_piece import TrackPiece


class FaceTracks(Struct, frozen=True, kw_only=True):
    """Which tracks of the new plate's analysis a face is; nothing of both: it isn't seen there."""

    track: int | None = None
    pieces: tuple[TrackPiece, ...] = ()


class Replacement(Struct, frozen=True, kw_only=True):
    """All that an edit needs to put a new plate in place of the one of the same id."""

    plate: Plate
    plates: PlateMap
    unchanged: tuple[tuple[int, int], ...] = ()
    """First and last of each run of new frames that show the picture they showed before."""
    tracks: Mapping[str, FaceTracks] = {}
    """By the id of a face; a face that isn't among them keeps what it names."""


class LeftOut(Struct, frozen=True, kw_only=True):
    """Something that lay on a frame which the new plate doesn't have."""

    what: str
    """`keyframe`, `keys` or `marker`."""
    frame: int
    """Of the old plate."""
    words: str
    face: str = ""


class Carried(Struct, frozen=True, kw_only=True):
    """What became of what was done to the old plate."""

    keyframes: int
    keys: int
    markers: int
    reopened: int
    """Approved keyframes that are open again: their picture is another one."""
    left_out: tuple[LeftOut, ...]
    unseen: tuple[str, ...]
    """Faces that the new plate doesn't show; they are ignored from now on."""
    notes: tuple[str, ...] = ()
    """What a person should look after."""


def replaced(project: Project, replacement: Replacement) -> tuple[Project, Carried]:
    """The document with the new plate, and what was carried. Values on carried frames are those they had.

    Raises ProjectError: there is no such plate.
    """
    plate = replacement.plate
    if all(each.id != plate.id for each in project.plates):
        raise ProjectError(f"There is no plate {plate.id} in the project.")
    left: list[LeftOut] = []
    faces = tuple(_carried(each, replacement, left) if each.plate == plate.id else each for each in project.faces)
    markers = tuple(_markers(project.markers, replacement, left))
    before = [each for each in project.faces if each.plate == plate.id]
    after = [each for each in faces if each.plate == plate.id]
    plates = tuple(plate if each.id == plate.id else each for each in project.plates)
    carried = Carried(
        keyframes=sum(len(each.keyframes) for each in after),
        keys=sum(_keys(each) for each in after),
        markers=sum(each.plate == plate.id for each in markers),
        reopened=_reopened(before, after, replacement.plates),
        left_out=tuple(sorted(left, key=lambda each: (each.frame, each.face, each.what))),
        unseen=tuple(new.id for old, new in zip(before, after, strict=True) if new.ignored and not old.ignored),
        notes=_notes(after, replacement.plates),
    )
    return replace(project, plates=plates, faces=faces, markers=markers), carried


def _keys(face: FaceTrack) -> int:
    """How many keys a face has, on parameters and on the corrections of its landmarks and matte."""
    return sum(len(each.keys) for each in face.curves.values()) + sum(len(each.frames) for each in face.corrections)


def _notes(faces: Sequence[FaceTrack], plates: PlateMap) -> tuple[str, ...]:
    shifted = any(each.offset for each in plates.stretches)
    return tuple(
        f"{each.id} wears the motion of {each.motion.path}, which starts with the plate: see that it still fits."
        for each in faces
        if shifted and each.motion is not None and each.motion.frame is None
    )


def _reopened(before: Sequence[FaceTrack], after: Sequence[FaceTrack], plates: PlateMap) -> int:
    count = 0
    for old, new in zip(before, after, strict=True):
        status = {each.frame: each.status for each in new.keyframes}
        for each in old.keyframes:
            frame = plates.new_frame(each.frame)
            count += frame is not None and each.status == "approved" and status.get(frame) == "open"
    return count


def _markers(markers: Sequence[Marker], replacement: Replacement, left: list[LeftOut]) -> list[Marker]:
    found = []
    for each in markers:
        frame = replacement.plates.new_frame(each.frame) if each.plate == replacement.plate.id else each.frame
        if frame is None:
            words = "; ".join(part for part in (each.name, each.note) if part) or "without a name"
            left.append(LeftOut(what="marker", frame=each.frame, words=words))
        else:
            found.append(replace(each, frame=frame))
    return found


def _carried(face: FaceTrack, replacement: Replacement, left: list[LeftOut]) -> FaceTrack:
    plates = replacement.plates
    curves = {}
    for name, curve in face.curves.items():
        moved = carried_curve(curve, plates)
        _leave_keys(face, name, curve.frames, plates, left)
        if moved is not None:
            curves[name] = moved
    moves = tuple(move for each in face.landmark_moves for move in _moved(face, each, plates, left))
    dismissed = tuple(
        replace(each, frame=frame) for each in face.dismissed if (frame := plates.new_frame(each.frame)) is not None
    )
    keyframes = _keyframes(face, replacement, left)
    strokes = tuple(stroke for each in face.matte_strokes for stroke in _stroke_moved(face, each, plates, left))
    face = replace(
        face, keyframes=keyframes, curves=curves, dismissed=dismissed, landmark_moves=moves, matte_strokes=strokes
    )
    tracks = replacement.tracks.get(face.id)
    if tracks is None:
        return face
    if tracks.track is None and not tracks.pieces:
        return replace(face, ignored=True)
    return replace(face, track=tracks.track, pieces=tracks.pieces)


def _leave_keys(face: FaceTrack, name: str, keys: Sequence[int], plates: PlateMap, left: list[LeftOut]) -> None:
    """Put down the keys of something called `name` that lie on frames which the new plate doesn't have."""
    frames = [each for each in keys if plates.new_frame(each) is None]
    if frames:
        words = name if len(frames) == 1 else f"{name}, {len(frames)} of them to frame {frames[-1]}"
        left.append(LeftOut(what="keys", frame=frames[0], face=face.id, words=words))


def _moved(face: FaceTrack, move: LandmarkMove, plates: PlateMap, left: list[LeftOut]) -> Iterator[LandmarkMove]:
    """A correction on the new plate's frames; none where none of its frames is there."""
    _leave_keys(face, f"landmarks of the {spoken_part(move.part)}", move.frames, plates, left)
    x, y, z, reach = (carried_curve(each, plates) for each in (move.x, move.y, move.z, move.reach))
    if x is None or y is None or z is None or reach is None:
        return
    ends = _ends(move, plates)
    if ends is not None:
        yield replace(move, x=x, y=y, z=z, reach=reach, first=ends[0], last=ends[1])


def _stroke_moved(face: FaceTrack, stroke: MatteStroke, plates: PlateMap, left: list[LeftOut]) -> Iterator[MatteStroke]:
    """A stroke of the matte on the new plate's frames; none where none of its frames is there."""
    _leave_keys(face, "strokes of the matte", stroke.frames, plates, left)
    amount, ends = carried_curve(stroke.amount, plates), _ends(stroke, plates)
    if amount is not None and ends is not None:
        yield replace(stroke, amount=amount, first=ends[0], last=ends[1])


def _ends(item: Lasting, plates: PlateMap) -> tuple[int | None, int | None] | None:
    """An item's ends on the new plate's frames; None where nothing between them is there."""
    first = last = None
    if item.first is not None:
        after = [
            max(each.old, item.first) + each.offset for each in plates.stretches if each.old_frames[-1] >= item.first
        ]
        first = min(after, default=None)
    if item.last is not None:
        before = [
            min(each.old_frames[-1], item.last) + each.offset for each in plates.stretches if each.old <= item.last
        ]
        last = max(before, default=None)
    kept = (first is None) == (item.first is None) and (last is None) == (item.last is None)
    return (first, last) if kept else None


def _keyframes(face: FaceTrack, replacement: Replacement, left: list[LeftOut]) -> tuple[Keyframe, ...]:
    found = []
    for each in face.keyframes:
        frame = replacement.plates.new_frame(each.frame)
        if frame is None:
            words = "; ".join((each.kind.replace("_", " "), *((each.note,) if each.note else ())))
            left.append(LeftOut(what="keyframe", frame=each.frame, face=face.id, words=words))
            continue
        moved = replace(each, frame=frame, correction=_correction(each, replacement.plates))
        if each.status == "approved" and not any(a <= frame <= b for a, b in replacement.unchanged):
            moved = replace(moved, status="open")
        found.append(moved)
    return tuple(found)


def _correction(keyframe: Keyframe, plates: PlateMap) -> Correction | None:
    """The proposed correction where all of it lies on carried frames."""
    correction = keyframe.correction
    if correction is None:
        return None
    stretch = next((each for each in plates.stretches if keyframe.frame in each.old_frames), None)
    if stretch is None or not {correction.first, correction.last} <= set(stretch.old_frames):
        return None
    keys = tuple((frame + stretch.offset, value) for frame, value in correction.keys)
    return replace(
        correction, first=correction.first + stretch.offset, last=correction.last + stretch.offset, keys=keys
    )


def carried_curve(curve: Curve, plates: PlateMap) -> Curve | None:
    """The curve on the new plate's frames: on carried frames its values are the old ones, keys outside are gone.

    Where a stretch begins or ends inside a span, a key stands there. None: no stretch.
    """
    keys: list[Key] = []
    for stretch in plates.stretches:
        keys.extend(replace(each, frame=each.frame + stretch.offset) for each in _cut_out(curve, stretch))
    if not keys:
        return None
    joined = [
        replace(one, interpolation="linear") if _is_seam(one, other, plates) else one for one, other in pairwise(keys)
    ]
    return Curve(keys=(*joined, keys[-1]))


def _is_seam(one: Key, other: Key, plates: PlateMap) -> bool:
    """Whether two keys follow each other across the end of a stretch: what lay between is another picture."""
    return any(one.frame in each.new_frames and other.frame not in each.new_frames for each in plates.stretches)


def _cut_out(curve: Curve, stretch: Stretch) -> tuple[Key, ...]:
    """The curve's keys within a stretch, and one at each end beyond which there are others."""
    first, last = stretch.old, stretch.old + stretch.length - 1
    whole = curve
    if whole.keys[0].frame < first:
        whole = with_anchor(whole, first)
    if whole.keys[-1].frame > last:
        whole = with_anchor(whole, last)
    inside = [each for each in whole.keys if first <= each.frame <= last]
    for at, frame in ((0, first), (-1, last)):
        # A key at the end had its slope of a neighbour that is gone.
        i = index_of(whole.keys, frame)
        if inside and i is not None and 0 < i < len(whole.keys) - 1:
            inside[at] = replace(inside[at], slope=slope_at(whole.keys, i))
    return tuple(inside)
