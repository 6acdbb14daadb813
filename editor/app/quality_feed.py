"""Has the worker measure drafts while nothing else is asked of it, and hands its figures on."""

from PySide6.QtCore import QObject, QTimer, Signal

from editor.app.worker_bridge import WorkerBridge
from editor.document.document import Document
from editor.language.translation import tr
from editor.playback.draft_figures import DraftFigures
from editor.playback.transport import Transport
from pipeline.client import ClientEvent
from pipeline.ipc.arrays import unpacked
from pipeline.ipc.messages import JobDone, JobFailed, Progress, QualityBlock

QUIET_MS = 1000
"""How long nothing is changed or played before drafts are measured."""


class QualityFeed(QObject):
    """One job at a time: an edit ends it, and a new one begins when the user rests; playing holds it back."""

    changed = Signal()
    """How far measuring is."""

    def __init__(
        self,
        bridge: WorkerBridge,
        figures: DraftFigures,
        document: Document,
        transport: Transport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._figures, self._document, self._transport = bridge, figures, document, transport
        self._job: int | None = None
        self._text = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._begin)
        self._enabled = True
        document.opened.connect(self._later)
        document.changed.connect(self._later)
        transport.changed.connect(self._follow_playing)
        bridge.heard.connect(self._hear)

    @property
    def enabled(self) -> bool:
        """Whether anything is measured at all."""
        return self._enabled

    def enable(self, enabled: bool) -> None:
        """Measure from now on, or no more; what was measured stays."""
        self._enabled = enabled
        self._later()

    @property
    def text(self) -> str:
        """What is being measured, in words; empty where nothing is."""
        return self._text

    @property
    def busy(self) -> bool:
        """Whether something is measured, or will be shortly."""
        return self._job is not None or self._quiet.isActive()

    def _later(self) -> None:
        """What is measured now is of an earlier document."""
        self._stop()
        if self._enabled and self._document.is_open:
            self._quiet.start()
        else:
            self._quiet.stop()

    def _follow_playing(self) -> None:
        if self._transport.playing:
            self._stop()
            self._quiet.stop()
        elif self._enabled and self._job is None and self._document.is_open and not self._quiet.isActive():
            self._quiet.start()

    def _begin(self) -> None:
        if self._job is None and not self._transport.playing:
            self._job = self._bridge.measure_drafts()

    def _stop(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            self._bridge.cancel(job)
            self._tell("")

    def _tell(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.changed.emit()

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case QualityBlock():
                self._take(event)
            case Progress(job=job) if job == self._job:
                self._tell(tr("Measuring drafts — {done} / {total}", done=event.done, total=event.total))
            case JobDone(job=job) | JobFailed(job=job) if job == self._job:
                self._job = None
                self._tell("")
            case _:
                pass

    def _take(self, block: QualityBlock) -> None:
        plate, made_of = self._document.plate, self._bridge.document_of(block.revision)
        if made_of is None or plate is None or plate.id != block.plate:
            return
        self._figures.put(
            block.face,
            block.measures,
            unpacked(block.limits),
            unpacked(block.frames).tolist(),
            unpacked(block.fresh).astype(bool),
            unpacked(block.values),
            made_of,
        )
