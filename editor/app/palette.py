"""The palette: type what you look for, press Enter, and it is done."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from editor.app.action_set import keys_text, name_of
from editor.app.action_spec import ActionSpec
from editor.app.action_table import ACTIONS
from editor.app.key_map import Keys
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours

_ID = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 560, 360
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


def found(typed: str) -> list[ActionSpec]:
    """Actions that hold every typed word, those first whose name begins with one; all of them for nothing typed."""
    words = typed.casefold().split()

    def rank(each: ActionSpec) -> int:
        name = translated(each.text).casefold()
        if typed and name.startswith(typed.casefold()):
            return 0
        if all(any(part.startswith(word) for part in name.split()) for word in words):
            return 1
        return 2 if all(word in name for word in words) else 3

    held = [each for each in ACTIONS if all(word in _text(each) for word in words)]
    return sorted(held, key=rank)


def _text(each: ActionSpec) -> str:
    """What an action is found by: its words in the language in use, and in English, which old hands know."""
    english = (each.text, each.menu, each.help)
    return " ".join((*map(translated, english), *english)).casefold()


class Palette(QFrame):
    """Lies over the window's upper middle. Lists the actions that can be run now; `keys` are those in force."""

    def __init__(self, window: QWidget, actions: Mapping[str, QAction], keys: Callable[[str], Keys]) -> None:
        super().__init__(window)
        self._window, self._actions, self._keys = window, actions, keys
        self.setObjectName("palette")
        self.setStyleSheet(
            f"#palette {{ background: {colours.PANEL.name()}; border: 1px solid {colours.LINE.name()}; }}"
        )
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.setAccessibleName(tr("Find an action"))
        self.list = QTreeWidget()
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setStyleSheet("QTreeWidget::item { padding: 2px; }")
        self.list.setRootIsDecorated(False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Actions found"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self.hide()

    def open(self) -> None:
        """Show it, empty."""
        width = min(_WIDTH, self._window.width() - 32)
        self.setGeometry((self._window.width() - width) // 2, 64, width, min(_HEIGHT, self._window.height() - 96))
        self.field.clear()
        self._fill()
        self.show()
        self.raise_()
        self.field.setFocus()

    @property
    def at(self) -> int:
        """Which line of the list Enter would run; -1 where there is none."""
        item = self.list.currentItem()
        return -1 if item is None else self.list.indexOfTopLevelItem(item)

    def _go(self, at: int) -> None:
        item = self.list.topLevelItem(min(max(at, 0), self.list.topLevelItemCount() - 1))
        if item is not None:
            self.list.setCurrentItem(item)

    def _fill(self) -> None:
        self.list.clear()
        for each in found(self.field.text()):
            if self._actions[each.id].isEnabled():
                item = QTreeWidgetItem([name_of(each), translated(each.menu), keys_text(self._keys(each.id))])
                item.setData(0, _ID, each.id)
                item.setToolTip(0, translated(each.help))
                item.setForeground(1, colours.TEXT_DIM)
                self.list.addTopLevelItem(item)
        self.list.setColumnWidth(0, self.width() * 55 // 100)
        self.list.setColumnWidth(1, self.width() * 17 // 100)
        self._go(0)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.hide()
            self._window.setFocus()
            self._actions[item.data(0, _ID)].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event.key())
        return super().eventFilter(watched, event)

    def _takes(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.hide()
            self._window.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key in _MOVES:
            self._go(self.at + _MOVES[Qt.Key(key)])
        else:
            return False
        return True
