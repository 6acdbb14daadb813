"""Identities go onto tracks; what was done to a face stays with it, whoever it becomes."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.face_edits import assign_face, identity_of, ignore_face, share_face
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.keyframe_edits import add_keyframe
from pipeline.project.project import Project, Source
from pipeline.project.recipe import recipe_for
from tests.unit.project.documents import one_face

ANNA = (Source(path="anna.jpg", sha256="a" * 64),)
BERT = (Source(path="bert.jpg", sha256="b" * 64), Source(path="bert.mp4", sha256="c" * 64, frame=9))


@dataclass(frozen=True)
class Cast:
    project: Project
    plate: str
    anna: str
    bert: str


@pytest.fixture
def cast() -> Cast:
    """A plate whose tracks 0 and 2 have identities."""
    project = replace(one_face(), faces=(), identities=(), performers=())
    project, anna = identity_of(project, "anna", ANNA, None)
    project, bert = identity_of(project, "bert", BERT, None)
    plate = project.plates[0].id
    project, _ = assign_face(project, plate, 0, anna)
    project, _ = assign_face(project, plate, 2, bert)
    return Cast(project, plate, anna, bert)


def test_every_track_gets_a_face_and_a_performer_of_its_own(cast: Cast) -> None:
    faces = cast.project.faces
    assert [(each.track, each.identity) for each in faces] == [(0, cast.anna), (2, cast.bert)]
    assert len({each.id for each in faces}) == len({each.performer for each in faces}) == 2
    assert {each.performer for each in faces} == {each.id for each in cast.project.performers}


def test_the_same_sources_are_one_identity(cast: Cast) -> None:
    again, identity = identity_of(cast.project, "somebody", ANNA, None)
    assert identity == cast.anna
    assert again == cast.project


def test_another_identity_on_a_track_keeps_what_was_done_there_and_touches_nobody_else(cast: Cast) -> None:
    face = cast.project.faces[0].id
    keyed = add_keyframe(cast.project, face, 10)
    keyed = set_at_keyframe(keyed, face, "shape", 10, 0.4)
    changed, assigned = assign_face(keyed, cast.plate, 0, cast.bert)
    assert assigned == replace(keyed.faces[0], identity=cast.bert)
    assert changed.faces[1:] == keyed.faces[1:]
    assert (changed.identities, changed.performers) == (keyed.identities, keyed.performers)


def test_an_ignored_face_is_not_drawn_until_it_is_taken_back_or_assigned_anew(cast: Cast) -> None:
    first = cast.project.faces[0].id
    without = ignore_face(cast.project, first)
    assert [each.face for each in recipe_for(without, cast.plate, 0).faces] == [cast.project.faces[1].id]
    assert ignore_face(without, first, ignored=False) == cast.project
    assert assign_face(without, cast.plate, 0, cast.anna)[0] == cast.project


def test_a_share_changes_nothing_that_is_drawn(cast: Cast) -> None:
    face = cast.project.faces[1].id
    shared = share_face(cast.project, face, 0.25)
    assert [each.share for each in shared.faces] == [1.0, 0.25]
    assert recipe_for(shared, cast.plate, 5) == recipe_for(cast.project, cast.plate, 5)
    with pytest.raises(ProjectError, match="from 0 to 1"):
        share_face(cast.project, face, 1.5)


def test_what_is_not_there_is_named(cast: Cast) -> None:
    with pytest.raises(ProjectError, match=f"There are: {cast.anna}, {cast.bert}"):
        assign_face(cast.project, cast.plate, 1, "identity-9")
    with pytest.raises(ProjectError, match="no plate"):
        assign_face(cast.project, "plate-9", 1, cast.anna)
    with pytest.raises(ProjectError, match="Which face is meant"):
        ignore_face(cast.project, None)


def test_a_face_that_was_taken_away_leaves_its_name_free(cast: Cast) -> None:
    fewer = replace(cast.project, faces=cast.project.faces[1:])
    more, face = assign_face(fewer, cast.plate, 5, None)
    assert face.id == "face-1"
    assert len({each.id for each in more.faces}) == 2
