"""A document in parts: the same document again, and only what changed crosses."""

import msgspec

from pipeline.ipc.document_parts import DocumentParts, joined
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import FaceTrack, Plate, Project
from pipeline.project.timebase import Rational

PLATE = Plate(id="plate-1", path="a.mp4", sha256="0", frames=9, width=8, height=8, rate=Rational(24))
FACES = tuple(FaceTrack(id=f"face-{n}", plate="plate-1", performer="p", identity=None) for n in (1, 2))
PROJECT = Project(plates=(PLATE,), faces=FACES)


def test_the_parts_make_the_document_again() -> None:
    parts, contents = DocumentParts().split(PROJECT)
    assert joined(parts, contents) == PROJECT


def test_an_edit_changes_one_part() -> None:
    splitter = DocumentParts()
    _, before = splitter.split(PROJECT)
    edited = msgspec.structs.replace(FACES[1], settings=MeshSettings(likeness=0.5))
    parts, after = splitter.split(msgspec.structs.replace(PROJECT, faces=(FACES[0], edited)))
    assert len(set(after) - set(before)) == 1
    assert joined(parts, before | after).faces == (FACES[0], edited)


def test_other_programs_values_stay_at_home() -> None:
    splitter = DocumentParts()
    _, before = splitter.split(PROJECT)
    extras = {"other": msgspec.Raw(b'{"a": 1}')}
    _, after = splitter.split(msgspec.structs.replace(PROJECT, extras=extras))
    assert after == before


def test_every_field_of_a_document_crosses_or_is_named_as_staying_at_home() -> None:
    parts, _ = DocumentParts().split(PROJECT)
    crossing = {part.place for part in parts}
    empty = {name for name in Project.__struct_fields__ if getattr(PROJECT, name) == ()}
    assert crossing | empty | {"schema", "extras"} == set(Project.__struct_fields__)
