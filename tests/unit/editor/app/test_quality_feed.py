"""Drafts are measured while nobody does anything, and what is found is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from editor.app import quality_feed
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.document import edits
from editor.panels.keyframes_panel import KeyframesPanel
from editor.panels.review_bar import ReviewBar
from editor.playback.draft_figures import AU_ERROR
from editor.timeline.lane_words import told_at
from pipeline.project.parameter_table import parameter_named
from tests.ui.stand_in import StandInClient

SMILE = parameter_named("AU12L")


@pytest.fixture
def opened(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    """A project whose drafts are measured up to frame 99; nothing more is measured of itself."""
    editor.quality_feed._quiet.setInterval(0)
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: editor.window.figures.of("face-1") is not None)
    editor.quality_feed._quiet.setInterval(quality_feed.QUIET_MS)
    editor.window.activateWindow()
    return editor


def asked(what: str) -> int:
    return sum(1 for each, _ in StandInClient.made[-1].asked if each == what)


def fresh(editor: Editor) -> list[int]:
    known = editor.window.figures.of("face-1")
    assert known is not None
    return [frame for frame, is_fresh in enumerate(known.fresh.tolist()) if is_fresh]


def smile(editor: Editor, frame: int) -> None:
    edits.set_values(editor.window.document, "face-1", {SMILE: 0.4}, [frame], "keyframe", range(200))


def test_an_edit_puts_its_frames_out_of_date_at_once_and_ends_measuring(opened: Editor) -> None:
    assert fresh(opened) == [*range(60), *range(70, 100)]
    window = opened.window
    before = window.document.project
    smile(opened, 50)
    assert fresh(opened) == [0]
    assert asked("cancel") == 1
    assert window.figures.figure("face-1", AU_ERROR, 50) is not None, "the old figure is still told"
    known = window.figures.of("face-1")
    assert known is not None
    values = known.values[:, [0, 50]]
    window.figures.put("face-1", known.measures, known.limits, [0, 50], known.measured[[0, 50]], values, before)
    assert fresh(opened) == [0], "figures that come late are of the document they were taken of"
    opened.quality_feed._quiet.timeout.emit()
    assert asked("measure") == 2


def test_playing_ends_measuring_and_it_goes_on_when_playing_stops(opened: Editor) -> None:
    opened.run("transport.play_toggle")
    assert (asked("cancel"), opened.quality_feed.busy) == (1, False)
    opened.run("transport.stop_playing")
    assert opened.quality_feed.busy


def test_lane_and_inspector_tell_the_figures_and_the_lane_can_be_put_away(opened: Editor) -> None:
    view = opened.window.timeline
    lane = view.quality_lane(0)
    assert lane.height() > 0

    def told(frame: int) -> str:
        return told_at(view, QPointF(view.area().left() + view.scale.x(frame + 0.5), lane.center().y()))

    expression, landmarks = "AU error 0.1 (good up to 0.15)", "landmarks 2 % (good up to 4.2 %)"
    assert told(40).splitlines() == ["Frame 40, draft", expression, landmarks, "sharpness 0.2"]
    assert "before the last change" in told(65)
    assert "something lies before the face" in told(75)
    assert "isn't measured yet" in told(150)
    bar = opened.window.inspector.findChild(ReviewBar)
    assert bar is not None
    opened.window.playhead.go(40)
    assert "AU error 0.100<" in bar._measured.text()
    opened.window.playhead.go(150)
    assert bar._measured.text() == ""
    opened.run("timeline.toggle_quality")
    assert view.quality_lane(0).height() == 0
    opened.run("timeline.toggle_quality")
    opened.window.session.close_project()
    assert view.figures.of("face-1") is None


def test_the_table_sorts_the_worst_first_and_narrows(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    panel = window.docks["keyframes"].findChild(KeyframesPanel)
    assert panel is not None

    def rows() -> list[tuple[str, str]]:
        model = window.table.model()
        return [(model.index(row, 0).data(), model.index(row, 4).data()) for row in range(model.rowCount())]

    edits.toggle_keyframe(window.document, "face-1", 90)
    assert rows() == [("0", "0.000"), ("50", "0.125"), ("90", "0.225"), ("100", "")]
    opened.run("keyframe.sort_worst")
    assert [frame for frame, _ in rows()] == ["90", "50", "0", "100"]
    edits.review(window.document, "face-1", [90], "approved")
    narrowed = {"waiting": ["50", "0", "100"], "over": ["90"], "approved": ["90"], "all": ["90", "50", "0", "100"]}
    for which, frames in narrowed.items():
        panel.which.setCurrentIndex(panel.which.findData(which))
        assert [frame for frame, _ in rows()] == frames, which
    qtbot.keyClicks(panel.text, "smile")
    assert [frame for frame, _ in rows()] == ["50", "0", "100"]


def test_one_key_goes_from_the_worst_to_the_next_less_bad_and_leaves_out_what_is_approved(
    opened: Editor, qtbot: QtBot
) -> None:
    window = opened.window
    for frame in (20, 90):
        edits.toggle_keyframe(window.document, "face-1", frame)
    edits.review(window.document, "face-1", [50], "approved")
    window.playhead.go(7)
    seen = []
    for _ in range(4):
        qtbot.keyClicks(window.canvas, "n")
        seen.append(window.playhead.frame)
    opened.run("keyframe.previous_worst")
    seen.append(window.playhead.frame)
    assert seen == [90, 20, 0, 90, 0]
    assert window.selection.frames == (0,)


def test_measuring_is_switched_off_for_good_and_on_again(opened: Editor, tmp_path: Path) -> None:
    action = opened.window.actions_by_id["view.measure_drafts"]
    assert action.isChecked()
    before = fresh(opened)
    action.trigger()
    assert (action.isChecked(), asked("cancel"), opened.quality_feed.busy) == (False, 1, False)
    assert fresh(opened) == before
    smile(opened, 50)
    opened.run("transport.play_toggle")
    opened.run("transport.stop_playing")
    kept = Settings(tmp_path / "editor.ini").measures_drafts
    assert (opened.quality_feed.busy, kept) == (False, False)
    action.trigger()
    assert (action.isChecked(), opened.quality_feed.busy) == (True, True)
    assert Settings(tmp_path / "editor.ini").measures_drafts
