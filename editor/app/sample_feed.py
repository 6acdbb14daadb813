"""Code values of what is pointed at: asked of the worker one at a time, the latest spot alone, and told as a line."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel

from editor.app.window import Window
from editor.look.style import figures_font
from editor.viewer.probe import Probe
from editor.viewer.spot import Spot, told
from pipeline.client import ClientEvent
from pipeline.ipc.samples import Samples

ASK_MS = 30
"""Least time between two requests while the mouse moves."""
SETTLE_MS = 120
"""How long a frame is seen before its values are asked for: whoever steps on needs the processor for pictures."""
LATE_MS = 150
"""How long the line before stays while values are on their way."""
LOST_MS = 3000
"""After so long no answer comes any more: the worker was started anew meanwhile."""


class SampleFeed(QObject):
    """Nothing is asked while something plays: then the shown values alone are told."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._document = window.bridge, window.document
        self._pictures, self._transport = window.pictures, window.transport
        self.probe = Probe(window.canvas, window.view, window.pictures, window.playhead)
        self.line = _line()
        """Where it is read: empty where nothing is pointed at."""
        window.statusBar().addPermanentWidget(self.line)
        self._spot: Spot | None = None
        self._asked: tuple[int, Spot] | None = None
        """What is on its way: generation and spot."""
        self._stale = False
        """Whether what is pointed at isn't what was asked for last."""
        self._frame = -1
        self._pause, self._late, self._lost = _timer(self, ASK_MS), _timer(self, LATE_MS), _timer(self, LOST_MS)
        self._settle = _timer(self, SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._pause.timeout.connect(self._ask)
        self._late.timeout.connect(self._tell_late)
        self._lost.timeout.connect(self._give_up)
        self.probe.pointed.connect(self._point)
        window.bridge.heard.connect(self._hear)
        window.document.opened.connect(self._give_up)
        window.document.opened.connect(self.probe.forget)

    def _point(self, spot: Spot | None) -> None:
        self._spot = spot
        if spot is None or not spot.coded or self._transport.playing:
            self._stale = False
            self._late.stop()
            self.line.setText(told(spot))
            return
        self._stale = True
        if spot.frame != self._frame:
            self._frame = spot.frame
            self._settle.start()
        if not self._late.isActive():
            self._late.start()
        self._ask()

    def _ask(self) -> None:
        """Ask for the spot, unless an answer is on its way, it was asked just now, or frames are stepped over."""
        spot, plate, client = self._spot, self._document.plate, self._bridge.client
        if not self._stale or spot is None or plate is None or client is None:
            return
        if self._asked is not None or self._pause.isActive() or self._settle.isActive():
            return
        self._stale = False
        generation = client.samples(plate.id, spot.frame, spot.rect, layer=spot.layer, quality=self._pictures.quality)
        self._asked = generation, spot
        self._pause.start()
        self._lost.start()

    def _hear(self, event: ClientEvent) -> None:
        if not isinstance(event, Samples) or self._asked is None or self._asked[0] != event.generation:
            return
        spot, self._asked = self._asked[1], None
        self._lost.stop()
        if self._spot is not None and self._spot.coded and not self._transport.playing:
            self._late.stop()
            self.line.setText(told(spot, event))
            if self._stale:
                self._late.start()
        self._ask()

    def _tell_late(self) -> None:
        self.line.setText(told(self._spot, waiting=True))

    def _give_up(self) -> None:
        self._asked = None
        self._lost.stop()
        self._ask()


def _line() -> QLabel:
    line = QLabel()
    line.setContentsMargins(0, 0, 8, 0)
    line.setFont(figures_font(11))
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setMinimumWidth(1)  # However much it says, the window needn't be wider.
    return line


def _timer(parent: QObject, milliseconds: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
