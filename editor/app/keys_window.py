"""Every action with its keys, found by what is typed; and the place to give it other keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.app.action_set import key_text, keys_text, name_of
from editor.app.action_table import ACTIONS, MENUS, spec
from editor.app.key_map import KeyMap
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours

_ID = Qt.ItemDataRole.UserRole


class KeysWindow(QWidget):
    """A window of its own. Its parts: `search`, `preset`, `tree`, `typed`, `said` and the buttons."""

    def __init__(self, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._keys = keys
        self._in_hand = ACTIONS[0]
        self.setWindowTitle(tr("Keys and actions"))
        self.resize(820, 760)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search an action, what it does, or a key such as Ctrl+S"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search actions"))
        self.preset = QComboBox()
        self.preset.setAccessibleName(tr("Keys of"))
        self.preset.setToolTip(tr("Keys as you know them from another program; what you chose yourself stays."))
        for each in keys.presets:
            self.preset.addItem(each.title, each.name)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([tr("Action"), tr("Keys"), tr("What it does")])
        self.tree.setAccessibleName(tr("Actions"))
        self.tree.setStyleSheet("QTreeWidget::item { padding: 2px; }")
        self.typed = QKeySequenceEdit()
        self.typed.setMaximumSequenceLength(1)
        self.typed.setAccessibleName(tr("Keys to give"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.set_button = QPushButton(tr("Set"))
        self.add_button = QPushButton(tr("Add"))
        self.none_button = QPushButton(tr("No keys"))
        self.reset_button = QPushButton(tr("Reset"))
        self.reset_all_button = QPushButton(tr("Reset all"))
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.preset.activated.connect(lambda: keys.use_preset(self.preset.currentData()))
        self.tree.currentItemChanged.connect(self._chosen)
        self.typed.keySequenceChanged.connect(self._say)
        self.set_button.clicked.connect(lambda: self._give(()))
        self.add_button.clicked.connect(lambda: self._give(keys.keys(self._in_hand.id)))
        self.none_button.clicked.connect(lambda: keys.assign(self._in_hand.id, ()))
        self.reset_button.clicked.connect(lambda: keys.reset(self._in_hand.id))
        self.reset_all_button.clicked.connect(keys.reset_all)
        keys.changed.connect(self._show_keys)

    def choose(self, action: str) -> None:
        """Have an action in hand."""
        self.tree.setCurrentItem(self._items[action])

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(QLabel(tr("Keys of")))
        top.addWidget(self.preset)
        bottom = QHBoxLayout()
        bottom.addWidget(self.typed, 1)
        for button in (self.set_button, self.add_button, self.none_button, self.reset_button):
            bottom.addWidget(button)
        bottom.addSpacing(16)
        bottom.addWidget(self.reset_all_button)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addWidget(self.said)
        column.addLayout(bottom)

    def _fill(self) -> None:
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        for title in MENUS:
            group = QTreeWidgetItem([translated(title)])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(group)
            self._groups[title] = group
            for each in ACTIONS:
                if each.menu == title:
                    item = QTreeWidgetItem(group, [name_of(each), "", translated(each.help)])
                    item.setData(0, _ID, each.id)
                    item.setToolTip(2, translated(each.help))
                    item.setForeground(2, colours.TEXT_DIM)
                    self._items[each.id] = item
        self.tree.expandAll()
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 250)
        header.resizeSection(1, 150)
        self._show_keys()
        self.choose(ACTIONS[0].id)

    def _show_keys(self) -> None:
        for action, item in self._items.items():
            item.setText(1, keys_text(self._keys.keys(action)))
            font = item.font(1)
            font.setBold(self._keys.is_own(action))
            item.setFont(1, font)
        self.preset.setCurrentIndex(self.preset.findData(self._keys.preset))
        self.typed.clear()
        self._say()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        for action, item in self._items.items():
            text = f"{item.text(0)} {item.text(2)}".casefold()
            mine = [key_text(key).casefold() for key in self._keys.keys(action)]
            item.setHidden(not all(word in text or word in mine for word in words))
        for title, group in self._groups.items():
            group.setHidden(all(self._items[each.id].isHidden() for each in ACTIONS if each.menu == title))

    def _chosen(self, item: QTreeWidgetItem) -> None:
        self._in_hand = spec(item.data(0, _ID))
        self.typed.clear()
        self._say()

    def _give(self, kept: tuple[str, ...]) -> None:
        self._keys.assign(self._in_hand.id, (*kept, self.typed.keySequence().toString()))

    def _say(self) -> None:
        """What the typed keys do now, and what giving them would change."""
        mine, key = self._in_hand, self.typed.keySequence()
        name = name_of(mine)
        some = not key.isEmpty()
        self.set_button.setVisible(some)
        self.add_button.setVisible(some and bool(self._keys.keys(mine.id)))
        self.none_button.setVisible(not some and bool(self._keys.keys(mine.id)))
        self.reset_button.setVisible(self._keys.is_own(mine.id))
        owner = self._keys.owner(key.toString()) if some else None
        clashes = owner is not None and owner != mine.id
        self.said.setStyleSheet(f"color: {(colours.WORK if clashes else colours.TEXT_DIM).name()};")
        self.said.setText(self._words(name, key, owner, clashes))

    def _words(self, name: str, key: QKeySequence, owner: str | None, clashes: bool) -> str:
        if key.isEmpty():
            return tr("{action}: click the field below and press the keys it should have.", action=name)
        shown = key_text(key.toString())
        if clashes and owner is not None:
            other = spec(owner)
            return tr(
                "{keys} is “{action}” ({menu}) now. Setting it here takes it from there.",
                keys=shown,
                action=name_of(other),
                menu=translated(other.menu),
            )
        return (
            tr("{keys} is {action} already.", keys=shown, action=name)
            if owner
            else tr("{keys} does nothing yet.", keys=shown)
        )
