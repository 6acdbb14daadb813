"""Edits, undo, gestures and the unsaved mark."""

from pathlib import Path

from msgspec.structs import replace

from editor.document.document import Document
from pipeline.errors import RangeError
from pipeline.project.project import Performer, Project
from pipeline.project.storage import StoredProject


def named(name: str, project: Project) -> Project:
    return replace(project, performers=(Performer(id="performer-1", name=name),))


def name_of(document: Document) -> str:
    return document.project.performers[0].name


def test_an_edit_is_undone_and_made_again(document: Document) -> None:
    assert document.edit("Name", lambda project: named("Ada", project))
    assert name_of(document) == "Ada"
    document.undo_stack.undo()
    assert name_of(document) == "performer"
    document.undo_stack.redo()
    assert name_of(document) == "Ada"
    assert document.undo_stack.text(0) == "Name"


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    assert not document.edit("Nothing", lambda project: named("performer", project))
    assert document.undo_stack.count() == 0


def test_a_gesture_is_one_step_made_on_the_document_it_began_with(document: Document) -> None:
    gesture = document.begin_gesture()
    for letter in "abc":
        document.edit("Name", lambda p, letter=letter: named(p.performers[0].name + letter, p), gesture)  # type: ignore[misc]
    assert document.undo_stack.count() == 1
    assert name_of(document) == "performerc"
    document.undo_stack.undo()
    assert name_of(document) == "performer"


def test_two_gestures_are_two_steps(document: Document) -> None:
    for name in ("a", "b"):
        document.edit("Name", lambda p, name=name: named(name, p), document.begin_gesture())  # type: ignore[misc]
    assert document.undo_stack.count() == 2


def test_a_gesture_that_ends_where_it_began_leaves_no_step(document: Document) -> None:
    gesture = document.begin_gesture()
    document.edit("Name", lambda p: named("a", p), gesture)
    document.edit("Name", lambda p: named("performer", p), gesture)
    assert document.undo_stack.count() == 0
    assert not document.unsaved


def test_a_refused_edit_is_told_and_changes_nothing(document: Document) -> None:
    told: list[str] = []
    document.refused.connect(told.append)

    def refuse(project: Project) -> Project:
        raise RangeError("There is no frame 900.")

    assert not document.edit("Never", refuse)
    assert told == ["There is no frame 900."]
    assert document.undo_stack.count() == 0


def test_the_unsaved_mark_follows_edits_undo_and_saves(document: Document) -> None:
    marks = [document.unsaved]
    document.edit("Name", lambda p: named("a", p))
    marks.append(document.unsaved)
    document.undo_stack.undo()
    marks.append(document.unsaved)
    document.undo_stack.redo()
    document.mark_saved(StoredProject(document.project, {}))
    marks.append(document.unsaved)
    assert marks == [False, True, False, False]


def test_a_save_that_ends_after_a_further_edit_leaves_that_edit_unsaved(document: Document) -> None:
    document.edit("Name", lambda p: named("a", p))
    handed_over = document.project
    document.edit("Name", lambda p: named("b", p))
    document.mark_saved(StoredProject(handed_over, {}))
    assert document.unsaved
    document.undo_stack.undo()
    assert not document.unsaved


def test_another_project_begins_with_an_empty_history(document: Document) -> None:
    document.edit("Name", lambda p: named("a", p))
    document.open(Path("b.likeness"), StoredProject(Project(), {}))
    assert document.undo_stack.count() == 0
    assert not document.unsaved


def test_a_file_that_is_open_for_reading_only_is_not_edited(document: Document) -> None:
    told: list[str] = []
    document.refused.connect(told.append)
    document.open(Path("b.likeness"), StoredProject(document.project, {}, notice="b.likeness is for reading only."))
    assert not document.edit("Name", lambda p: named("a", p))
    assert told == ["b.likeness is for reading only."]
