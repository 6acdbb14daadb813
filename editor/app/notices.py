"""The one place where the user is told what happened and what to do: bars above the picture, never a dialog."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.look.icons import icon

Kind = Literal["error", "warning", "good", "note"]
_COLOURS = {"error": colours.BAD, "warning": colours.WORK, "good": colours.GOOD, "note": colours.TEXT_DIM}
_MOST = 4
_READ_MS = 12_000
"""How long what needs no answer stays."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the user may do about a notice."""

    text: str
    run: Callable[[], object]


class Notice(QWidget):
    """One bar."""

    def __init__(self, kind: Kind, text: str, choices: Sequence[Choice], close: Callable[["Notice"], None]) -> None:
        super().__init__()
        self.text = text
        self.choices = {each.text: each for each in choices}
        self._close = close
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("notice")
        self.setStyleSheet(
            f"#notice {{ background: {colours.grey(60).name()}; border-left: 4px solid {_COLOURS[kind].name()};"
            f" border-bottom: 1px solid {colours.LINE.name()}; }}"
        )
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(label, 1)
        for each in choices:
            button = QPushButton(each.text)
            button.clicked.connect(lambda _checked=False, choice=each: self.choose(choice.text))
            row.addWidget(button)
        shut = QToolButton()
        shut.setIcon(icon("close"))
        shut.setToolTip(tr("Close this notice"))
        shut.setAccessibleName(tr("Close this notice"))
        shut.clicked.connect(lambda: close(self))
        row.addWidget(shut)

    def choose(self, text: str) -> None:
        """Do what the button of that text does."""
        choice = self.choices[text]
        self._close(self)
        choice.run()


class Notices(QWidget):
    """The bars, the newest above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self._shown]

    @property
    def shown(self) -> list[Notice]:
        return list(self._shown)

    def tell(self, kind: Kind, text: str, choices: Sequence[Choice] = ()) -> Notice:
        """Say something, in the language in use; the same words twice are one notice."""
        text = translated(text)
        for each in self._shown:
            if each.text == text:
                return each
        notice = Notice(kind, text, choices, self.take_back)
        self._shown.insert(0, notice)
        self._column.insertWidget(0, notice)
        for old in self._shown[_MOST:]:
            self.take_back(old)
        self.show()
        if kind in ("good", "note"):
            QTimer.singleShot(_READ_MS, notice, lambda: self.take_back(notice))
        return notice

    def take_back(self, notice: Notice) -> None:
        """The notice is no longer true, or was read."""
        if notice in self._shown:
            self._shown.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        for each in self.shown:
            self.take_back(each)
