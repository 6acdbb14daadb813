"""The canvas: the frame under the playhead, drawn with zoom, pan, wipe and overlays.

It never passes one frame off as another: while a picture is on its way the old one stays, and the head-up line says
which frame is seen.
"""

from dataclasses import replace

from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.playback.pictures import Picture, Pictures
from editor.playback.playhead import Playhead
from editor.viewer.head_up import HeadUp, draw_captions, draw_head_up, draw_proxy_badge, mirrored_place
from editor.viewer.picture_drawing import Half, PictureDrawing
from editor.viewer.view_layout import ViewLayout
from editor.viewer.view_state import Compare, ViewState
from editor.viewer.view_tone import ViewTone
from editor.viewer.view_transform import ViewTransform
from pipeline.ipc.messages import Layer

_GRIP_PX = 8.0
HELD_KEYS = (Qt.Key.Key_E, Qt.Key.Key_Y, Qt.Key.Key_Z)
"""Held while dragging: exposure, gamma, zoom."""
_STOPS_PER_PX = 0.02
_OCTAVES_PER_PX = 0.01
_DOUBLED_IN_PX = 100.0
"""How far a drag with Z held goes for twice the size."""
_GRIDS: dict[Compare, tuple[int, int]] = {"side": (2, 1), "over": (1, 2), "tile": (2, 2)}
"""Columns and rows of panes."""


