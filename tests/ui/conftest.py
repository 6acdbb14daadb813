"""The editor with the real worker behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.look.style import apply_style


@pytest.fixture
def editor(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Editor]:
    apply_style(qapp)
    editor = Editor(Settings(tmp_path / "editor.ini"))
    qtbot.addWidget(editor.window)
    editor.window.resize(1600, 1000)
    editor.window.show()
    yield editor
    editor.window.bridge.close()
    editor.window.looks.close()
    editor.window.session.saver.wait()
    editor.window.document.close()
