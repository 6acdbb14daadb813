"""Opening, saving, closing, recovery, and what is said when something goes wrong."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.document.journal import journal_place, write_journal
from editor.panels.export_form import ExportOrder
from pipeline.client import WorkerLost
from pipeline.ipc.messages import ErrorNotice, JobFailed, Progress
from pipeline.project.storage import load_project
from tests.ui.stand_in import StandInClient
from tests.unit.editor.document.test_document import named


def client() -> StandInClient:
    return StandInClient.made[-1]


@pytest.fixture
def opened(editor: Editor, project_file: Path) -> Editor:
    assert editor.window.session.open(project_file)
    return editor


def test_keyframes_come_by_themselves_into_a_new_project(editor: Editor, project_file: Path, qtbot: QtBot) -> None:
    document = editor.window.document
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: editor.window.traces.buckets is not None)
    edits.remove_keyframes(document, "face-1", [0, 50, 100])
    editor.window.session.save()
    qtbot.waitUntil(lambda: not document.unsaved)
    editor.window.session.close_project()
    editor.window.session.open(project_file)
    qtbot.waitUntil(lambda: [each.frame for each in document.project.faces[0].keyframes] == [10, 30])
    assert document.undo_stack.text(0) == "Keyframes found"
    qtbot.waitUntil(lambda: editor.window.traces.buckets is not None)


def test_a_project_that_is_damaged_is_told_and_the_window_stays(editor: Editor, tmp_path: Path) -> None:
    broken = tmp_path / "broken.likeness"
    broken.write_text("{")
    assert not editor.window.session.open(broken)
    assert "broken.likeness" in editor.window.notices.texts[0]
    assert not editor.window.document.is_open


def test_a_newer_file_is_open_for_reading_only(editor: Editor, project_file: Path) -> None:
    text = project_file.read_text()
    project_file.write_text(text.replace(f'"schema": {load_project(project_file).raw["schema"]}', '"schema": 900'))
    editor.window.session.open(project_file)
    assert "newer version" in editor.window.notices.texts[0]
    assert editor.window.document.read_only
    assert "read only" in editor.window.windowTitle()


def test_closing_asks_in_one_notice_and_saves(opened: Editor, project_file: Path, qtbot: QtBot) -> None:
    window = opened.window
    window.document.edit("Name", lambda p: named("Ada", p))
    assert window.isWindowModified()
    for _ in range(2):
        opened.run("project.close_file")
        assert not window.close()
        assert window.document.is_open
    (notice,) = [each for each in window.notices.shown if "unsaved" in each.text]
    notice.choose("Save and close")
    qtbot.waitUntil(lambda: not window.document.is_open)
    assert load_project(project_file).project.performers[0].name == "Ada"


def export(editor: Editor, output: Path) -> int:
    """The job of an export that goes on until it is stopped."""
    editor.window.session.export(ExportOrder(output, "prores-422hq", "draft", 0, 9))
    return editor.window.jobs.jobs[-1].job


def test_closing_while_an_export_runs_asks_once_and_says_what_becomes_of_it(
    opened: Editor, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened.window
    qtbot.waitUntil(lambda: not window.jobs.running)
    export(opened, tmp_path / "one.mov")
    assert not window.close()
    window.document.edit("Name", lambda p: named("Ada", p))
    opened.run("project.close_file")
    (notice,) = window.notices.shown
    assert notice.text == (
        "shot.likeness has unsaved changes. Closing stops what is under way: Export one.mov. Exporting to the same "
        "file again goes on from the frames that are finished."
    )
    assert list(notice.choices) == ["Save and close", "Close without saving"]
    opened.run("edit.undo_step")
    opened.run("project.begin_new")
    (notice,) = window.notices.shown
    assert list(notice.choices) == ["Stop and close"]
    notice.choose("Stop and close")
    assert not window.document.is_open
    assert client().asked[-1] == ("close", None)


def test_an_analysis_under_way_is_no_reason_to_ask(opened: Editor, qtbot: QtBot) -> None:
    window = opened.window
    qtbot.waitUntil(lambda: not window.jobs.running)
    window.jobs.begin(900, "Analysing a.mp4")
    opened.run("project.close_file")
    assert not window.document.is_open


def test_an_export_goes_on_when_the_project_is_saved_as_another(opened: Editor, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened.window
    qtbot.waitUntil(lambda: not window.jobs.running)
    job = export(opened, tmp_path / "one.mov")
    window.session.save_as(tmp_path / "copy.likeness")
    qtbot.waitUntil(lambda: window.document.path == tmp_path / "copy.likeness")
    assert [each.job for each in window.jobs.running if each.title == "Export one.mov"] == [job]
    window.bridge._hear(JobFailed(job=job, error=ErrorNotice(kind="DiskFull", message="The disk is full.")))
    assert "The disk is full." in window.notices.texts


def test_a_question_that_was_put_away_is_asked_again(opened: Editor) -> None:
    window = opened.window
    window.document.edit("Name", lambda p: named("Ada", p))
    opened.run("project.close_file")
    window.notices.clear()
    opened.run("project.close_file")
    assert window.document.is_open
    assert len(window.notices.shown) == 1


def test_closing_without_saving_leaves_the_file(opened: Editor, project_file: Path) -> None:
    before = project_file.read_bytes()
    opened.window.document.edit("Name", lambda p: named("Ada", p))
    opened.run("project.close_file")
    opened.window.notices.shown[0].choose("Close without saving")
    assert not opened.window.document.is_open
    assert project_file.read_bytes() == before


@pytest.mark.parametrize(("choice", "name"), [("Recover", "Ada"), ("Discard", "performer")])
def test_what_a_crash_left_is_recovered_or_discarded(
    editor: Editor, project_file: Path, choice: str, name: str
) -> None:
    stored = load_project(project_file)
    write_journal(project_file, named("Ada", stored.project), stored.sha256)
    editor.window.session.open(project_file)
    editor.window.notices.shown[0].choose(choice)
    assert editor.window.document.project.performers[0].name == name
    assert journal_place(project_file).exists() == (choice == "Recover")
    assert editor.window.document.unsaved == (choice == "Recover")


@pytest.mark.parametrize(("choice", "name"), [("Keep the unsaved state", "Ada"), ("Keep the saved file", "performer")])
def test_what_a_crash_left_and_what_was_saved_can_both_be_looked_at(
    editor: Editor, project_file: Path, qtbot: QtBot, choice: str, name: str
) -> None:
    stored = load_project(project_file)
    write_journal(project_file, named("Ada", stored.project), stored.sha256)
    window = editor.window
    window.session.open(project_file)
    window.notices.shown[0].choose("Look at both")
    seen = []
    for action in ("edit.undo_step", "edit.redo_step"):
        editor.run(action)
        seen.append(window.document.project.performers[0].name)
    assert seen == ["performer", "Ada"]
    window.notices.shown[-1].choose(choice)
    assert window.document.project.performers[0].name == name
    kept = choice == "Keep the unsaved state"
    assert window.document.unsaved == kept
    qtbot.waitUntil(lambda: journal_place(project_file).exists() == kept)


def test_a_save_that_fails_says_why_and_keeps_the_mark(opened: Editor, project_file: Path, qtbot: QtBot) -> None:
    opened.window.document.edit("Name", lambda p: named("Ada", p))
    project_file.write_text(project_file.read_text() + " ")
    opened.run("project.save_file")
    qtbot.waitUntil(lambda: bool(opened.window.notices.texts))
    assert "another program" in opened.window.notices.texts[0]
    assert opened.window.document.unsaved


def test_a_worker_that_dies_is_told_and_the_notice_goes_when_it_is_back(opened: Editor) -> None:
    window = opened.window
    window.bridge.lost.emit(WorkerLost("killed by signal 9"))
    assert "killed by signal 9" in window.notices.texts[0]
    window.bridge.back.emit()
    assert window.notices.texts == []
    window.bridge.lost.emit(WorkerLost("killed", final=True))
    window.notices.shown[0].choose("Start it again")
    assert len(StandInClient.made) == 2


def test_an_export_is_a_job_with_progress_that_can_be_stopped(opened: Editor, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened.window
    window.session.export(ExportOrder(tmp_path / "a.mp4", "h264-high", "draft", 3, 9))
    (asked,) = [each for name, each in client().asked if name == "render"]
    assert asked[1]["first"] == "3"
    (job,) = [each.job for each in window.jobs.jobs if each.title.startswith("Export")]
    client().on_event(Progress(job=job, stage="frames", done=3, total=7, rate=2.0, seconds_left=2.0))
    qtbot.waitUntil(lambda: "frames: 3 / 7, 2.0/s, 0:02 left" in window._busy.text())
    window.jobs.cancel_wanted.emit(job)
    assert ("cancel", job) in client().asked
    client().on_event(JobFailed(job=job, error=ErrorNotice(kind="Cancelled", message="Stopped.")))
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.notices.texts == []


def test_a_result_that_stands_there_is_replaced_when_asked(opened: Editor, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened.window
    window.session.export(ExportOrder(tmp_path / "a.mp4", "h264-high", "draft", None, None))
    job = window.jobs.running[-1].job
    client().on_event(JobFailed(job=job, error=ErrorNotice(kind="OutputExists", message="a.mp4 is there already.")))
    qtbot.waitUntil(lambda: bool(window.notices.shown))
    window.notices.shown[0].choose("Replace it")
    assert [each[1]["overwrite"] for name, each in client().asked if name == "render"] == [False, True]


def test_recent_projects_are_listed_the_latest_first(editor: Editor, project_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.likeness"
    other.write_bytes(project_file.read_bytes())
    editor.window.session.open(project_file)
    editor.window.session.open(other)
    assert editor.window.settings.recent == [other, project_file]


def test_a_copy_names_its_media_from_where_it_lies(
    opened: Editor, project_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opened.window
    before = project_file.read_bytes()
    (tmp_path / "copies").mkdir()
    window.document.edit("Name", lambda p: named("Ada", p))
    window.session.save_as(tmp_path / "copies" / "b")
    qtbot.waitUntil(lambda: window.document.path == tmp_path / "copies" / "b.likeness")
    assert not window.document.unsaved
    copy = load_project(tmp_path / "copies" / "b.likeness").project
    assert copy.plates[0].path == "../a.mp4"
    assert copy.performers[0].name == "Ada"
    assert project_file.read_bytes() == before


def test_a_copy_that_cannot_be_written_leaves_the_project_open(opened: Editor, tmp_path: Path, qtbot: QtBot) -> None:
    opened.window.session.save_as(tmp_path / "none" / "b.likeness")
    qtbot.waitUntil(lambda: bool(opened.window.notices.texts))
    assert opened.window.document.path == tmp_path / "shot.likeness"
