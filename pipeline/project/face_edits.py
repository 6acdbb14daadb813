"""Edits of faces: which identity goes onto which analysed track, who is left alone, who gets the extra work."""

from collections.abc import Iterable

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.consent import Consent
from pipeline.project.project import (
    FaceTrack,
    Identity,
    MotionSource,
    Performer,
    Project,
    Source,
    face_named,
    with_face,
)


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
    if identity is not None and all(each.id != identity for each in project.identities):
        known = ", ".join(each.id for each in project.identities) or "none"
        raise ProjectError(f"There is no identity {identity} in the project. There are: {known}.")
    if all(each.id != plate for each in project.plates):
        raise ProjectError(f"There is no plate {plate} in the project.")
    face = next((each for each in project.faces if each.plate == plate and each.track == track), None)
    if face is not None:
        face = replace(face, identity=identity, ignored=False)
        return with_face(project, face), face
    performer = Performer(id=_free("performer", (each.id for each in project.performers)), name=f"performer {track}")
    face = FaceTrack(
        id=_free("face", (each.id for each in project.faces)),
        plate=plate,
        performer=performer.id,
        identity=identity,
        track=track,
    )
    return replace(project, performers=(*project.performers, performer), faces=(*project.faces, face)), face


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


def _free(kind: str, ids: Iterable[str]) -> str:
    taken = set(ids)
    return next(name for n in range(1, len(taken) + 2) if (name := f"{kind}-{n}") not in taken)
