"""The action table as Qt actions: made once, handed to menus and buttons, run through one place."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from editor.app.action_spec import ActionSpec, Need
from editor.app.action_table import ACTIONS, MENUS
from editor.app.key_map import KeyMap, Keys
from editor.language.catalogue import translated
from editor.look.icons import icon

Handler = Callable[[], object]


def make_actions(window: QWidget, run: Callable[[str], None]) -> dict[str, QAction]:
    """A Qt action for every line of the table, by id; triggering one calls `run` with its id."""
    made = {}
    for each in ACTIONS:
        action = QAction(translated(each.text), window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setStatusTip(translated(each.help))
        action.setCheckable(each.checkable)
        if each.short:
            action.setIconText(translated(each.short))
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
        menu = bar.addMenu(translated(title))
        menu.setToolTipsVisible(True)
        inner: dict[str, QMenu] = {}
        for each in ACTIONS:
            if each.menu == title:
                if each.section:
                    menu.addSeparator()
                if each.submenu and each.submenu not in inner:
                    inner[each.submenu] = menu.addMenu(translated(each.submenu))
                inner.get(each.submenu, menu).addAction(actions[each.id])


def enable(actions: Mapping[str, QAction], there: Mapping[Need, bool]) -> None:
    """Let those actions be run that have what they need."""
    for each in ACTIONS:
        actions[each.id].setEnabled(each.needs == "" or there[each.needs])


def give_keys(actions: Mapping[str, QAction], keys: KeyMap) -> None:
    """Have the keys that are in force run the actions, and the tool tips say so."""
    for each in ACTIONS:
        mine = keys.keys(each.id)
        actions[each.id].setShortcuts([QKeySequence(key) for key in mine])
        actions[each.id].setToolTip(told(each, mine))


def told(each: ActionSpec, keys: Keys) -> str:
    """An action in words, with its keys."""
    head = f"<b>{name_of(each)}</b>" + (f" &nbsp; {escape(keys_text(keys))}" if keys else "")
    return f"{head}<br>{translated(each.help)}"


def name_of(each: ActionSpec) -> str:
    """What an action is called where it isn't a menu's line."""
    return translated(each.text).rstrip("…")


def keys_text(keys: Keys) -> str:
    """Several keys as this platform writes them."""
    return ", ".join(key_text(key) for key in keys)


def key_text(keys: str) -> str:
    """Keys as this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
