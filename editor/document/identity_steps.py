"""What the editor does to people of a document, each as one undoable step: sources, names, consent, recasting."""

from pathlib import Path

from editor.document.document import Document
from editor.language.translation import tr
from pipeline.project.consent import Consent
from pipeline.project.face_edits import assign_face, identity_of, record_identity_consent
from pipeline.project.identity_edits import (
    add_sources,
    choose_source_face,
    lead_with_source,
    license_identity,
    recast,
    record_performer_consent,
    remove_identity,
    remove_source,
    rename_identity,
    rename_performer,
)
from pipeline.project.project import Identity, Performer, Project, Source

Person = Identity | Performer


def recast_face(document: Document, face: str, sources: tuple[Source, ...]) -> bool:
    """Another person's face onto a face, from sources; keys and keyframes stay."""
    name = Path(sources[0].path).stem
    return document.edit(f"{face}: {name}", lambda project: recast(project, face, name, sources)[0])


def recast_track(document: Document, plate: str, track: int, sources: tuple[Source, ...]) -> bool:
    """Somebody's face onto a track that no face takes, from sources: a new face."""
    name = Path(sources[0].path).stem

    def change(project: Project) -> Project:
        project, identity = identity_of(project, name, sources, None)
        return assign_face(project, plate, track, identity)[0]

    return document.edit(tr("Track {track}: {name}", track=track, name=name), change)


def rename(document: Document, person: Person, name: str) -> bool:
    change = rename_identity if isinstance(person, Identity) else rename_performer
    return document.edit(tr("Rename {name}", name=person.name), lambda project: change(project, person.id, name))


def license_person(document: Document, identity: str, licence: str) -> bool:
    return document.edit(tr("Licence"), lambda project: license_identity(project, identity, licence))


def record_consent(document: Document, person: Person, consent: Consent | None) -> bool:
    change = record_identity_consent if isinstance(person, Identity) else record_performer_consent
    return document.edit(tr("Consent"), lambda project: change(project, person.id, consent))


def add(document: Document, identity: str, sources: tuple[Source, ...]) -> bool:
    what = Path(sources[0].path).name if len(sources) == 1 else tr("{count} sources", count=len(sources))
    return document.edit(tr("Add {what}", what=what), lambda project: add_sources(project, identity, sources))


def remove(document: Document, identity: Identity, number: int) -> bool:
    name = Path(identity.sources[number].path).name
    return document.edit(tr("Remove {name}", name=name), lambda project: remove_source(project, identity.id, number))


def lead_with(document: Document, identity: Identity, number: int) -> bool:
    name = Path(identity.sources[number].path).name
    return document.edit(tr("{name} leads", name=name), lambda project: lead_with_source(project, identity.id, number))


def choose_face(document: Document, identity: str, number: int, face: int) -> bool:
    return document.edit(
        tr("Face {face} of the photo", face=face), lambda project: choose_source_face(project, identity, number, face)
    )


def remove_person(document: Document, identity: Identity) -> bool:
    return document.edit(tr("Remove {name}", name=identity.name), lambda project: remove_identity(project, identity.id))
