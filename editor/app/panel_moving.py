"""Moving panels: title bars to drag them by, which are in nobody's way while none is moved."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

_MOVES = QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable
_STAYS = QDockWidget.DockWidgetFeature.NoDockWidgetFeatures


class PanelMoving(QObject):
    """While `active`, every panel has a title bar: dragged, it lands beside or over others, or floats as a window of
    its own, which a double-click does too. A floating panel keeps its title bar. `lasting` ones can't be closed.
    """

    changed = Signal()

    def __init__(self, docks: Iterable[QDockWidget], lasting: Iterable[QDockWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._docks, self._lasting = tuple(docks), tuple(lasting)
        self.active = False
        for each in self._docks:
            each.topLevelChanged.connect(self._show_bars)
        self._show_bars()

    def toggle(self) -> None:
        """Have title bars, or do without."""
        self.active = not self.active
        self._show_bars()
        self.changed.emit()

    def _show_bars(self) -> None:
        for each in self._docks:
            has_bar = self.active or each.isFloating()
            empty: QWidget | None = each.titleBarWidget()
            if has_bar and empty is not None:
                each.setTitleBarWidget(None)  # type: ignore[arg-type]  # Qt's own comes back.
                empty.deleteLater()
            elif not has_bar and empty is None:
                # Its tab says its name; a title under the tab would say it again.
                each.setTitleBarWidget(QWidget())
            if each in self._lasting:
                each.setFeatures(_MOVES if has_bar else _STAYS)
        main = self._docks[0].parentWidget()
        for tabs in () if main is None else main.findChildren(QTabBar):
            tabs.setUsesScrollButtons(False)
            tabs.setDrawBase(False)
