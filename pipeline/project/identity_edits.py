"""Edits of the people in a document: an identity's name, sources and terms of use, a performer's name and consent."""

from collections.abc import Callable

from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.consent import Consent
from pipeline.project.face_edits import give_identity, identity_of
from pipeline.project.project import Identity, Performer, Project, Source


def identity_named(project: Project, identity: str) -> Identity:
    """The identity of that id. Raises ProjectError: there is none."""
    found = next((each for each in project.identities if each.id == identity), None)
    if found is None:
        known = ", ".join(each.id for each in project.identities) or "none"
        raise ProjectError(f"There is no identity {identity} in the project. There are: {known}.")
    return found


def recast(project: Project, face: str | None, name: str, sources: tuple[Source, ...]) -> tuple[Project, str]:
    """The project whose face wears what these sources show, and the identity's id; keys and keyframes stay.

    The identity is the one that has these sources already, else a new one without consent: it may be another person.
    Raises ProjectError: no such face.
    """
    project, identity = identity_of(project, name, sources, None)
    return give_identity(project, face, identity), identity


def rename_identity(project: Project, identity: str, name: str) -> Project:
    """The project with another name for an identity; an empty one changes nothing."""
    return _changed(project, identity, lambda each: replace(each, name=name.strip() or each.name))


def license_identity(project: Project, identity: str, licence: str) -> Project:
    """The project with the terms under which an identity's sources may be used, in words."""
    return _changed(project, identity, lambda each: replace(each, licence=licence.strip()))


def add_sources(project: Project, identity: str, sources: tuple[Source, ...]) -> Project:
    """The project with further sources of an identity, behind those it has; none comes twice."""
    return _changed(
        project, identity, lambda each: replace(each, sources=tuple(dict.fromkeys((*each.sources, *sources))))
    )


def remove_source(project: Project, identity: str, number: int) -> Project:
    """The project without a source (0-based) of an identity. Raises ProjectError: it is the only one."""

    def without(each: Identity) -> Identity:
        if len(each.sources) < 2:
            raise ProjectError(f"{each.name} has no other source: add one first, or give the face another identity.")
        return replace(each, sources=(*each.sources[:number], *each.sources[number + 1 :]))

    return _changed(project, identity, without)


def lead_with_source(project: Project, identity: str, number: int) -> Project:
    """The project with a source (0-based) of an identity before the others: the first one leads."""

    def led(each: Identity) -> Identity:
        others = (*each.sources[:number], *each.sources[number + 1 :])
        return replace(each, sources=(each.sources[number], *others))

    return _changed(project, identity, led)


def choose_source_face(project: Project, identity: str, number: int, face: int) -> Project:
    """The project in which a source (0-based) of an identity means its face `face`, 1-based from the left."""

    def chosen(each: Identity) -> Identity:
        sources = list(each.sources)
        sources[number] = replace(sources[number], face=face)
        return replace(each, sources=tuple(sources))

    return _changed(project, identity, chosen)


def remove_identity(project: Project, identity: str) -> Project:
    """The project without an identity. Raises ProjectError: a face wears it."""
    gone = identity_named(project, identity)
    wearer = next((each.id for each in project.faces if each.identity == identity), None)
    if wearer is not None:
        raise ProjectError(f"{wearer} wears {gone.name}: give it another identity first.")
    return replace(project, identities=tuple(each for each in project.identities if each.id != identity))


def rename_performer(project: Project, performer: str, name: str) -> Project:
    """The project with another name for a performer; an empty one changes nothing."""
    return _of_performer(project, performer, lambda each: replace(each, name=name.strip() or each.name))


def record_performer_consent(project: Project, performer: str, consent: Consent | None) -> Project:
    """The project with a record of consent, or none, of the person in the plate."""
    return _of_performer(project, performer, lambda each: replace(each, consent=consent))


def _changed(project: Project, identity: str, change: Callable[[Identity], Identity]) -> Project:
    old = identity_named(project, identity)
    new = change(old)
    return replace(project, identities=tuple(new if each.id == identity else each for each in project.identities))


def _of_performer(project: Project, performer: str, change: Callable[[Performer], Performer]) -> Project:
    people = tuple(change(each) if each.id == performer else each for each in project.performers)
    return replace(project, performers=people)
