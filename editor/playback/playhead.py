"""Where in the plate the editor is: the current frame, and the range from in to out."""

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer, Signal

from editor.document.document import Document
from editor.language.translation import tr
from pipeline.errors import RangeError
from pipeline.project.project import Project
from pipeline.project.timebase import parse_frame, timecode_of

PAUSE_MS = 120
"""How long a dragged playhead stays on a frame until the drag pauses."""
READ_MS = 150
"""How long numbers stay while frames roll past: nobody reads faster."""


class Playhead(QObject):
    """A frame of the plate, 0-based, always inside it. In and out are inclusive; None is the plate's end."""

    moved = Signal(int)
    read = Signal()
    """The frame for what is read rather than watched: with every move, but while it rolls only now and then, and once
    more where it stays."""
    rested = Signal()
    """It was being dragged, and is no more, or not at the moment."""
    range_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._frame = 0
        self._in: int | None = None
        self._out: int | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.rested)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_MS)
        self._reading.timeout.connect(self._read_on)
        self._rolled = False
        """Whether it has rolled on since it was last read."""
        document.opened.connect(self._start_over)
        document.changed.connect(self._stay_inside)

    @property
    def frame(self) -> int:
        return self._frame

    @property
    def frames(self) -> int:
        """How many frames the plate has; 0 without one."""
        plate = self._document.plate
        return 0 if plate is None else plate.frames

    @property
    def rate(self) -> Fraction:
        """Frames a second; 24 without a plate."""
        plate = self._document.plate
        return Fraction(24) if plate is None else plate.rate.fraction

    @property
    def in_point(self) -> int | None:
        return self._in

    @property
    def out_point(self) -> int | None:
        return self._out

    @property
    def span(self) -> range:
        """The frames from in to out."""
        first = 0 if self._in is None else self._in
        last = self.frames - 1 if self._out is None else self._out
        return range(first, last + 1)

    @property
    def dragging(self) -> bool:
        """Whether it is being dragged: the frame is one of many on the way."""
        return self._pause.isActive()

    def drag(self, frame: int) -> None:
        """Move to a frame as somebody drags it; a drag that stays on a frame pauses."""
        inside = self._inside(frame)
        if inside != self._frame:
            self._pause.start()
            self._put(inside)

    def drop(self) -> None:
        """Nobody drags it any more."""
        if self.dragging:
            self._pause.stop()
            self.rested.emit()

    def go(self, frame: int) -> None:
        """Move to a frame, or to the plate's nearest."""
        inside = self._inside(frame)
        if inside == self._frame:
            self.drop()
        self._pause.stop()
        self._put(inside)

    def roll(self, frame: int) -> None:
        """Move to a frame as playing does: one of many that follow each other on their own."""
        inside = self._inside(frame)
        self._pause.stop()
        if inside != self._frame:
            self._frame = inside
            self._rolled = True
            self.moved.emit(inside)
            if not self._reading.isActive():
                self._read_on()

    def _read_on(self) -> None:
        if self._rolled:
            self._rolled = False
            self._reading.start()
            self.read.emit()

    def _inside(self, frame: int) -> int:
        return min(max(frame, 0), max(self.frames - 1, 0))

    def _put(self, inside: int) -> None:
        if inside != self._frame:
            self._frame = inside
            self.moved.emit(inside)
            self._rolled = False
            self.read.emit()

    def step(self, frames: int) -> None:
        self.go(self._frame + frames)

    def step_seconds(self, seconds: int) -> None:
        self.step(round(seconds * self.rate))

    def mark_in(self) -> None:
        """In here; an out point before it is taken away."""
        self._put_range(self._frame, self._out if self._out is None or self._out >= self._frame else None)

    def mark_out(self) -> None:
        """Out here, inclusive; an in point after it is taken away."""
        self._put_range(self._in if self._in is None or self._in <= self._frame else None, self._frame)

    def set_range(self, first: int | None, last: int | None) -> None:
        """In and out, held inside the plate and in order."""
        if first is not None:
            first = min(max(first, 0), self.frames - 1)
        if last is not None:
            last = min(max(last, first or 0), self.frames - 1)
        self._put_range(first, last)

    def timecode(self, frame: int) -> str:
        """The label of a frame, in the plate's own count."""
        plate = self._document.plate
        return timecode_of(frame, self.rate, None if plate is None else plate.first_timecode)

    def parse(self, text: str) -> int:
        """The frame that a typed text names: a number, `+n`, `-n`, or a timecode.

        Raises RangeError: none of these, or outside the plate.
        """
        text = text.strip()
        plate = self._document.plate
        if text[:1] in ("+", "-") and text[1:].isdecimal():
            frame = self._frame + int(text)
        else:
            frame = parse_frame(text, self.rate, None if plate is None else plate.first_timecode)
        if not 0 <= frame < self.frames:
            raise RangeError(
                tr("The plate has frames 0 to {last}, so there is no frame {frame}.", last=self.frames - 1, frame=frame)
            )
        return frame

    def _put_range(self, first: int | None, last: int | None) -> None:
        if (first, last) != (self._in, self._out):
            self._in, self._out = first, last
            self.range_changed.emit()

    def _start_over(self) -> None:
        self._pause.stop()
        self._frame = 0
        self._in = self._out = None
        self.range_changed.emit()
        self.moved.emit(0)
        self._rolled = False
        self.read.emit()

    def _stay_inside(self, old: Project, new: Project) -> None:
        self.go(self._frame)
