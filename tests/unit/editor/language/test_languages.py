"""Which language is spoken, what changes with it, and what is said where it can't be shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from editor.app import entry
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.language.catalogue import translated
from editor.language.languages import CHINESE, ENGLISH, font_advice, lacks_font, speak, spoken_language
from editor.language.translation import tr


@pytest.fixture
def in_chinese(styled: QApplication) -> Iterator[None]:
    speak(CHINESE, styled)
    yield
    speak(ENGLISH, styled)


@pytest.mark.parametrize(
    ("choice", "locale", "expected"),
    [
        ("system", "zh_CN", CHINESE),
        ("system", "zh_SG", CHINESE),
        ("system", "zh_TW", ENGLISH),
        ("system", "de_DE", ENGLISH),
        ("system", "C", ENGLISH),
        ("zh_CN", "de_DE", CHINESE),
        ("en", "zh_CN", ENGLISH),
        ("gone", "zh_CN", CHINESE),
    ],
)
def test_the_choice_goes_before_the_system(choice: str, locale: str, expected: object) -> None:
    assert spoken_language(choice, QLocale(locale)) is expected


def test_everything_speaks_the_language_and_english_again(styled: QApplication) -> None:
    speak(CHINESE, styled)
    assert (tr("Try again"), translated("Undo"), styled.translate("QPlatformTheme", "Cancel")) == (
        "重试",
        "撤销",
        "取消",
    )
    speak(ENGLISH, styled)
    assert (tr("Try again"), translated("Undo"), styled.translate("QPlatformTheme", "Cancel")) == (
        "Try again",
        "Undo",
        "Cancel",
    )


def test_fields_are_filled_in_both() -> None:
    assert tr("{count} markers are in {path}.", count=3, path="a.edl") == "3 markers are in a.edl."


def test_the_menu_keeps_the_choice_and_says_when_it_counts(editor: Editor) -> None:
    window = editor.window
    assert window.actions_by_id["language.use_system"].isChecked()
    window.actions_by_id["language.use_chinese"].trigger()
    assert window.settings.language == "zh_CN"
    assert window.actions_by_id["language.use_chinese"].isChecked()
    assert not window.actions_by_id["language.use_system"].isChecked()
    assert window.notices.texts == ["The language changes when Likeness is started the next time."]


def test_the_choice_is_kept(tmp_path: Path) -> None:
    Settings(tmp_path / "a.ini").keep_language("zh_CN")
    assert Settings(tmp_path / "a.ini").language == "zh_CN"
    assert Settings(tmp_path / "b.ini").language == "system"


def test_letters_that_no_font_has_are_told_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert lacks_font(CHINESE)
    assert "fonts-noto-cjk" in font_advice(CHINESE)


def test_a_window_that_cannot_show_its_letters_speaks_english_and_says_why(
    styled: QApplication, editor: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "a.ini")
    settings.keep_language("zh_CN")
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    advice = entry.speak_as_chosen(settings, styled)
    assert "fonts-noto-cjk" in advice
    assert tr("Try again") == "Try again"


def test_english_needs_no_advice(styled: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "a.ini")
    settings.keep_language("en")
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert entry.speak_as_chosen(settings, styled) == ""


@pytest.mark.usefixtures("in_chinese")
def test_menus_and_panels_are_in_chinese(editor: Editor) -> None:
    window = editor.window
    assert [each.text() for each in window.menuBar().actions()][:3] == ["文件", "编辑", "播放"]
    assert window.docks["inspector"].windowTitle() == "检查器"
    assert "撤销" in window.actions_by_id["edit.undo_step"].toolTip()
