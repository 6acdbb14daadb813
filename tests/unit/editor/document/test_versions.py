"""The saves of a project that can be compared with, and where they draw otherwise."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from editor.document import versions
from editor.document.versions import Difference, difference, versions_of, with_found_media
from pipeline.project.consent import Consent
from pipeline.project.curve import Curve, Key
from pipeline.project.project import Project
from pipeline.project.storage import StoredProject, load_project, save_project, saves_of
from tests.unit.project.documents import one_face

FRAMES = 100


def of_likeness(value: float) -> Project:
    project = one_face(FRAMES)
    face = project.faces[0]
    return replace(project, faces=(replace(face, settings=replace(face.settings, likeness=value)),))


def saved(folder: Path, *likeness: float) -> Path:
    """A project saved so often, an hour apart."""
    path = folder / "shot.likeness"
    stored = StoredProject(one_face(FRAMES), {})
    for hour, each in enumerate(likeness):
        stored = save_project(stored.changed(of_likeness(each)), path)
        os.utime(path, (3600.0 * hour, 3600.0 * hour))
    return path


def test_the_file_and_the_saves_before_it_are_listed_the_newest_first(tmp_path: Path) -> None:
    found = versions_of(saved(tmp_path, 0.1, 0.2, 0.3))
    assert [each.project.faces[0].settings.likeness for each in found] == [0.3, 0.2, 0.1]
    assert [each.saved.timestamp() for each in found] == [7200, 3600, 0]
    assert [each.later for each in found] == [0, 1, 2]
    assert found[0].saved.tzinfo is not None


def test_what_is_absent_or_cannot_be_read_is_not_listed(tmp_path: Path) -> None:
    assert versions_of(tmp_path / "nowhere.likeness") == []
    path = saved(tmp_path, 0.1, 0.2, 0.3)
    saves_of(path)[0].write_text("{")
    assert [each.project.faces[0].settings.likeness for each in versions_of(path)] == [0.3, 0.1]
    path.unlink()
    assert [each.project.faces[0].settings.likeness for each in versions_of(path)] == [0.1]
    assert versions_of(path)[0].saved == datetime.fromtimestamp(0).astimezone()


def test_media_that_moved_since_are_taken_from_where_the_document_has_them(tmp_path: Path) -> None:
    path = saved(tmp_path, 0.1)
    (tmp_path / "b.mp4").touch()
    version = load_project(path).project
    document = replace(version, plates=(replace(version.plates[0], path="b.mp4"),))
    assert with_found_media(version, document, path) == document
    other = replace(document, plates=(replace(document.plates[0], sha256="7" * 64),))
    assert with_found_media(version, other, path) == version, "only what is the same content"
    (tmp_path / "a.mp4").touch()
    assert with_found_media(version, document, path).plates[0].path == "a.mp4", "what is there stays"


def test_where_a_version_draws_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    now = of_likeness(0.5)
    face = now.faces[0]
    keys = tuple(Key(frame=frame, value=value) for frame, value in ((20, 0.5), (30, 1.0), (40, 0.5)))
    ramp = Curve(keys=keys)
    keyed = replace(now, faces=(replace(face, curves={"likeness": ramp}),))
    assert difference(of_likeness(0.5), now) is None
    assert difference(of_likeness(0.4), now) == Difference(0, FRAMES - 1)
    assert difference(keyed, now) == Difference(21, 39)
    assert difference(now, keyed) == Difference(21, 39)
    ignored = replace(now, faces=(replace(face, ignored=True),))
    another_plate = replace(now, plates=(replace(now.plates[0], sha256="7" * 64),))
    agreed = Consent(who="Ada", scope="", date="2026-01-01", statement="", evidence_sha256="", evidence_name="")
    marked = replace(now, identities=(replace(now.identities[0], consent=agreed),))
    for other in (ignored, another_plate, marked):
        assert difference(other, now) == Difference(0, FRAMES - 1)
    renamed = replace(now, performers=(replace(now.performers[0], name="Grace"),))
    assert difference(renamed, now) is None
    monkeypatch.setattr(versions, "EXACT_FRAMES", 10)
    assert difference(keyed, now) == Difference(0, FRAMES - 1)
    assert difference(renamed, now) is None
