"""Options of detection are tried on the timeline before keyframes are found with them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.panels.detection_form import DetectionForm, detection_parameters
from editor.timeline.trial_lane import grips_threshold, sensitivity_at
from pipeline.project.detection import DetectionOptions, least_score, sensitivity_for
from tests.ui.stand_in import StandInClient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tuned(editor: Editor, project_file: Path, qtbot: QtBot) -> Editor:
    """A project with keyframes on 10 and 30, whose detection is being tried."""
    window = editor.window
    window.resize(1600, 1000)
    window.show()
    window.session.open(project_file)
    editor.run("project.find_keyframes")
    qtbot.waitUntil(lambda: frames(editor) == [10, 30] and window.traces.buckets is not None)
    editor.run("project.tune_detection")
    qtbot.waitUntil(lambda: window.trial.found is not None)
    return editor


def found_with(editor: Editor, qtbot: QtBot, **options: object) -> None:
    trial = editor.window.trial
    trial.change(**options)
    qtbot.waitUntil(lambda: trial.found is not None and trial.found.options == trial.options)


def frames(editor: Editor) -> list[int]:
    return [each.frame for each in editor.window.document.project.faces[0].keyframes]


def tried(editor: Editor) -> list[object]:
    return [options for what, options in StandInClient.made[-1].asked if what == "trial"]


def test_what_would_come_and_go_is_shown_and_nothing_is_changed(tuned: Editor, qtbot: QtBot) -> None:
    trial, before = tuned.window.trial, tuned.window.document.project
    assert trial.changes() == {}
    found_with(tuned, qtbot, sensitivity=1.0)
    assert trial.changes() == {50: True, 70: True}
    found_with(tuned, qtbot, sensitivity=0.1)
    assert trial.changes() == {30: False}
    form = tuned.window.findChild(DetectionForm)
    assert form is not None
    assert form.outcome.text() == "1 found: 0 come, 1 go"
    form.leave.click()
    assert (trial.is_open, form.isVisible(), trial.changes()) == (False, False, {})
    assert tuned.window.document.project == before


def test_the_line_over_the_signals_is_dragged(tuned: Editor, qtbot: QtBot) -> None:
    timeline, trial = tuned.window.timeline, tuned.window.trial
    lane = timeline.signal_lane()
    y = next(y for y in range(int(lane.top()), int(lane.bottom())) if grips_threshold(lane, QPointF(300, y), trial))
    down = round(lane.bottom() - 4 - 0.2 * (lane.height() - 8))
    at = tuned.window.playhead.frame
    qtbot.mousePress(timeline, LEFT, pos=QPoint(300, y + 5))
    qtbot.mouseMove(timeline, QPoint(300, down))
    qtbot.mouseRelease(timeline, LEFT, pos=QPoint(300, down))
    assert least_score(trial.options.sensitivity) == pytest.approx(0.2, abs=0.03)
    assert tuned.window.playhead.frame == at, "the press was not for the playhead"
    qtbot.waitUntil(lambda: trial.changes() == {50: True})


def test_found_so_it_is_one_step_and_so_it_is_found_from_now_on(tuned: Editor, qtbot: QtBot, tmp_path: Path) -> None:
    window = tuned.window
    found_with(tuned, qtbot, profile="dialogue", sensitivity=0.3)
    steps = window.document.undo_stack.count()
    form = window.findChild(DetectionForm)
    assert form is not None
    form.take.click()
    asked = [options for what, options in StandInClient.made[-1].asked if what == "keyframes"]
    assert asked[-1] == DetectionOptions(profile="dialogue", sensitivity=0.3)
    assert not window.trial.is_open
    assert window.document.undo_stack.count() <= steps + 1
    assert window.settings.detection == asked[-1]
    settings = Settings(tmp_path / "other.ini")
    settings._store.setValue("detection", '{"sensitivity": 7}')
    assert settings.detection == DetectionOptions(), "what can't be is as if nothing was chosen"


def test_while_options_are_dragged_only_the_last_are_tried(tuned: Editor, qtbot: QtBot) -> None:
    before = len(tried(tuned))
    for step in range(40):
        tuned.window.trial.change(sensitivity=step / 40)
    found_with(tuned, qtbot, sensitivity=0.99)
    assert len(tried(tuned)) == before + 1


def test_a_worth_has_its_sensitivity(tuned: Editor) -> None:
    lane = tuned.window.timeline.signal_lane()
    for worth in (0.8, 0.6, 0.4, 0.25, 0.1):
        assert least_score(sensitivity_for(worth)) == pytest.approx(worth)
    assert (sensitivity_at(lane, lane.top()), sensitivity_at(lane, lane.bottom())) == (0.0, 1.0)
    assert [each.default for each in detection_parameters().values()] == [0.5, 0.5, 0.15, 120.0]
