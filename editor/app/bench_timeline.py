"""A long plate's timeline under scripted zoom and scroll, painted at once each time."""

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from editor.document.detection_trial import DetectionTrial
from editor.document.document import Document
from editor.document.selection import Selection
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, DraftFigures
from editor.playback.playhead import Playhead
from editor.timeline.filmstrip import Tiles
from editor.timeline.plate_record import PlateRecord
from editor.timeline.signal_traces import SignalBuckets, SignalTraces
from editor.timeline.sound_outline import SoundOutline
from editor.timeline.timeline_view import TimelineView
from pipeline.errors import LikenessError
from pipeline.project.keyframe import Keyframe
from pipeline.project.marker import Marker
from pipeline.project.project import FaceTrack, Identity, Performer, Plate, Project
from pipeline.project.storage import StoredProject
from pipeline.project.timebase import Rational

FRAMES, KEYFRAMES = 200_000, 2_000
_COLUMNS, _CHANNELS = 4_000, 4
_SIZE = (1600, 256)
_SMALL_PICTURE = QImage(128, 72, QImage.Format.Format_RGB32)


def timeline_paints(count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each of `count` paints, by the clock and of processor time.

    The timeline has 2,000 keyframes over 200,000 frames, four signals, figures of all drafts, sound, shots, markers and
    a filmstrip whose pictures are there; it is zoomed in on the middle, scrolled there, and zoomed out again.

    Raises LikenessError: it isn't painted.
    """
    document = Document()
    traces = SignalTraces()
    selection, playhead = Selection(document), Playhead(document)
    record = PlateRecord(document)
    figures = DraftFigures(document)
    view = TimelineView(document, selection, playhead, traces, record, figures, DetectionTrial(document, selection))
    view.resize(*_SIZE)
    view.show()
    QApplication.processEvents()
    document.open(Path("long.likeness"), StoredProject(_long_project(), {}))
    traces.put(_long_signals())
    _put_long_figures(figures, document.project)
    record.put_sound("plate-1", _long_sound())
    record.put_cuts("plate-1", range(0, FRAMES, 131))
    playhead.go(FRAMES // 2)
    painted = _Painted(view)
    walls, busy = [], []
    for number in range(count):
        stage = 3 * number // count
        if stage == 1:
            view.scroll_by(60.0 if number % 20 < 10 else -35.0)
        else:
            view.zoom(1.09 if stage == 0 else 1 / 1.09)
        for frame in Tiles.of(view.scale, FRAMES, view.area().width(), view.strip.aspect * 36).frames:
            view.strip.put(frame, _SMALL_PICTURE)
        wall, processor = time.perf_counter(), time.thread_time()
        view.repaint()
        walls.append(1e3 * (time.perf_counter() - wall))
        busy.append(1e3 * (time.thread_time() - processor))
    view.close()
    if painted.count < count:
        raise LikenessError(f"The timeline was painted {painted.count} times of {count}: its times say nothing.")
    return walls, busy


class _Painted(QObject):
    """How often a widget was painted: a widget that isn't on the screen takes no time."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def _long_project() -> Project:
    step = FRAMES // KEYFRAMES
    keyframes = tuple(
        Keyframe(frame=frame, origin="detected", kind="apex", score=0.5, reasons=("smile",))
        for frame in range(0, FRAMES, step)
    )
    rate = Rational(24)
    return Project(
        plates=(Plate(id="plate-1", path="a.mp4", sha256="0" * 64, frames=FRAMES, width=640, height=360, rate=rate),),
        identities=(Identity(id="identity-1", name="A face", sources=()),),
        performers=(Performer(id="performer-1", name="performer"),),
        markers=tuple(
            Marker(id=f"marker-{frame}", plate="plate-1", frame=frame, name="A marker")
            for frame in range(0, FRAMES, 500)
        ),
        faces=(
            FaceTrack(
                id="face-1", plate="plate-1", performer="performer-1", identity="identity-1", keyframes=keyframes
            ),
        ),
    )


def _long_signals() -> SignalBuckets:
    """Four restless signals in as many buckets as the worker sends."""
    values = np.random.default_rng(0).random((2, _CHANNELS, _COLUMNS), np.float32)
    names = ("AU4", "AU6L", "AU12L", "AU26")
    return SignalBuckets("face-1", names, 0, FRAMES // _COLUMNS, values.min(0), values.max(0))


def _put_long_figures(figures: DraftFigures, project: Project) -> None:
    """Every frame is measured; one in seven is out of date."""
    wave = np.sin(np.arange(FRAMES) / 40.0) ** 2
    values = np.stack([0.2 * wave, 3.0 * wave]).astype(np.float32)
    fresh = np.arange(FRAMES) % 700 > 100
    limits = np.array([0.15, 4.2], np.float32)
    figures.put("face-1", (AU_ERROR, LANDMARKS), limits, range(FRAMES), fresh, values, project)


def _long_sound() -> SoundOutline | None:
    """Noise, and somebody who speaks now and then."""
    low, high = np.sort(np.random.default_rng(1).integers(-100, 100, (2, 8 * FRAMES)).astype(np.int8), axis=0)
    speech = np.where(np.arange(FRAMES) // 300 % 2, 255, 0).astype(np.uint8)
    return SoundOutline.of(8, low, high, speech)
