"""The list of shots: how far each is reviewed, gone to, narrowed, approved as a whole."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.panels.shot_table import ShotTable
from editor.panels.shots_panel import ShotsPanel
from pipeline.project.approval import approved_shots

AU_ERROR = 4


@pytest.fixture
def listed(editor: Editor, project_file: Path, qtbot: QtBot) -> ShotTable:
    """Shots 0–39, 40–149 and 150–199; keyframes at 0, 50 and 100."""
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: w.record.knows_cuts)
    w.record.put_cuts("plate-1", (40, 150))
    return w.shots


def column(table: ShotTable, number: int) -> list[str]:
    model = table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def approved(editor: Editor) -> list[int]:
    w = editor.window
    return approved_shots(w.document.project, "plate-1", w.record.shots())


def test_a_row_says_where_a_shot_is_and_how_far_its_review_is(listed: ShotTable, editor: Editor) -> None:
    assert column(listed, 0) == ["1", "2", "3"]
    assert column(listed, 1) == ["00:00:00:00", "00:00:01:16", "00:00:06:06"]
    assert column(listed, 2) == ["40", "110", "50"]
    assert column(listed, 3) == ["0 / 1", "0 / 2", "–"]
    edits.review(editor.window.document, "face-1", [100], "approved")
    assert column(listed, 3) == ["0 / 1", "1 / 2", "–"]
    assert "1 approved, 0 need work, 1 open" in listed.model().index(1, 3).data(Qt.ItemDataRole.ToolTipRole)


def test_a_row_is_a_place_to_go_to_and_follows_the_playhead(listed: ShotTable, editor: Editor) -> None:
    playhead = editor.window.playhead
    listed.selectRow(2)
    assert playhead.frame == 150
    playhead.go(60)
    assert listed.currentIndex().row() == 1
    assert playhead.frame == 60


def test_one_action_approves_a_shot_as_one_step_and_goes_to_the_next(listed: ShotTable, editor: Editor) -> None:
    w = editor.window
    w.playhead.go(120)
    editor.run("shot.approve_next")
    assert (approved(editor), w.playhead.frame) == ([2], 0)
    editor.run("edit.undo_step")
    assert approved(editor) == []
    for _ in range(2):
        editor.run("shot.approve_next")
    assert approved(editor) == [1, 2]
    assert "approved" in w.notices.texts[-1]


def test_a_shot_without_keyframes_cannot_be_approved_and_says_why(listed: ShotTable, editor: Editor) -> None:
    w = editor.window
    w.playhead.go(160)
    editor.run("shot.approve_next")
    assert "Shot 3 has no keyframes" in w.notices.texts[-1]
    assert (approved(editor), w.playhead.frame) == ([], 160)


def test_the_list_is_narrowed_to_what_waits(listed: ShotTable, editor: Editor) -> None:
    edits.review(editor.window.document, "face-1", [0], "approved")
    listed.show_only("waiting")
    assert column(listed, 0) == ["2", "3"]
    edits.review(editor.window.document, "face-1", [50, 100], "approved")
    assert column(listed, 0) == ["3"]
    listed.show_only("approved")
    assert column(listed, 0) == ["1", "2"]


def test_the_range_is_set_around_the_shot(listed: ShotTable, editor: Editor) -> None:
    editor.window.playhead.go(60)
    editor.run("shot.mark_range")
    assert editor.window.playhead.span == range(40, 150)


def test_the_worst_draft_of_a_shot_is_told_and_sorted_by(listed: ShotTable, editor: Editor) -> None:
    w = editor.window
    frames, values = [10, 60, 90], np.array([[0.02, 0.3, 0.1]], np.float32)
    limits, fresh = np.array([0.1], np.float32), np.ones(3, np.bool_)
    w.figures.put("face-1", ("expression_error",), limits, frames, fresh, values, w.document.project)
    assert column(listed, AU_ERROR) == ["0.020", "0.300", ""]
    assert "frame 60" in listed.model().index(1, AU_ERROR).data(Qt.ItemDataRole.ToolTipRole)
    listed.sortByColumn(AU_ERROR, Qt.SortOrder.DescendingOrder)
    assert column(listed, 0) == ["2", "1", "3"]


def test_it_says_that_cuts_are_not_known_until_they_are(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    panel = editor.window.docks["shots"].widget()
    assert isinstance(panel, ShotsPanel)
    editor.window.session.open(project_file)
    assert not panel.waiting.isHidden()
    qtbot.waitUntil(panel.waiting.isHidden)
