"""Small pictures of the plate along the timeline: which are shown at a zoom, which are kept, which are wanted."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from editor.document.document import Document
from editor.look import colours
from editor.timeline.frame_scale import FrameScale

KEPT_PICTURES = 2000
"""At most; 20 to 80 MB."""
_SETTLED_MS = 120
"""Pictures are asked for when the timeline stands still so long."""
_WIDEST = 4.0
"""Width over height that a picture may have."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Frames in sight, `step` apart, each shown from its own place on; `width_px` from one to the next."""

    frames: range
    width_px: float

    @classmethod
    def of(cls, scale: FrameScale, frames: int, lane_px: float, picture_px: float) -> "Tiles":
        """The steps are powers of two, so that zooming out needs no picture that zooming in didn't have. Tiles are at
        least half as wide as a picture: its middle is shown."""
        step = 1
        while 2 * step * scale.frame_px <= picture_px:
            step *= 2
        seen = scale.visible(frames, lane_px)
        return cls(range(seen.start - seen.start % step, seen.stop, step), step * scale.frame_px)


class Filmstrip(QObject):
    """Keeps pictures by frame; `wanted` names those that are in sight and missing, once."""

    wanted = Signal(object)
    """Frames (a tuple), in the order in which they help most; what was wanted before isn't any more."""
    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.shown = True
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._aspect: float | None = None
        self._missing: tuple[int, ...] = ()
        self._asked: frozenset[int] = frozenset()
        self._waiting = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        document.opened.connect(self._start_over)

    @property
    def has_lane(self) -> bool:
        """Whether there is something to show: a film, and somebody who wants to see it."""
        plate = self._document.plate
        return self.shown and plate is not None and plate.frames > 1

    @property
    def aspect(self) -> float:
        """Width over height of a picture, as the plate says it until one is there."""
        plate = self._document.plate
        if self._aspect is not None or plate is None:
            return self._aspect or 1.0
        return float(plate.width * plate.pixel_aspect.fraction / plate.height)

    def toggle(self) -> None:
        self.shown = not self.shown
        self.changed.emit()

    def put(self, frame: int, picture: QImage) -> None:
        """Keep a picture that came."""
        self._aspect = picture.width() / picture.height()
        self._pictures[frame] = picture
        if len(self._pictures) > KEPT_PICTURES:
            self._pictures.popitem(last=False)
        self.changed.emit()

    @property
    def waiting(self) -> bool:
        """Whether pictures in sight are still to come."""
        return self.has_lane and self._waiting

    def end_waiting(self) -> None:
        """All that was asked for has been answered; what didn't come can't be made."""
        self._waiting = self._settled.isActive()

    def forget_wishes(self) -> None:
        """What was asked for isn't coming."""
        self._asked = frozenset()

    def draw(self, painter: QPainter, lane: QRectF, scale: FrameScale, frames: int) -> None:
        """Draw the tiles of a lane, and want what is missing of them."""
        height = lane.height() - 2
        picture_px = height * min(self.aspect, _WIDEST)
        tiles = Tiles.of(scale, frames, lane.width(), picture_px)
        missing = []
        painter.fillRect(lane, colours.grey(34))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for frame in tiles.frames:
            picture = self._pictures.get(frame)
            left = lane.left() + scale.x(frame)
            if picture is None:
                missing.append(frame)
                painter.fillRect(QRectF(left, lane.top() + 1, 1, height), colours.grey(48))
                continue
            self._pictures.move_to_end(frame)
            width = min(tiles.width_px, picture_px)
            share = picture.width() * width / picture_px
            source = QRectF((picture.width() - share) / 2, 0, share, picture.height())
            painter.drawImage(QRectF(left, lane.top() + 1, width, height), picture, source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._want(missing)

    def _want(self, missing: list[int]) -> None:
        self._missing = tuple(missing)
        if missing and not self._asked.issuperset(missing) and not self._settled.isActive():
            self._waiting = True
            self._settled.start()

    def _ask(self) -> None:
        if self._missing:
            self._asked = frozenset(self._missing)
            # Every second one first: half the pictures tell more than half the plate.
            self.wanted.emit((*self._missing[::2], *self._missing[1::2]))

    def _start_over(self) -> None:
        self._pictures.clear()
        self._aspect, self._missing, self._asked = None, (), frozenset()
        self._settled.stop()
        self._waiting = False
