"""The selection follows the document."""

from editor.document import edits
from editor.document.document import Document
from editor.document.selection import Selection


def test_only_frames_with_a_keyframe_are_selected(document: Document) -> None:
    selection = Selection(document)
    selection.select([0, 1, 50], "face-1")
    assert selection.frames == (0, 50)
    selection.toggle(100)
    selection.toggle(0)
    assert [each.frame for each in selection.keyframes] == [50, 100]


def test_a_removed_keyframe_leaves_the_selection(document: Document) -> None:
    selection = Selection(document)
    selection.select([0, 50], "face-1")
    edits.remove_keyframes(document, "face-1", [0])
    assert selection.frames == (50,)


def test_another_project_selects_its_first_face_and_no_keyframe(document: Document) -> None:
    selection = Selection(document)
    selection.select([0], "face-1")
    stored, path = document.stored, document.path
    assert stored is not None
    assert path is not None
    document.open(path, stored)
    assert selection.face is not None
    assert selection.frames == ()
