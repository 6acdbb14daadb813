"""Networks whose files aren't good are told when a project opens, by one notice, as the real commands say."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.app import network_feed, own_command
from editor.app.editor import Editor
from editor.app.own_command import ROOT


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
    monkeypatch.setattr(network_feed, "LOOK_AFTER_MS", 0)
    return home / "models"


def told(editor: Editor) -> list[str]:
    return [each for each in editor.window.notices.texts if "Files of networks" in each]


def test_missing_and_changed_networks_are_one_notice_that_opens_the_panel(
    editor: Editor, models: Path, project_file: Path, qtbot: QtBot
) -> None:
    (models / "palm_detection_full.onnx").unlink()
    (models / "face_detector.onnx").unlink()
    (models / "face_detector.onnx").write_bytes(b"cut off")
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: bool(told(editor)))
    (words,) = told(editor)
    assert "Palm detection, full (missing): Finds palms where a hand may lie before a face." in words
    assert "BlazeFace short range (changed): Finds faces near the camera" in words
    assert "full range" not in words, "what is good isn't named"
    notice = next(each for each in w.notices.shown if each.text == words)
    notice.choose("Show the networks")
    assert not w.networks.visibleRegion().isEmpty()


def test_the_notice_goes_when_the_files_are_restored(
    editor: Editor, models: Path, project_file: Path, qtbot: QtBot
) -> None:
    (models / "palm_detection_full.onnx").unlink()
    w = editor.window
    w.session.open(project_file)
    qtbot.waitUntil(lambda: bool(told(editor)))
    shutil.copy(ROOT / "models" / "palm_detection_full.onnx", models)
    w.network_feed.look_later()
    qtbot.waitUntil(lambda: not told(editor))


def test_good_networks_are_silent(editor: Editor, models: Path, project_file: Path, qtbot: QtBot) -> None:
    feed = editor.window.network_feed
    editor.window.session.open(project_file)
    with qtbot.waitSignal(feed._verifying.answered, timeout=30_000):
        pass
    assert told(editor) == []
    assert not feed._naming.busy
