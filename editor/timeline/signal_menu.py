"""Which of the measured signals the timeline draws, as a menu."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from editor.timeline.signal_traces import SignalTraces, channel_title


def signal_menu(parent: QWidget, traces: SignalTraces) -> QMenu:
    """A line a signal, checked where it is drawn."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for channel in traces.channels:
        action = menu.addAction(channel_title(channel))
        action.setCheckable(True)
        action.setChecked(channel in traces.shown)
        action.triggered.connect(lambda _checked, name=channel: traces.toggle(name))
    return menu
