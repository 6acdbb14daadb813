"""Choosing, saving and removing workspaces, as small windows that open over the main one."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from editor.app.workspaces import OURS, Workspaces
from editor.language.translation import tr
from editor.look import colours


def workspace_menu(parent: QWidget, workspaces: Workspaces, save: Callable[[], object]) -> QMenu:
    """Every workspace, that in use checked; the user's own can be removed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, names in enumerate((tuple(each.name for each in OURS), workspaces.own)):
        if number and names:
            menu.addSeparator()
        for name in names:
            action = menu.addAction(tr(name) if number == 0 else name)
            action.setCheckable(True)
            action.setChecked(name == workspaces.current)
            action.triggered.connect(lambda _checked, chosen=name: workspaces.use(chosen))
    menu.addSeparator()
    menu.addAction(tr("Save as…")).triggered.connect(lambda: save())
    if workspaces.own:
        removing = menu.addMenu(tr("Remove"))
        for name in workspaces.own:
            removing.addAction(name).triggered.connect(lambda _checked, chosen=name: workspaces.remove(chosen))
    return menu


class WorkspaceForm(QFrame):
    """Asks for a name; Enter saves, Escape or a press beside it doesn't."""

    def __init__(self, workspaces: Workspaces, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._workspaces, self._over = workspaces, parent
        self.setFrameShape(QFrame.Shape.StyledPanel)
        title = QLabel(tr("Save the panels as they lie now"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the workspace"))
        self.name.setAccessibleName(tr("Name of the workspace"))
        self.name.setMinimumWidth(260)
        self.name.returnPressed.connect(self._save)
        self.said = QLabel()
        self.said.setStyleSheet(f"color: {colours.BAD.name()};")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        for each in (title, self.name, self.said):
            column.addWidget(each)

    def ask(self) -> None:
        """Open over the parent's upper middle."""
        own = self._workspaces.current not in {each.name for each in OURS}
        self.name.setText(self._workspaces.current if own else "")
        self.said.setVisible(False)
        self.adjustSize()
        self.move(self._over.mapToGlobal(QPoint((self._over.width() - self.width()) // 2, 64)))
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def _save(self) -> None:
        why_not = self._workspaces.save(self.name.text())
        self.said.setText(why_not)
        self.said.setVisible(bool(why_not))
        self.adjustSize()
        if not why_not:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
