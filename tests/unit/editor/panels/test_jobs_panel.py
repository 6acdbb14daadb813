"""Jobs are held, let go on, begun again and told of; ended ones are cleared."""

from pathlib import Path

from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.panels.export_form import ExportOrder
from editor.panels.job_card import JobCard
from editor.panels.jobs_panel import JobsPanel
from pipeline.ipc.messages import ErrorNotice, JobFailed, Progress, Said
from tests.ui.stand_in import StandInClient

NARROW_PX = 240
"""The panel's width in a small window is more."""


def exporting(editor: Editor, project: Path, qtbot: QtBot) -> JobCard:
    """The card of an export that has begun; the jobs of opening are cleared away."""
    w = editor.window
    w.session.open(project)
    panel = w.docks["jobs"].widget()
    assert isinstance(panel, JobsPanel)
    qtbot.waitUntil(lambda: bool(w.jobs.jobs) and not w.jobs.running)
    panel.clear.click()
    assert not panel.cards
    w.session.export(ExportOrder(project.with_suffix(".mov"), "prores-422hq", "draft", 0, 9))
    (card,) = panel.cards.values()
    assert isinstance(card, JobCard)
    return card


def number(editor: Editor) -> int:
    return editor.window.jobs.jobs[0].job


def asked(what: str) -> list[int]:
    return [value for name, value in StandInClient.made[-1].asked if name == what]


def test_a_job_is_held_and_goes_on(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    card = exporting(editor, project_file, qtbot)
    job = number(editor)
    editor.window.bridge._hear(Progress(job=job, stage="rendering", done=3, total=10, rate=2.0, seconds_left=4.0))
    card.pause.click()
    assert asked("pause") == [job]
    assert "held" in card._said.text()
    card.pause.click()
    assert asked("resume") == [job]
    assert "held" not in card._said.text()


def test_what_failed_is_begun_again_with_its_log(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    card = exporting(editor, project_file, qtbot)
    job, jobs = number(editor), editor.window.jobs
    assert card.again.isHidden()
    editor.window.bridge._hear(Progress(job=job, stage="rendering", done=3, total=10, rate=2.0, seconds_left=4.0))
    editor.window.bridge._hear(Said(job=job, text="The plate is interlaced."))
    editor.window.bridge._hear(JobFailed(job=job, error=ErrorNotice(kind="DiskFull", message="The disk is full.")))
    log = [line.split("  ", 1)[1] for line in jobs.jobs[0].log]
    assert log == ["begun", "rendering, 10 in all", "The plate is interlaced.", "The disk is full."]
    assert not card.again.isHidden()
    assert card.pause.isHidden()
    card.again.click()
    assert len(asked("render")) == 2
    (state,) = jobs.jobs
    assert (state.job != job, state.ended) == (True, "")


def test_a_long_name_leaves_the_buttons_inside_the_panel(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    exporting(editor, project_file, qtbot)
    panel = editor.window.docks["jobs"].widget()
    assert isinstance(panel, JobsPanel)
    name = "a_plate_with_a_name_that_has_no_end_and_no_blank_in_it" * 2
    editor.window.session.export(ExportOrder(project_file.with_name(f"{name}.mov"), "prores-422hq", "draft", 0, 9))
    for card in panel.cards.values():
        assert card.minimumSizeHint().width() < NARROW_PX


def test_exports_that_wait_are_moved_and_begin_in_the_order_that_is_seen(
    editor: Editor, project_file: Path, qtbot: QtBot
) -> None:
    exporting(editor, project_file, qtbot)
    w = editor.window
    panel = w.docks["jobs"].widget()
    assert isinstance(panel, JobsPanel)
    for name in ("b", "c", "d"):
        w.session.export(ExportOrder(project_file.with_name(f"{name}.mov"), "prores-422hq", "draft", 0, 9))
    running, b, c, d = (each.job for each in w.jobs.jobs)
    w.bridge._hear(Progress(job=running, stage="rendering", done=3, total=10, rate=2.0, seconds_left=4.0))
    cards = panel.cards

    def seen() -> list[int]:
        return sorted(cards, key=lambda job: panel._cards.indexOf(cards[job]))

    assert seen() == [running, b, c, d], "what begins next stands above"
    assert cards[running].sooner.isHidden()
    assert (cards[b].sooner.isEnabled(), cards[b].later.isEnabled()) == (False, True)
    cards[d].sooner.click()
    assert seen() == [running, b, d, c]
    (later,) = (each for each in cards[b].findChildren(QShortcut) if each.key().toString() == "Alt+Down")
    later.activated.emit()
    assert seen() == [running, d, b, c]
    assert [value for name, value in StandInClient.made[-1].asked if name == "order"] == [(b, d, c), (d, b, c)]
    w.bridge._hear(JobFailed(job=running, error=ErrorNotice(kind="DiskFull", message="The disk is full.")))
    assert seen() == [d, b, c, running], "what has ended stands under what hasn't"
