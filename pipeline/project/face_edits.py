"""Edits of faces: which tracks they are, which identity goes onto them, who is left alone, who gets the extra work."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project import lasting
from pipeline.project.consent import Consent
from pipeline.project.project import (
    FaceTrack,
    Identity,
    MotionSource,
    Performer,
    Project,
    Source,
    face_named,
    plate_of,
    with_face,
)
from pipeline.project.track_piece import TrackPiece, before, from_on, joined, named_tracks, pieces_of

T = TypeVar("T", bound=lasting.Lasting)


def identity_of(
    project: Project, name: str, sources: tuple[Source, ...], consent: Consent | None
) -> tuple[Project, str]:
    """The project with an identity of these sources, and its id: the one that has them already, else a new one.

    A consent given goes onto the identity.
    """
    known = next((each for each in project.identities if each.sources == sources), None)
    if known is None:
        number = _free("identity", (each.id for each in project.identities))
        known = Identity(id=number, name=name, sources=sources, consent=consent)
        return replace(project, identities=(*project.identities, known)), known.id
    if consent is not None:
        project = record_identity_consent(project, known.id, consent)
    return project, known.id


def assign_face(project: Project, plate: str, track: int, identity: str | None) -> tuple[Project, FaceTrack]:
    """The project with an identity on an analysed track of a plate, and the face that has it.

    A face that the track has already keeps all that was done to it, and is no longer ignored; a new one gets a
    performer of its own. `identity` None re-expresses the performer's own face.

    Raises ProjectError: no such identity, or no such plate.
    """
    _check_identity(project, identity)
    if all(each.id != plate for each in project.plates):
        raise ProjectError(f"There is no plate {plate} in the project.")
    face = next((each for each in project.faces if each.plate == plate and track in named_tracks([each])), None)
    if face is not None:
        face = replace(face, identity=identity, ignored=False)
        return with_face(project, face), face
    performer = _new_performer(project, track)
    face = FaceTrack(
        id=_free("face", (each.id for each in project.faces)),
        plate=plate,
        performer=performer.id,
        identity=identity,
        track=track,
    )
    return replace(project, performers=(*project.performers, performer), faces=(*project.faces, face)), face


def give_identity(project: Project, face: str | None, identity: str | None) -> Project:
    """The project with an identity, or none, on a face that it has, which is no longer ignored.

    Raises ProjectError: no such face or identity.
    """
    _check_identity(project, identity)
    return with_face(project, replace(face_named(project, face), identity=identity, ignored=False))


def split_face(project: Project, face: str | None, frame: int, track: int | None = None) -> tuple[Project, FaceTrack]:
    """The project with a face that ends before a plate frame, and the new one that it goes on as.

    The new one has a performer of its own, without consent, for it may be another person; the identity, every key and
    every parameter are the same, so that a draft looks as before. Keyframes stay on their frames. `track` is the one a
    face takes that names none. Raises ProjectError: nothing lies before or after, or the track isn't known.
    """
    old = face_named(project, face)
    pieces = pieces_of(old) or (() if track is None else (TrackPiece(track=track),))
    if not pieces:
        raise ProjectError(f"{old.id} takes the most prominent track, and which that is isn't known: analyse first.")
    earlier, later = before(pieces, frame), from_on(pieces, frame)
    if frame <= 0 or frame >= plate_of(project, old).frames or not earlier or not later:
        raise ProjectError(f"At frame {frame} {old.id} can't be split: it would leave nothing on one side.")
    performer = _new_performer(project, later[0].track)
    new = replace(
        old,
        id=_free("face", (each.id for each in project.faces)),
        performer=performer.id,
        track=later[0].track,
        pieces=later,
        landmark_moves=lasting.from_on(old.landmark_moves, frame),
        matte_strokes=lasting.from_on(old.matte_strokes, frame),
        keyframes=tuple(each for each in old.keyframes if each.frame >= frame),
        dismissed=tuple(each for each in old.dismissed if each.frame >= frame),
    )
    kept = replace(
        old,
        track=earlier[0].track,
        pieces=earlier,
        landmark_moves=lasting.before(old.landmark_moves, frame),
        matte_strokes=lasting.before(old.matte_strokes, frame),
        keyframes=tuple(each for each in old.keyframes if each.frame < frame),
        dismissed=tuple(each for each in old.dismissed if each.frame < frame),
    )
    faces = [each for old_one in project.faces for each in ((kept, new) if old_one.id == old.id else (old_one,))]
    return replace(project, performers=(*project.performers, performer), faces=tuple(faces)), new


def merge_faces(
    project: Project, face: str | None, other: str, seen: Mapping[str, tuple[int, int]] | None = None
) -> Project:
    """The project in which a face is another one, too, and that one is gone.

    The face's identity, parameters and keys hold for all of it; of the other its keyframes come along, where the face
    has none, and the corrections of its landmarks and matte. `seen` is the first and last plate frame in which each of
    both is seen, by id: with it no correction reaches from one into the other.

    Raises ProjectError: no such face, one that takes the most prominent track, or two of different plates.
    """
    kept, gone = face_named(project, face), face_named(project, other)
    if kept.id == gone.id or kept.plate != gone.plate:
        raise ProjectError(f"{kept.id} and {gone.id} can't be merged: name two faces of one plate.")
    seen = seen or {}
    moves = (*_own(kept, kept.landmark_moves, gone, seen), *_own(gone, gone.landmark_moves, kept, seen))
    strokes = (*_own(kept, kept.matte_strokes, gone, seen), *_own(gone, gone.matte_strokes, kept, seen))
    frames = {each.frame for each in kept.keyframes}
    keyframes = (*kept.keyframes, *(each for each in gone.keyframes if each.frame not in frames))
    merged = replace(
        kept,
        keyframes=tuple(sorted(keyframes, key=lambda each: each.frame)),
        dismissed=tuple(dict.fromkeys((*kept.dismissed, *gone.dismissed))),
        landmark_moves=lasting.joined(moves),
        matte_strokes=lasting.joined(strokes),
    )
    project = with_face(project, _on_pieces(merged, (*_named(kept), *_named(gone))))
    faces = tuple(each for each in project.faces if each.id != gone.id)
    used = {each.performer for each in faces}
    performers = tuple(each for each in project.performers if each.id in used or each.id != gone.performer)
    return replace(project, faces=faces, performers=performers)


def _own(
    face: FaceTrack, corrections: tuple[T, ...], other: FaceTrack, seen: Mapping[str, tuple[int, int]]
) -> tuple[T, ...]:
    """The corrections of a face, ended where the other one begins."""
    if face.id not in seen or other.id not in seen:
        return corrections
    (first, last), (other_first, other_last) = seen[face.id], seen[other.id]
    if other_first > last:
        return lasting.before(corrections, other_first)
    return lasting.from_on(corrections, other_last + 1) if other_last < first else corrections


def merge_track(project: Project, face: str | None, track: int) -> Project:
    """The project in which a face is also on another track. Raises ProjectError: as `merge_faces`; a face has it."""
    kept = face_named(project, face)
    taker = next((each for each in project.faces if each.plate == kept.plate and track in named_tracks([each])), None)
    if taker is not None:
        raise ProjectError(f"Track {track} is {taker.id}'s already: merge the faces.")
    return with_face(project, _on_pieces(kept, (*_named(kept), TrackPiece(track=track))))


def pin_track(project: Project, face: str | None, track: int) -> Project:
    """The project in which a face that takes the most prominent track names it; one that names its own stays."""
    kept = face_named(project, face)
    return project if pieces_of(kept) else with_face(project, replace(kept, track=track))


def _on_pieces(face: FaceTrack, pieces: Iterable[TrackPiece]) -> FaceTrack:
    all_of_it = joined(tuple(pieces))
    is_whole = len(all_of_it) == 1 and all_of_it[0].first is None and all_of_it[0].last is None
    return replace(face, track=all_of_it[0].track, pieces=() if is_whole else all_of_it)


def _named(face: FaceTrack) -> tuple[TrackPiece, ...]:
    pieces = pieces_of(face)
    if not pieces:
        raise ProjectError(f"{face.id} takes the most prominent track, and which that is isn't known: analyse first.")
    return pieces


def ignore_face(project: Project, face: str | None, ignored: bool = True) -> Project:
    """The project with a face left alone in renders, or taken back into them; its keys and keyframes stay."""
    return with_face(project, replace(face_named(project, face), ignored=ignored))


def share_face(project: Project, face: str | None, share: float) -> Project:
    """The project with a face's share of the extra work. Raises ProjectError: not 0..1."""
    if not 0.0 <= share <= 1.0:
        raise ProjectError(f"A share is a number from 0 to 1, not {share:g}.")
    return with_face(project, replace(face_named(project, face), share=share))


