"""The window in Chinese at the least size it is made for: nothing is cut off, and English is left nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QHeaderView, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.app.keys_window import KeysWindow
from editor.language.languages import CHINESE, ENGLISH, lacks_font, speak
from editor.panels.parameter_groups import groups

NAME_PX = 102
"""Room for a parameter's name in the inspector."""


@pytest.fixture
def chinese(styled: QApplication) -> Iterator[None]:
    speak(CHINESE, styled)
    yield
    speak(ENGLISH, styled)


@pytest.fixture
def window(chinese: None, editor: Editor, project_file: Path) -> Editor:
    """The editor in Chinese with a project, 1280 × 720."""
    editor.window.session.open(project_file)
    return editor


def cut_off(widget: QWidget) -> list[str]:
    """What is visible in a widget and has less room than its text."""
    found = []
    for each in (one for one in widget.findChildren(QWidget) if not one.visibleRegion().isEmpty()):
        room = each.width()
        if isinstance(each, QLabel) and each.text() and not each.wordWrap() and room < each.minimumSizeHint().width():
            found.append(each.text())
        if isinstance(each, QAbstractButton) and each.text() and room < each.minimumSizeHint().width():
            found.append(each.text())
        if isinstance(each, QTabBar):
            tabs = [(each.tabText(tab), each.tabRect(tab).width()) for tab in range(each.count())]
            found += [text for text, width in tabs if width < each.fontMetrics().horizontalAdvance(text)]
        if isinstance(each, QHeaderView) and each.orientation() == Qt.Orientation.Horizontal:
            model, metrics = each.model(), each.fontMetrics()
            heads = [(str(model.headerData(at, each.orientation())), at) for at in range(each.count())]
            found += [
                text
                for text, at in heads[: -1 if each.stretchLastSection() else None]
                if not each.isSectionHidden(at) and each.sectionSize(at) < metrics.horizontalAdvance(text)
            ]
    return found


def texts_of(widget: QWidget) -> Iterator[str]:
    for each in widget.findChildren(QWidget):
        yield from (each.toolTip(), each.accessibleName(), str(each.property("placeholderText") or ""))
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()


def test_the_first_page_cuts_nothing_off(chinese: None, editor: Editor) -> None:
    assert cut_off(editor.window) == []


@pytest.mark.parametrize(
    "panel",
    ["keyframes", "faces", "shots", "markers", "jobs", "inspector", "identity", "networks", "history", "curves"],
)
def test_no_panel_cuts_anything_off(window: Editor, panel: str) -> None:
    window.window.bring_panel(panel)
    QApplication.processEvents()
    assert cut_off(window.window) == []


@pytest.mark.usefixtures("chinese")
def test_every_parameters_name_has_room_in_the_inspector(styled: QApplication) -> None:
    if lacks_font(CHINESE):
        pytest.skip("no font has Chinese letters here")
    metrics = QLabel().fontMetrics()
    titles = [line.title for group in groups() for line in group.lines]
    assert not [title for title in titles if metrics.horizontalAdvance(title) > NAME_PX]


def test_no_english_is_left_in_the_window(window: Editor, qtbot: QtBot) -> None:
    keys = KeysWindow(window.window.keys)
    qtbot.addWidget(keys)
    texts = {*texts_of(window.window), *texts_of(keys)}
    # Names of formats, units and parameters, and what the project itself holds, are no English.
    words = {text: re.sub(r"<b>\w+</b>|<[^>]*>|&nbsp;|[\w.-]*[._/-][\w.-]+|`\w+`", "", text) for text in texts}
    assert not [text for text, rest in words.items() if re.search(r"[a-z]{2,} [a-z]{2,}", rest)]


@pytest.mark.usefixtures("chinese")
def test_letters_come_from_a_font_with_chinese_forms(styled: QApplication) -> None:
    assert [*styled.font().families()[1:]] == [*CHINESE.families]
    there = set(QFontDatabase.families(CHINESE.writing))
    assert not there or set(CHINESE.families) & there or not any("CJK" in family for family in there)
