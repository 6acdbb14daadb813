"""Saving off the window's thread, and what a crash leaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.document.document import Document
from editor.document.journal import journal_place, remove_journal, unsaved_work, write_journal
from editor.document.saving import Saver
from pipeline.project.storage import load_project
from tests.unit.editor.document.test_document import named


@pytest.fixture
def opened(qtbot: QtBot, project_file: Path) -> Document:
    document = Document()
    document.open(project_file, load_project(project_file))
    return document


@pytest.fixture
def saver(opened: Document) -> Iterator[Saver]:
    saver = Saver(opened)
    yield saver
    saver.wait()


def test_a_save_writes_the_document_and_takes_the_mark_away(
    qtbot: QtBot, opened: Document, saver: Saver, project_file: Path
) -> None:
    opened.edit("Name", lambda p: named("Ada", p))
    with qtbot.waitSignal(saver.saved):
        saver.save()
    assert not opened.unsaved
    assert load_project(project_file).project == opened.project


def test_a_file_that_somebody_else_changed_is_not_written_over(
    qtbot: QtBot, opened: Document, saver: Saver, project_file: Path
) -> None:
    opened.edit("Name", lambda p: named("Ada", p))
    project_file.write_text(project_file.read_text() + "\n")
    with qtbot.waitSignal(saver.failed) as told:
        saver.save()
    assert "another program" in str(told.args)
    assert opened.unsaved


def test_unsaved_work_is_found_again_and_gone_after_a_save(
    qtbot: QtBot, opened: Document, saver: Saver, project_file: Path
) -> None:
    opened.edit("Name", lambda p: named("Ada", p))
    saver.journal()
    with qtbot.waitSignal(saver.saved):
        saver.save()
    assert not journal_place(project_file).exists()


def test_what_a_crash_left_is_offered_until_it_is_discarded(project_file: Path) -> None:
    stored = load_project(project_file)
    write_journal(project_file, named("Ada", stored.project), stored.sha256)
    work = unsaved_work(project_file, stored.sha256, stored.project)
    assert work is not None
    assert work.of_this_file
    assert work.project.performers[0].name == "Ada"
    other = unsaved_work(project_file, "0" * 64, stored.project)
    assert other is not None
    assert not other.of_this_file
    remove_journal(project_file)
    assert unsaved_work(project_file, stored.sha256, stored.project) is None


def test_what_is_not_saved_is_kept_beside_the_project_meanwhile(
    opened: Document, saver: Saver, project_file: Path
) -> None:
    stored = load_project(project_file)
    saver.journal()
    opened.edit("Name", lambda p: named("Ada", p))
    saver.journal()
    saver.wait()
    work = unsaved_work(project_file, stored.sha256, stored.project)
    assert work is not None
    assert work.project == opened.project


def test_a_damaged_journal_recovers_nothing(project_file: Path) -> None:
    stored = load_project(project_file)
    place = journal_place(project_file)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"{")
    assert unsaved_work(project_file, stored.sha256, stored.project) is None
