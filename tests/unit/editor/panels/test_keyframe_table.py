"""The table and the selection keep step."""

from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.document.document import Document
from editor.document.selection import Selection
from editor.panels.keyframe_table import KeyframeTable
from editor.playback.draft_figures import DraftFigures
from editor.playback.playhead import Playhead


def test_a_row_is_a_place_to_go_to_and_follows_the_selection(document: Document, qtbot: QtBot) -> None:
    selection, playhead = Selection(document), Playhead(document)
    selection.select((), "face-1")
    table = KeyframeTable(document, selection, playhead, DraftFigures(document))
    qtbot.addWidget(table)
    assert table.model().rowCount() == 3
    table.selectRow(1)
    assert (playhead.frame, selection.frames) == (50, (50,))
    selection.select([0, 100])
    assert sorted(index.row() for index in table.selectionModel().selectedRows()) == [0, 2]


def test_it_shows_the_review(document: Document, qtbot: QtBot) -> None:
    selection = Selection(document)
    selection.select((), "face-1")
    table = KeyframeTable(document, selection, Playhead(document), DraftFigures(document))
    qtbot.addWidget(table)
    edits.review(document, "face-1", [50], "needs_work")
    shown = [[table.model().index(row, column).data() for column in (0, 3)] for row in range(3)]
    assert shown == [["0", "open"], ["50", "needs work"], ["100", "open"]]