def lend_motion(project: Project, face: str | None, motion: MotionSource | None) -> Project:
    """The project with a face that wears another clip's expression; None: the performer's own again."""
    return with_face(project, replace(face_named(project, face), motion=motion))


def record_consent(project: Project, face: str | None, consent: Consent | None) -> Project:
    """The project with a record of consent, or none, of the person whose face is worked with.

    That is the identity that goes onto a face, or, where none does, the face's own performer. Raises ProjectError.
    """
    track = face_named(project, face)
    if track.identity is None:
        performers = tuple(
            replace(each, consent=consent) if each.id == track.performer else each for each in project.performers
        )
        return replace(project, performers=performers)
    return record_identity_consent(project, track.identity, consent)


def record_identity_consent(project: Project, identity: str, consent: Consent | None) -> Project:
    """The project with a record of consent, or none, of the person whom an identity shows."""
    identities = tuple(replace(each, consent=consent) if each.id == identity else each for each in project.identities)
    return replace(project, identities=identities)


def _check_identity(project: Project, identity: str | None) -> None:
    if identity is not None and all(each.id != identity for each in project.identities):
        known = ", ".join(each.id for each in project.identities) or "none"
        raise ProjectError(f"There is no identity {identity} in the project. There are: {known}.")


def _new_performer(project: Project, track: int) -> Performer:
    return Performer(id=_free("performer", (each.id for each in project.performers)), name=f"performer {track}")


def _free(kind: str, ids: Iterable[str]) -> str:
    taken = set(ids)
    return next(name for n in range(1, len(taken) + 2) if (name := f"{kind}-{n}") not in taken)
