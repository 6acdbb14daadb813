"""Has the worker make proxies of the plate that is open, and shows it as a job once there is something to make."""

from pathlib import Path

from PySide6.QtCore import QObject

from editor.app.worker_bridge import WorkerBridge
from editor.document.document import Document
from editor.language.translation import tr
from editor.panels.job_list import JobList
from pipeline.client import ClientEvent
from pipeline.ipc.messages import JobDone, JobFailed, Progress


class ProxyFeed(QObject):
    """One job a plate; plates for which proxies don't help, or have them, end theirs unseen."""

    def __init__(self, bridge: WorkerBridge, jobs: JobList, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._jobs, self._document = bridge, jobs, document
        self._job: int | None = None
        document.opened.connect(self._begin)
        bridge.heard.connect(self._hear)

    @property
    def enabled(self) -> bool:
        """Whether proxies are made and shown at all."""
        return self._bridge.shows_proxies

    @property
    def busy(self) -> bool:
        """Whether some are being made, or may be."""
        return self._job is not None

    def enable(self, enabled: bool) -> None:
        """Make and show them from now on, or no more; those that are made stay."""
        if enabled != self.enabled:
            self._bridge.shows_proxies = enabled
            if enabled:
                self._begin()
            elif self._job is not None:
                self._bridge.cancel(self._job)

    def _begin(self) -> None:
        """Of a job that is under way nothing more is heard: it is another plate's, or goes on from what is made."""
        if self._job is not None:
            self._bridge.cancel(self._job)
        self._job = self._bridge.make_proxies() if self.enabled else None

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case Progress(job=job) if job == self._job and not self._jobs.knows(job):
                plate = self._document.plate
                name = "" if plate is None else Path(plate.path).name
                self._jobs.begin(job, tr("Making proxies of {plate}", plate=name), self._begin)
            case JobDone(job=job) | JobFailed(job=job) if job == self._job:
                self._job = None
            case _:
                pass
