"""What the worker finds of keyframes while it analyses, handed to the timeline, and taken away when it is over."""

from PySide6.QtCore import QObject

from editor.app.session import Session
from editor.app.worker_bridge import WorkerBridge
from editor.document.early_keyframes import EarlyKeyframes
from editor.panels.job_list import JobList
from pipeline.client import ClientEvent
from pipeline.ipc.messages import KeyframesFound, KeyframesSoFar


class EarlyFeed(QObject):
    """Listens to the worker for early keyframes."""

    def __init__(
        self,
        bridge: WorkerBridge,
        session: Session,
        jobs: JobList,
        early: EarlyKeyframes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._early = jobs, early
        bridge.heard.connect(self._hear)
        session.proposing_ended.connect(early.clear)

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case KeyframesSoFar() if self._jobs.goes_on(event.job):
                self._early.put(event)
            case KeyframesFound():
                self._early.forget(event.face)
