"""What a document asks a render for, and what it can't ask for."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.jobs.render_request import faces_of_project
from pipeline.project.project import Project, with_face
from tests.unit.project.documents import one_face

FILE = Path("shot.likeness")


def asked(**changed: str | bool) -> Project:
    project = one_face()
    return with_face(project, replace(project.faces[0], **changed))


def test_the_faces_of_a_plate_are_asked_for_without_those_that_are_ignored() -> None:
    project = asked()
    assert [each.id for each in faces_of_project(project, FILE, project.plates[0].id)] == [project.faces[0].id]
    assert faces_of_project(asked(ignored=True), FILE, project.plates[0].id) == ()
    assert faces_of_project(project, FILE, "plate-9") == ()


def test_what_a_face_wants_and_is_not_there_is_named() -> None:
    plate = one_face().plates[0].id
    with pytest.raises(ProjectError, match="wants the engine other; there is mesh only"):
        faces_of_project(asked(engine="other"), FILE, plate)
    with pytest.raises(ProjectError, match="wants the identity nobody"):
        faces_of_project(asked(identity="nobody"), FILE, plate)