class Canvas(QWidget):
    """Shows `ViewState.layers` of the playhead's frame."""

    zoom_changed = Signal()

    def __init__(
        self,
        state: ViewState,
        pictures: Pictures,
        playhead: Playhead,
        parent: QWidget | None = None,
        *,
        bare: bool = False,
    ) -> None:
        """`bare`: the picture alone, whatever else the state says lies over it."""
        super().__init__(parent)
        self._bare = bare
        self._state, self._pictures, self._playhead = state, pictures, playhead
        self._transform = ViewTransform()
        self._shown: dict[Layer, Picture] = {}
        self._drag_from: QPointF | None = None
        self._drags_wipe = False
        self._held_key: int | None = None
        self.drawing = PictureDrawing(state, pictures)
        """What lies over the pictures is given to it."""
        self._tone_from = ViewTone()
        self._zoom_from = ViewTransform()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        self.setAccessibleName(tr("Viewer"))
        state.changed.connect(self.refresh)
        playhead.moved.connect(self.refresh)
        playhead.rested.connect(self.refresh)
        pictures.quality_changed.connect(self.refresh)
        pictures.arrived.connect(self._arrived)
        pictures.failed.connect(self._arrived)
        pictures.proxy_arrived.connect(self._proxy_arrived)

    def refresh(self) -> None:
        """Ask for what isn't there, and draw."""
        if self._playhead.frames:
            dragged = self._playhead.dragging
            self._pictures.ask(self._playhead.frame, self._state.layers, dragged=dragged)
            if not dragged:
                self._pictures.ask_ahead(self._beside(), self._state.layers)
        self.update()

    def forget(self) -> None:
        """Nothing that was shown belongs to what is open now."""
        self._shown.clear()
        self._transform = ViewTransform()
        self.refresh()

    @property
    def zoom(self) -> float:
        """Screen pixels a picture pixel."""
        return self.layout_now.scale * self.devicePixelRatioF()

    @property
    def fits(self) -> bool:
        return self._transform.zoom is None

    def fit(self) -> None:
        self._put(ViewTransform())

    def set_zoom(self, zoom: float) -> None:
        """Screen pixels a picture pixel, about the middle."""
        self._put(ViewTransform(zoom / self.devicePixelRatioF(), self._transform.centre))

    def zoom_by(self, factor: float) -> None:
        size = self.layout_now.pane_size
        middle = QPointF(size.width() / 2, size.height() / 2)
        self._put(self._transform.zoomed(factor, middle, size, self._picture_size()))

    @property
    def layout_now(self) -> ViewLayout:
        """Where everything lies."""
        return self._layout(QSizeF(self.size()), self._transform)

    def snapshot(self) -> QImage | None:
        """What is seen, at the plate's own size and with what lies over it, without zoom and head-up display; None
        while no picture is there."""
        halves = self._halves()
        if all(each.picture is None for each in halves):
            return None
        columns, rows = self._grid()
        picture = self._picture_size()
        size = QSizeF(picture.width() * columns, picture.height() * rows)
        image = QImage(size.toSize(), QImage.Format.Format_RGB32)
        image.fill(colours.CANVAS_BLACK)
        with QPainter(image) as painter:
            self.drawing.draw(painter, self._layout(size, ViewTransform()), halves, self._beside())
        return image

    def picture(self, layer: Layer) -> Picture | None:
        """What is drawn of a layer: the frame as it is now, as it was before the edit, its proxy, or the frame seen
        before."""
        frame = self._playhead.frame
        found = self._pictures.picture(frame, layer) or self._pictures.earlier(frame, layer)
        found = found or self._pictures.proxy(frame, layer)
        if found is not None:
            self._shown[layer] = found
        return self._shown.get(layer)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.CANVAS)
        halves, layout = self._halves(), self.layout_now
        ratio = self.devicePixelRatioF()
        self.drawing.draw(painter, layout, halves, self._beside(), ratio=ratio, bare=self._bare)
        if self._state.hud and self._playhead.frames and not self._bare:
            head_up = self._head_up(next((each.picture for each in reversed(halves) if self._is_chosen(each)), None))
            draw_head_up(painter, self.rect(), head_up)
            if self._state.compare == "tile":
                said = [
                    replace(head_up, layers=(each.layer,), facts=None if each.picture is None else each.picture.facts)
                    for each in halves
                ]
                draw_captions(painter, [(layout.pane(number), each) for number, each in enumerate(said)])
        if any(each.picture is not None and each.picture.facts.proxy for each in halves):
            draw_proxy_badge(painter, self.rect())

    def _is_chosen(self, half: Half) -> bool:
        return self._state.compare != "tile" or half.layer == "result"

    def _halves(self) -> list[Half]:
        """What is on the canvas, left to right and top to bottom."""
        found = [Half(layer, self.picture(layer)) for layer in self._state.layers]
        other = self._state.reference
        if other is None:
            return found
        beside = Half("plate" if other.picture is None else other.picture.layer, other.picture, is_own=False)
        return [beside] if self._state.compare == "other" else [beside, *found]

    def _beside(self) -> tuple[int, ...]:
        """The frames that shine through, before and after."""
        frame = self._playhead.frame
        near = (frame - 1, frame + 1) if self._state.compare == "onion" else ()
        return tuple(each for each in near if 0 <= each < self._playhead.frames)

    def _head_up(self, picture: Picture | None) -> HeadUp:
        frame = self._playhead.frame
        size, other = self._picture_size().toSize(), self._state.reference
        mirrors = self._state.mirrors
        flipped = other is not None and self._state.compare == "other"
        has_own = self._pictures.has(frame, self._state.layer)
        return HeadUp(
            layers=() if flipped or self._state.compare == "tile" else self._state.layers,
            reference=self._reference_text(frame),
            gain=self._state.gain,
            tone=self._state.seen_words,
            frame=frame,
            timecode=self._playhead.timecode(frame),
            size=(size.width(), size.height()),
            zoom=self.zoom,
            facts=None if picture is None else picture.facts,
            seen_frame=None if picture is None or flipped else picture.frame,
            is_current=picture is not None and (flipped or has_own),
            problem=("" if flipped else self._pictures.problem(frame, self._state.layer))
            or ("" if other is None else other.problem),
            onion=self._state.compare == "onion",
            assumed=() if picture is None or flipped else picture.facts.assumed,
            blend=self._state.blend if self._state.compare == "blend" and self._state.is_split else None,
            mark_place=mirrored_place(self._pictures.mark_place, flop="flop" in mirrors, flip="flip" in mirrors),
        )

    def _reference_text(self, frame: int) -> str:
        """What stands in the plate's place, and at which frame where that is another one than the playhead's."""
        other = self._state.reference
        if other is None:
            return ""
        shown = None if self._state.against == "grab" else other.picture
        return (
            other.name
            if shown is None or shown.frame == frame
            else tr("{name} at {frame}", name=other.name, frame=shown.frame)
        )

    def _grid(self) -> tuple[int, int]:
        return _GRIDS.get(self._state.compare, (1, 1)) if self._state.is_split else (1, 1)

    def _layout(self, size: QSizeF, transform: ViewTransform) -> ViewLayout:
        mirrors = self._state.mirrors
        return ViewLayout(size, *self._grid(), transform, self._picture_size(), "flop" in mirrors, "flip" in mirrors)

    def _picture_size(self) -> QSizeF:
        """Of the plate's picture at full size, whatever size it was sent in."""
        for picture in self._shown.values():
            return QSizeF(*picture.facts.size)
        return QSizeF(16, 9)

    def _put(self, transform: ViewTransform) -> None:
        self._transform = transform
        self.update()
        self.zoom_changed.emit()

    def _proxy_arrived(self, frame: int) -> None:
        if frame == self._playhead.frame:
            self.update()

    def _arrived(self, frame: int, layer: str) -> None:
        if frame in (self._playhead.frame, *self._beside()) and layer in self._state.layers:
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.zoom_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        layout = self.layout_now
        factor = 1.25 ** (event.angleDelta().y() / 120)
        self._put(self._transform.zoomed(factor, layout.local(event.position()), layout.pane_size, layout.picture))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._drag_from, self._tone_from = event.position(), self._state.tone
            self._zoom_from = self._transform
            self._drags_wipe = event.button() == Qt.MouseButton.LeftButton and self.is_on_wipe(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag_from is None:
            on_wipe = self.is_on_wipe(at)
            self.setCursor(Qt.CursorShape.SplitHCursor if on_wipe else Qt.CursorShape.ArrowCursor)
        elif self._held_key == Qt.Key.Key_Z:
            layout, factor = self.layout_now, 2.0 ** ((at.x() - self._drag_from.x()) / _DOUBLED_IN_PX)
            about = layout.local(self._drag_from)
            self._put(self._zoom_from.zoomed(factor, about, layout.pane_size, layout.picture))
        elif self._held_key is not None:
            self._drag_tone(at.x() - self._drag_from.x())
        elif self._drags_wipe:
            layout = self.layout_now
            placed = layout.placed(layout.pane(0))
            self._state.set_wipe((at.x() - placed.x()) / max(1.0, placed.width()))
        else:
            layout = self.layout_now
            self._put(self._transform.panned(at - self._drag_from, layout.pane_size, layout.picture))
            self._drag_from = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None

    def _drag_tone(self, across: float) -> None:
        tone = self._tone_from
        if self._held_key == Qt.Key.Key_E:
            self._state.set_tone(tone.exposed(tone.exposure + across * _STOPS_PER_PX))
        else:
            self._state.set_tone(tone.with_gamma(tone.gamma * 2.0 ** (across * _OCTAVES_PER_PX)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in HELD_KEYS and not event.modifiers():
            self._held_key = event.key()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == self._held_key and not event.isAutoRepeat():
            self._held_key = None
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._held_key = None
        super().focusOutEvent(event)

    def under(self, at: QPointF) -> Half:
        """What is shown at a point of the canvas."""
        halves, layout = self._halves(), self.layout_now
        number = layout.number_at(at)
        if self._state.compare == "wipe":
            number = int(at.x() >= self.drawing.wipe_x(layout))
        elif layout.columns * layout.rows == 1:
            number = len(halves) - 1
        return halves[min(number, len(halves) - 1)]

    def pixel_at(self, at: QPointF) -> tuple[int, int] | None:
        """The picture's pixel that is drawn at a point of the canvas; None beside the picture."""
        half = 0.5 / self.devicePixelRatioF()
        return self.layout_now.pixel_at(at + QPointF(half, half))

    def in_picture(self, at: QPointF) -> tuple[tuple[float, float], float]:
        """A point of the canvas in the picture's pixels, and how many canvas pixels one of them is."""
        layout = self.layout_now
        point = layout.to_picture(at)
        return (point.x(), point.y()), layout.scale

    def is_on_wipe(self, at: QPointF) -> bool:
        """Whether a point of the canvas takes hold of the wipe's line."""
        if self._state.compare != "wipe" or not self._state.is_split:
            return False
        return abs(at.x() - self.drawing.wipe_x(self.layout_now)) <= _GRIP_PX
