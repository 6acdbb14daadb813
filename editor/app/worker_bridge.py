"""Between the worker's client and the window: what the window wants goes out, what the worker says comes in.

The client speaks from a thread of its own; everything it says is handed to the window's thread before it is heard.
"""

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from editor.document.document import Document
from editor.panels.export_form import ExportOrder
from editor.playback.pictures import Picture, Pictures
from editor.timeline.plate_record import PlateRecord
from editor.timeline.signal_traces import SignalBuckets, SignalTraces
from editor.timeline.sound_outline import SoundOutline
from pipeline.client import ClientEvent, FrameReady, WorkerBack, WorkerClient, WorkerLost
from pipeline.ipc.arrays import unpacked
from pipeline.ipc.messages import (
    LAYERS,
    FrameFailed,
    JobDone,
    JobFailed,
    Kept,
    Layer,
    Progress,
    Said,
    SignalBlock,
    Size,
    SoundFailed,
    SoundPiece,
    Tracks,
    Waveform,
)
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import Project, Quality

SIGNAL_COLUMNS = 4000
AHEAD_FRAMES = 8
"""Frames that are asked for before they are shown, while playing."""
UPDATE_MS = 15
"""An edit waits so long for the next before it is sent."""
_REVISIONS_KEPT = 256

_Answer = Callable[[], object]


