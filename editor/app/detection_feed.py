"""Has the worker try options of detection while they are changed, the latest alone."""

from PySide6.QtCore import QObject, QTimer

from editor.app.session import Session
from editor.app.settings import Settings
from editor.app.worker_bridge import WorkerBridge
from editor.document.detection_trial import DetectionTrial
from editor.document.selection import Selection
from pipeline.client import ClientEvent
from pipeline.ipc.messages import DetectionTried, JobDone, JobFailed

REST_MS = 60
"""How long options stay the same before they are tried."""


class DetectionFeed(QObject):
    """One job at a time: while it runs, later options wait, and only the last of them is tried."""

    def __init__(
        self,
        bridge: WorkerBridge,
        trial: DetectionTrial,
        selection: Selection,
        session: Session,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._trial, self._selection = bridge, trial, selection
        self._session, self._settings = session, settings
        self._job: int | None = None
        self._stale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._try)
        trial.options_changed.connect(self._later)
        selection.changed.connect(self._later)
        trial.applied.connect(self._apply)
        bridge.heard.connect(self._hear)

    def toggle(self) -> None:
        """Try options, or no more."""
        (self._trial.end if self._trial.is_open else self._trial.begin)()

    def _apply(self) -> None:
        self._settings.keep_detection(self._trial.options)
        self._session.find_keyframes()

    def _later(self) -> None:
        face, found = self._selection.face, self._trial.found
        known = found is not None and found.options == self._trial.options
        if self._trial.is_open and face is not None and not known:
            self._rest.start()

    def _try(self) -> None:
        face = self._selection.face
        if not self._trial.is_open or face is None:
            return
        if self._job is not None:
            self._stale = True
            return
        self._stale = False
        self._job = self._bridge.try_detection(face.id, self._trial.options)

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case DetectionTried():
                self._trial.put(event)
            case JobDone(job=job) | JobFailed(job=job) if job == self._job:
                self._job = None
                if self._stale:
                    self._try()
