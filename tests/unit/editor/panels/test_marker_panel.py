"""The list of markers and notes: sorted, gone to, written in place; lists of other programs by the menu."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from editor.app.editor import Editor
from editor.document import edits
from editor.panels.marker_table import MarkerTable


@pytest.fixture
def listed(editor: Editor, project_file: Path) -> MarkerTable:
    """Markers at 30 (b) and 120 (a), and a note on the keyframe of frame 50."""
    w = editor.window
    w.session.open(project_file)
    for frame in (30, 120):
        w.playhead.go(frame)
        editor.run("marker.add_here")
    table = w.markers.table
    for row, name in enumerate("ba"):
        table.model().setData(table.model().index(row, 3), name)
    edits.review(w.document, "face-1", [50], note="check the lid")
    return table


def rows(table: MarkerTable) -> list[tuple[int, str, str]]:
    return [(line.frame, line.name, line.note) for line in map(table.line, range(table.model().rowCount()))]


def test_markers_and_notes_stand_by_frame_or_by_what_is_chosen(listed: MarkerTable) -> None:
    assert rows(listed) == [(30, "b", ""), (50, "apex", "check the lid"), (120, "a", "")]
    listed.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [frame for frame, *_ in rows(listed)] == [120, 50, 30]


def test_a_row_is_a_place_to_go_to(listed: MarkerTable, editor: Editor) -> None:
    listed.selectRow(1)
    assert editor.window.playhead.frame == 50


def test_what_is_written_is_in_the_document_and_undone(listed: MarkerTable, editor: Editor) -> None:
    model = listed.model()
    assert model.setData(model.index(0, 4), "slams")
    assert model.setData(model.index(1, 4), "fine")
    assert not model.flags(model.index(1, 3)) & Qt.ItemFlag.ItemIsEditable
    assert rows(listed)[:2] == [(30, "b", "slams"), (50, "apex", "fine")]
    assert editor.window.document.project.faces[0].keyframes[1].note == "fine"
    editor.run("edit.undo_step")
    editor.run("edit.undo_step")
    assert rows(listed)[:2] == [(30, "b", ""), (50, "apex", "check the lid")]


def test_lists_go_out_and_come_in_by_the_menu(
    listed: MarkerTable, editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    for dialog in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(path), ""))
    editor.run("marker.export_list")
    assert path.read_text().splitlines()[1:] == ["30,00:00:01:06,b,blue,", "120,00:00:05:00,a,blue,"]
    path.write_text("frame,name,colour\n120,new,red\n900,late,red\n")
    steps = editor.window.document.undo_stack.count()
    editor.run("marker.import_list")
    assert rows(listed)[-1] == (120, "new", "")
    assert editor.window.document.undo_stack.count() == steps + 1
    assert any("frames 900" in words for words in editor.window.notices.texts)
    path.write_text("nothing")
    editor.run("marker.import_list")
    assert any("no list of markers" in words for words in editor.window.notices.texts)
