"""The filmstrip's wishes handed to the worker, and its pictures back; nothing is made while something is played."""

from PySide6.QtCore import QObject

from editor.app.worker_bridge import WorkerBridge, image_of
from editor.playback.transport import Transport
from editor.timeline.filmstrip import Filmstrip
from pipeline.client import ClientEvent, FrameReady
from pipeline.ipc.messages import JobDone, JobFailed

STRIP_SIZE = (288, 72)
"""Pixels that a picture may have: twice its lane's height, for dense screens."""


class StripFeed(QObject):
    """One request at a time: a later one ends it."""

    def __init__(
        self, bridge: WorkerBridge, strip: Filmstrip, transport: Transport, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._strip, self._transport = bridge, strip, transport
        self._job: int | None = None
        bridge.heard.connect(self._hear)
        strip.wanted.connect(self._want)
        transport.changed.connect(self._follow_playing)
        self._waits = False

    def _want(self, frames: tuple[int, ...]) -> None:
        if self._transport.playing:
            self._waits = True
            self._strip.forget_wishes()
            return
        if self._job is not None:
            self._bridge.cancel(self._job)
        pane = self._bridge.filmstrip(frames, STRIP_SIZE)
        self._job = None if pane is None else int(pane.removeprefix("strip-"))

    def _follow_playing(self) -> None:
        if self._job is not None:
            self._bridge.hold(self._job, self._transport.playing)
        if self._waits and not self._transport.playing:
            self._waits = False
            self._strip.changed.emit()

    def _hear(self, event: ClientEvent) -> None:
        if isinstance(event, FrameReady) and event.facts.pane == f"strip-{self._job}":
            self._strip.put(event.facts.frame, image_of(event))
        elif isinstance(event, JobDone | JobFailed) and event.job == self._job:
            self._job = None
            self._strip.end_waiting()
