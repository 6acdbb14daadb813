"""What the worker finds of people, and the pictures of them, handed to the cast."""

from PySide6.QtCore import QObject

from editor.app.worker_bridge import WorkerBridge, image_of
from editor.panels.cast import PICTURE_PX, Cast
from pipeline.client import ClientEvent, FrameReady
from pipeline.ipc.messages import Tracks


class CastFeed(QObject):
    """Listens to the worker for the cast."""

    def __init__(self, bridge: WorkerBridge, cast: Cast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._cast = bridge, cast
        self._pane: str | None = None
        bridge.heard.connect(self._hear)
        cast.pictures_wanted.connect(self._want)

    def _want(self, frames: tuple[int, ...]) -> None:
        self._pane = self._bridge.filmstrip(frames, PICTURE_PX)

    def _hear(self, event: ClientEvent) -> None:
        if isinstance(event, Tracks):
            self._cast.take(event)
        elif isinstance(event, FrameReady) and event.facts.pane == self._pane:
            self._cast.take_picture(event.facts.frame, image_of(event), event.facts.size[0])
