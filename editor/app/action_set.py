"""The action table as Qt actions: made once, handed to menus and buttons, run through one place."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from editor.app.action_table import ACTIONS, MENUS, ActionSpec, Need
from editor.look.icons import icon

Handler = Callable[[], object]


def make_actions(window: QWidget, run: Callable[[str], None]) -> dict[str, QAction]:
    """A Qt action for every line of the table, by id; triggering one calls `run` with its id."""
    made = {}
    for each in ACTIONS:
        action = QAction(each.text, window)
        action.setShortcuts([QKeySequence(keys) for keys in each.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(told(each))
        action.setStatusTip(each.help)
        action.setCheckable(each.checkable)
        if each.short:
            action.setIconText(each.short)
        if each.icon:
            action.setIcon(icon(each.icon))
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda _checked=False, action_id=each.id: run(action_id))
        window.addAction(action)
        made[each.id] = action
    return made


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """The menus, in the table's order."""
    for title in MENUS:
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        for each in ACTIONS:
            if each.menu == title:
                if each.section:
                    menu.addSeparator()
                menu.addAction(actions[each.id])


def enable(actions: Mapping[str, QAction], there: Mapping[Need, bool]) -> None:
    """Let those actions be run that have what they need."""
    for each in ACTIONS:
        actions[each.id].setEnabled(each.needs == "" or there[each.needs])


def told(each: ActionSpec) -> str:
    """An action in words, with its keys."""
    keys = ", ".join(key_text(key) for key in each.keys)
    head = f"<b>{each.text.rstrip('…')}</b>" + (f" &nbsp; {keys}" if keys else "")
    return f"{head}<br>{each.help}"


def key_text(keys: str) -> str:
    """Keys as this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
