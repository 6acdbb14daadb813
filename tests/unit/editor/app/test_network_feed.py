"""Networks whose files aren't good are told by one notice, and put in their places, as the real commands do it."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.app import network_feed, own_command
from editor.app.editor import Editor
from editor.app.network_feed import NetworkFeed
from editor.app.notices import Notices
from editor.app.own_command import ROOT
from editor.app.settings import Settings
from editor.panels.networks_panel import NetworksPanel
from pipeline.engines.registry import card
from pipeline.ipc.messages import ErrorNotice, JobFailed


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of an installation of its own, whose commands are asked soon after a project opens."""
    home = tmp_path / "installed"
    (home / "models").mkdir(parents=True)
    shutil.copy(ROOT / "main.py", home)
    for name in ("editor", "pipeline", "resources"):
        (home / name).symlink_to(ROOT / name)
    for each in (ROOT / "models").iterdir():
        (home / "models" / each.name).symlink_to(each)
    monkeypatch.setattr(own_command, "ROOT", home)
    monkeypatch.setattr(own_command, "STEP_BACK", 0)  # Somebody waits for it here.
    monkeypatch.setattr(network_feed, "LOOK_AFTER_MS", 0)
    return home / "models"


class Parts(SimpleNamespace):
    """The feed with what it fills."""

    feed: NetworkFeed
    panel: NetworksPanel
    notices: Notices
    shown: list[str]

    def told(self) -> list[str]:
        return [each for each in self.notices.texts if "Files of networks" in each]


@pytest.fixture
def parts(qtbot: QtBot, tmp_path: Path) -> Iterator[Parts]:
    panel, notices, shown = NetworksPanel(), Notices(), list[str]()
    for each in (panel, notices):
        qtbot.addWidget(each)
    settings = Settings(tmp_path / "editor.ini")
    feed = NetworkFeed(panel, notices, settings, lambda: shown.append("networks"), panel)
    yield Parts(feed=feed, panel=panel, notices=notices, shown=shown)
    feed.close()


def test_missing_and_changed_networks_are_one_notice_that_opens_the_panel(
    parts: Parts, models: Path, qtbot: QtBot
) -> None:
    (models / "palm_detection_full.onnx").unlink()
    (models / "face_detector.onnx").unlink()
    (models / "face_detector.onnx").write_bytes(b"cut off")
    parts.feed.look_later()
    qtbot.waitUntil(lambda: bool(parts.told()))
    (words,) = parts.told()
    assert "Palm detection, full (missing): Finds palms where a hand may lie before a face." in words
    assert "BlazeFace short range (changed): Finds faces near the camera" in words
    assert "full range" not in words, "what is good isn't named"
    notice = next(each for each in parts.notices.shown if each.text == words)
    notice.choose("Show the networks")
    assert parts.shown == ["networks"]


def test_good_networks_are_silent(parts: Parts, models: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(parts.feed._verifying.answered, timeout=120_000):
        parts.feed.look_later()
    assert parts.notices.texts == []


def test_a_gpu_that_is_not_used_is_told_once_and_the_panel_goes_on_saying_so(
    parts: Parts, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    driver = tmp_path / "bin" / "nvidia-smi"
    driver.parent.mkdir()
    driver.write_text("#!/bin/sh")
    driver.chmod(0o755)
    monkeypatch.setenv("PATH", str(driver.parent), prepend=os.pathsep)
    parts.feed.look_later()
    qtbot.waitUntil(lambda: bool(parts.notices.texts))
    (words,) = parts.notices.texts
    assert words.startswith("Networks run on the processor although an NVIDIA GPU is here: ")
    parts.notices.clear()
    with qtbot.waitSignal(parts.feed._verifying.answered, timeout=30_000):
        parts.feed.look_later()
    assert parts.notices.texts == []
    assert parts.panel.device.text() == words


def test_a_project_that_opens_has_the_files_looked_at(editor: Editor, project_file: Path) -> None:
    feed = editor.window.network_feed
    editor.window.session.open(project_file)
    assert feed._later.isActive()


def dropped(widget: QWidget, *paths: Path) -> None:
    """Files that a widget takes fall on it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(5, 5)
    entering = QDragEnterEvent(at, action, data, button, keys)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(at, action, data, button, keys))


def test_a_dropped_network_is_known_by_its_checksum_and_put_in_its_place_and_the_notice_goes(
    parts: Parts, models: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place = models / "palm_detection_full.onnx"
    whole = place.read_bytes()
    place.unlink()
    given = tmp_path / "downloaded (1).onnx"
    given.write_bytes(whole)
    parts.feed.look_later()
    qtbot.waitUntil(lambda: bool(parts.told()))
    with qtbot.waitSignal(parts.feed.restored, timeout=120_000):
        dropped(parts.panel, given)
    assert place.read_bytes() == whole
    qtbot.waitUntil(lambda: not parts.told())
    assert parts.notices.texts == ["Restored: Palm detection, full."]


def test_a_file_cut_off_is_refused_by_both_checksums_and_leaves_all_as_it_was(
    editor: Editor, models: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Dropped on the page that begins a project: networks are taken there, too."""
    place = models / "face_detector.onnx"
    cut_off = tmp_path / "face_detector.onnx"
    cut_off.write_bytes(place.read_bytes()[:-1])
    place.unlink()
    w = editor.window
    dropped(w.start, cut_off)
    qtbot.waitUntil(lambda: bool(w.notices.texts))
    (words,) = w.notices.texts
    assert hashlib.sha256(cut_off.read_bytes()).hexdigest() in words
    assert card("blazeface-short-range").sha256 in words
    assert not place.exists()


def test_what_failed_for_want_of_a_network_begins_anew_when_it_is_there(
    editor: Editor, project_file: Path, qtbot: QtBot
) -> None:
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: not w.jobs.running)
    failed = next(each.job for each in w.jobs.jobs if each.title == "Analysing a.mp4")
    error = ErrorNotice(kind="ModelMissing", message="The model file of the palms is missing.")
    w.bridge._arrived.emit(JobFailed(job=failed, error=error))
    qtbot.waitUntil(lambda: w.notices.texts == [error.message])
    w.network_feed.restored.emit()
    qtbot.waitUntil(lambda: not w.jobs.running)
    assert w.notices.texts == []
    assert not w.jobs.knows(failed)
    assert [each.title for each in w.jobs.jobs if each.title == "Analysing a.mp4"] == ["Analysing a.mp4"]