class WorkerBridge(QObject):
    """Owns the worker. Jobs are numbers; what they do when they end is given when they are begun."""

    heard = Signal(object)
    """Every `ClientEvent`, in the window's thread, after the bridge has done its part."""
    _arrived = Signal(object)
    lost = Signal(object)
    """A `WorkerLost`."""
    back = Signal()
    kept_changed = Signal()
    course_found = Signal(str, object)
    """A face's id, and (plate frame, 0..1) of the frames in which it is seen."""
    sound_came = Signal(str, int, bytes)
    """A plate's id, the number of its first sample, and samples for playing."""
    sound_failed = Signal(str, str)
    """A plate's id, and why its sound can't be read."""

    def __init__(
        self,
        document: Document,
        pictures: Pictures,
        traces: SignalTraces,
        record: PlateRecord,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._pictures, self._traces, self._record = document, pictures, traces, record
        self._client: WorkerClient | None = None
        self._keys: dict[int, tuple[Hashable, Layer, Quality]] = {}
        self._done: dict[int, _Answer] = {}
        self._courses: set[int] = set()
        self._waiting: dict[str, tuple[Hashable, Size | None, bool]] = {}
        """What each pane waits for: nothing is asked for twice."""
        self.max_size: Size | None = None
        """Pictures needn't be larger; None: the plate's full size."""
        self.kept: tuple[tuple[int, int], ...] = ()
        """Frames whose result lies ready at the worker, start and stop of each run."""
        self.shows_proxies = True
        """Whether a proxy will do while the playhead is dragged."""
        self._arrived.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._revisions: dict[int, Project] = {}
        self._update = QTimer(self)
        self._update.setSingleShot(True)
        self._update.setInterval(UPDATE_MS)
        self._update.timeout.connect(self._send_document)
        document.opened.connect(self._opened)
        document.changed.connect(self._changed)
        pictures.quality_changed.connect(self._forget_kept)
        pictures.wanted.connect(self._request)
        pictures.wanted_ahead.connect(self._request_ahead)

    @property
    def pid(self) -> int | None:
        return None if self._client is None else self._client.pid

    @property
    def client(self) -> WorkerClient | None:
        """The door itself, for what doesn't depend on the document as it is now; None while nothing is open."""
        return self._client

    def close(self) -> None:
        """End the worker; nothing is heard afterwards."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def start_anew(self) -> None:
        """A new worker in place of one that could not be started again."""
        self.close()
        self._opened()
        self.back.emit()

    # Jobs

    def analyse(self, done: _Answer, options: DetectionOptions | None = None) -> int | None:
        """The pass over the plate; with `options`, `KeyframesSoFar` comes meanwhile."""
        plate = self._document.plate
        if self._client is None or plate is None:
            return None
        return self._begun(self._client.analyse(plate.id, options), done)

    def make_proxies(self) -> int | None:
        """Have proxies of the plate made, where they help; the job. They are shown as far as they are made."""
        plate = self._document.plate
        return None if self._client is None or plate is None else self._client.make_proxies(plate.id)

    def find_keyframes(self, done: _Answer, options: DetectionOptions | None = None) -> int | None:
        """Have keyframes proposed; `KeyframesFound` comes with `heard`."""
        if self._client is None:
            return None
        self._flush()
        return self._begun(self._client.find_keyframes(options), done)

    def try_detection(self, face: str, options: DetectionOptions) -> int | None:
        """Ask what other options would propose for a face; `DetectionTried` comes with `heard`."""
        if self._client is None:
            return None
        self._flush()
        return self._client.try_detection(face, options)

    def export(self, order: ExportOrder, done: _Answer, *, overwrite: bool) -> int | None:
        plate = self._document.plate
        if self._client is None or plate is None:
            return None
        self._flush()
        job = self._client.render(
            plate.id,
            order.output,
            first=None if order.first is None else str(order.first),
            last=None if order.last is None else str(order.last),
            preset=order.preset,
            quality=order.quality,
            overwrite=overwrite,
        )
        return self._begun(job, done)

    def cancel(self, job: int) -> None:
        if self._client is not None:
            self._client.cancel(job)

    def hold(self, job: int, held: bool) -> None:
        """Hold a job between two frames, or let it go on."""
        if self._client is not None:
            (self._client.pause if held else self._client.resume)(job)

    def order_exports(self, jobs: Sequence[int]) -> None:
        """Exports that wait, in the order in which they are to begin."""
        if self._client is not None:
            self._client.order_renders(jobs)

    def want_signals(self, face: str) -> None:
        """Ask for a face's signals over the whole plate; the traces hear them."""
        plate = self._document.plate
        if self._client is not None and plate is not None:
            self._client.signals(face, range(plate.frames), SIGNAL_COLUMNS)

    def measure_drafts(self) -> int | None:
        """Have the drafts of the plate's faces measured; the job, whose `QualityBlock`s come with `heard`."""
        plate = self._document.plate
        if self._client is None or plate is None:
            return None
        self._flush()
        return self._client.measure_drafts(plate.id)

    def document_of(self, revision: int) -> Project | None:
        """The document that the worker knows by a number; None where that is too long ago."""
        return self._revisions.get(revision)

    def want_waveform(self) -> None:
        """Ask for the outline of the plate's sound; the record hears it."""
        plate = self._document.plate
        if self._client is not None and plate is not None:
            self._client.waveform(plate.id)

    def want_course(self, face: str) -> None:
        """Ask how strongly a face expresses something, in every frame; `course_found` follows."""
        plate = self._document.plate
        if self._client is not None and plate is not None:
            self._courses.add(self._client.signals(face, range(plate.frames), plate.frames))

    def filmstrip(self, frames: Sequence[int], max_size: Size) -> str | None:
        """Ask for small pictures of the plate; the pane that they carry, which come with `heard`."""
        plate = self._document.plate
        if self._client is None or plate is None:
            return None
        return f"strip-{self._client.filmstrip(plate.id, frames, max_size)}"

    def want_sound(self, start: int, count: int) -> None:
        """Ask for samples for playing; `sound_came` tells them."""
        plate = self._document.plate
        if self._client is not None and plate is not None:
            self._client.sound(plate.id, start, count)

    def prefetch(self, frames: range, layer: Layer) -> None:
        """Have pictures drawn before they are asked for."""
        plate = self._document.plate
        if self._client is not None and plate is not None and len(frames):
            self._client.prefetch(plate.id, frames, layer=layer, quality=self._pictures.quality)

    # Out

    def _begun(self, job: int, done: _Answer) -> int:
        self._done[job] = done
        return job

    def _opened(self) -> None:
        self._keys.clear()
        self._revisions.clear()
        self._waiting.clear()
        self._done.clear()
        self._courses.clear()
        self.kept = ()
        self._traces.put(None)
        path = self._document.path
        if path is None:
            self.close()
            return
        if self._client is None:
            self._client = WorkerClient(self._arrived.emit)
            self._client.start()
        self._note(self._client.open_project(self._document.project, path))
        self.want_waveform()

    def _changed(self, old: Project, new: Project) -> None:
        if self._client is not None:
            self._update.start()

    def _flush(self) -> None:
        if self._update.isActive():
            self._update.stop()
            self._send_document()

    def _send_document(self) -> None:
        path = self._document.path
        if self._client is not None and path is not None:
            self._note(self._client.update(self._document.project, path))

    def _note(self, revision: int) -> None:
        """Remember which document a number stands for, the latest ones: a picture says what it was made of."""
        self._revisions[revision] = self._document.project
        if len(self._revisions) > _REVISIONS_KEPT:
            del self._revisions[next(iter(self._revisions))]

    def _request(self, frame: int, layer: str, dragged: bool) -> None:
        wanted = next(each for each in LAYERS if each == layer)
        proxy = dragged and self.shows_proxies
        self._send_request(frame, wanted, wanted, self._pictures.key(frame, wanted), dragged=proxy)

    def _request_ahead(self, frame: int, layer: str) -> None:
        wanted = next(each for each in LAYERS if each == layer)
        # A pane's later request takes an earlier one's place: frames that are wanted side by side take a pane each.
        self._send_request(frame, wanted, f"{wanted}-{frame % AHEAD_FRAMES}", self._pictures.key(frame, wanted))

    def _send_request(self, frame: int, wanted: Layer, pane: str, key: Hashable, *, dragged: bool = False) -> None:
        plate = self._document.plate
        asked = key, self.max_size, dragged
        if self._client is None or plate is None or self._waiting.get(pane) == asked:
            return
        self._waiting[pane] = asked
        self._flush()
        quality = self._pictures.quality
        generation = self._client.request_frame(
            plate.id, frame, layer=wanted, quality=quality, pane=pane, max_size=self.max_size, dragged=dragged
        )
        self._keys = {
            number: each for number, each in self._keys.items() if each[1] != wanted or number > generation - 64
        }
        self._keys[generation] = (key, wanted, quality)

    def _forget_kept(self) -> None:
        """What lies ready is of another quality."""
        self.kept = ()
        self.kept_changed.emit()

    # In

    def _hear(self, event: ClientEvent) -> None:
        if self._client is None:
            return
        match event:
            case FrameReady():
                self._take_picture(event)
            case FrameFailed():
                self._take_failure(event)
            case SignalBlock():
                self._take_signals(event)
            case Tracks():
                self._record.put_cuts(event.plate, event.cuts)
            case Waveform():
                self._take_waveform(event)
            case SoundPiece(samples=samples) if samples is not None:
                self.sound_came.emit(event.plate, event.start, samples.content)
            case SoundFailed():
                self.sound_failed.emit(event.plate, event.error.message)
            case Kept():
                if event.layer == "result" and event.quality == self._pictures.quality:
                    self.kept = event.ranges
                    self.kept_changed.emit()
            case JobDone():
                done = self._done.pop(event.job, None)
                self.heard.emit(event)
                if done is not None:
                    done()
                return
            case JobFailed():
                self._done.pop(event.job, None)
            case WorkerLost():
                self._waiting.clear()
                self.lost.emit(event)
            case WorkerBack():
                self.back.emit()
            case Progress() | Said():
                pass
        self.heard.emit(event)

    def _take_picture(self, event: FrameReady) -> None:
        known = self._keys.get(event.facts.generation)
        if known is None:
            return
        key, layer, quality = known
        self._answered(event.facts.pane, key)
        facts = event.facts
        if facts.proxy:
            self._pictures.put_proxy(Picture(facts.frame, "plate", image_of(event), facts))
            return
        # An edit may have come between asking and drawing: the picture is kept as that of the edit.
        made_of = self._revisions.get(facts.revision)
        if made_of is not None or layer == "plate":
            kept_under = self._pictures.key(facts.frame, layer, made_of, quality)
            self._pictures.put(kept_under, Picture(facts.frame, layer, image_of(event), facts))

    def _take_failure(self, event: FrameFailed) -> None:
        known = self._keys.pop(event.generation, None)
        if known is not None:
            self._answered(event.pane, known[0])
            self._pictures.fail(known[0], event.frame, known[1], event.error.message)

    def _answered(self, pane: str, key: Hashable) -> None:
        """A pane has what it asked for under a key, or can't have it."""
        waiting = self._waiting.get(pane)
        if waiting is not None and waiting[0] == key:
            del self._waiting[pane]

    def _take_waveform(self, event: Waveform) -> None:
        sound = SoundOutline.of(event.bins, unpacked(event.low), unpacked(event.high), unpacked(event.speech))
        self._record.put_sound(event.plate, sound)

    def _take_signals(self, event: SignalBlock) -> None:
        if event.job in self._courses:
            self._courses.discard(event.job)
            course = unpacked(event.high)[event.channels.index("activation")]
            seen = [(event.start + i, value) for i, value in enumerate(course.tolist()) if value == value]
            self.course_found.emit(event.face, seen)
            return
        self._traces.put(
            SignalBuckets(
                event.face, event.channels, event.start, event.step, unpacked(event.low), unpacked(event.high)
            )
        )


def image_of(event: FrameReady) -> QImage:
    """The picture in memory of its own, in the format that is drawn fastest."""
    height, width = event.picture.shape[:2]
    image = QImage(event.picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def project_file(path: Path) -> Path:
    """A project's path as the worker and the document are given it."""
    return path.expanduser().resolve()
