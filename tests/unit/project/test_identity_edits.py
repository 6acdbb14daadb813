"""People of a document: sources added, led, removed; recasting keeps what was done to a face, and nobody's consent."""

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.consent import Consent
from pipeline.project.face_edits import record_identity_consent
from pipeline.project.identity_edits import (
    add_sources,
    choose_source_face,
    identity_named,
    lead_with_source,
    license_identity,
    recast,
    record_performer_consent,
    remove_identity,
    remove_source,
    rename_identity,
    rename_performer,
)
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.project import Project, Source
from tests.unit.project.documents import one_face

SIDE, FRONT = Source(path="side.jpg", sha256="a" * 64), Source(path="front.jpg", sha256="b" * 64)
AGREED = Consent(who="Ada", scope="test", date="2026-11-21", statement="yes")


@pytest.fixture
def project() -> Project:
    """One face with keys; its identity has consent."""
    project = set_at_keyframe(one_face(200, (0, 50, 100)), None, "shape", 50, 0.4)
    return record_identity_consent(project, "identity-1", AGREED)


def sources(project: Project) -> tuple[Source, ...]:
    return identity_named(project, "identity-1").sources


def test_a_recast_face_keeps_its_keys_and_the_new_person_has_not_agreed(project: Project) -> None:
    changed, identity = recast(project, None, "side", (SIDE,))
    assert changed.faces == (replace(project.faces[0], identity=identity),)
    assert identity_named(changed, identity).consent is None
    assert identity_named(changed, "identity-1").consent == AGREED
    again, same = recast(changed, None, "other", sources(project))
    assert same == "identity-1", "who has these sources already"
    assert again.faces == project.faces


def test_sources_are_added_once_led_and_removed_but_never_the_last(project: Project) -> None:
    (first,) = sources(project)
    project = add_sources(project, "identity-1", (SIDE, FRONT, SIDE))
    assert sources(project) == (first, SIDE, FRONT)
    project = lead_with_source(project, "identity-1", 2)
    assert sources(project) == (FRONT, first, SIDE)
    project = choose_source_face(project, "identity-1", 1, 3)
    assert sources(project)[1] == replace(first, face=3)
    project = remove_source(remove_source(project, "identity-1", 1), "identity-1", 0)
    assert sources(project) == (SIDE,)
    with pytest.raises(ProjectError, match="no other source"):
        remove_source(project, "identity-1", 0)


def test_names_terms_and_consent_are_a_persons_own(project: Project) -> None:
    changed = rename_identity(license_identity(project, "identity-1", " CC BY 4.0 "), "identity-1", "Grace")
    one = identity_named(changed, "identity-1")
    assert (one.name, one.licence, one.consent) == ("Grace", "CC BY 4.0", AGREED)
    assert rename_identity(project, "identity-1", "  ") == project
    changed = record_performer_consent(rename_performer(project, "performer-1", "Bob"), "performer-1", AGREED)
    assert [(each.name, each.consent) for each in changed.performers] == [("Bob", AGREED)]
    assert changed.identities == project.identities


def test_only_an_identity_that_nobody_wears_goes(project: Project) -> None:
    with pytest.raises(ProjectError, match="face-1 wears Ada"):
        remove_identity(project, "identity-1")
    project, identity = recast(project, None, "side", (SIDE,))
    assert [each.id for each in remove_identity(project, "identity-1").identities] == [identity]
    with pytest.raises(ProjectError, match="no identity identity-9"):
        remove_identity(project, "identity-9")
