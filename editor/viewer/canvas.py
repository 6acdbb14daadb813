"""The canvas: the frame under the playhead, drawn with zoom, pan, wipe and overlays.

It never passes one frame off as another: while a picture is on its way the old one stays, and the head-up line says
which frame is seen.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.language.translation import tr
from editor.look import colours
from editor.look.style import figures_font
from editor.playback.pictures import Picture, Pictures
from editor.playback.playhead import Playhead
from editor.viewer.head_up import HeadUp, draw_head_up, draw_proxy_badge
from editor.viewer.overlays import draw_area, draw_faces
from editor.viewer.view_state import ViewState
from editor.viewer.view_tone import ViewTone, toned
from editor.viewer.view_transform import ViewTransform
from pipeline.ipc.messages import FrameFacts, Layer

Drawing = Callable[[QPainter, FrameFacts, QRectF, float], None]
"""Draws over a picture with these facts, which lies at the rectangle with so many canvas pixels a picture pixel."""

_NEAREST_FROM = 2.0
_GRIP_PX = 8.0
_TONE_KEYS = (Qt.Key.Key_E, Qt.Key.Key_Y)
"""Held while dragging: exposure, gamma."""
_STOPS_PER_PX = 0.02
_TONED_KEPT = 5
_OCTAVES_PER_PX = 0.01


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
        self.overlay: Drawing | None = None
        """Draws over the layer that is shown, at last."""
        self.area: tuple[int, int, int, int] | None = None
        """A rectangle of the picture that is marked wherever it is seen: x0, y0, x1, y1, the last two exclusive."""
        self._tone_from = ViewTone()
        self._toned: dict[tuple[int, ViewTone], QImage] = {}
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
        return self._transform.scale(self._pane_size(), self._picture_size()) * self.devicePixelRatioF()

    @property
    def fits(self) -> bool:
        return self._transform.zoom is None

    def fit(self) -> None:
        self._put(ViewTransform())

    def set_zoom(self, zoom: float) -> None:
        """Screen pixels a picture pixel, about the middle."""
        self._put(ViewTransform(zoom / self.devicePixelRatioF(), self._transform.centre))

    def zoom_by(self, factor: float) -> None:
        size = self._pane_size()
        middle = QPointF(size.width() / 2, size.height() / 2)
        self._put(self._transform.zoomed(factor, middle, size, self._picture_size()))

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
        halves = self._halves()
        if self._state.compare == "side" and len(halves) == 2:
            for number, (layer, picture) in enumerate(halves):
                pane = self._pane(number)
                self._draw_picture(painter, pane, picture, pane, layer)
            painter.fillRect(QRectF(self.width() / 2 - 1, 0, 2, self.height()), colours.LINE)
        else:
            pane = self._pane(0)
            for number, (layer, picture) in enumerate(halves):
                self._draw_picture(painter, pane, picture, self._wiped(pane) if number else pane, layer)
            if len(halves) == 2:
                self._draw_wipe(painter, pane)
        if self._state.hud and self._playhead.frames and not self._bare:
            draw_head_up(painter, self.rect(), self._head_up(halves[-1][1]))
        if any(picture is not None and picture.facts.proxy for _, picture in halves):
            draw_proxy_badge(painter, self.rect())

    def _halves(self) -> list[tuple[Layer, Picture | None]]:
        """What is on the canvas, left to right."""
        found: list[tuple[Layer, Picture | None]] = [(layer, self.picture(layer)) for layer in self._state.layers]
        other = self._state.reference
        if other is None:
            return found
        if self._state.compare == "other":
            return [("plate" if other.picture is None else other.picture.layer, other.picture)]
        return [("plate" if other.picture is None else other.picture.layer, other.picture), *found]

    def _draw_picture(
        self, painter: QPainter, pane: QRectF, picture: Picture | None, clip: QRectF, layer: Layer
    ) -> None:
        if picture is None:
            return
        painter.save()
        painter.setClipRect(clip)
        placed = self._placed(pane)
        scale = placed.width() / max(1.0, self._picture_size().width())
        smooth = scale * self.devicePixelRatioF() < _NEAREST_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self._draw_skins(painter, placed, layer)
        image = self._seen(picture.image)
        painter.drawImage(placed, image)
        painter.setOpacity(1.0)
        if layer == "difference":
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            for _ in range(self._state.gain - 1):
                painter.drawImage(placed, image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self._state.overlays and not self._bare:
            painter.setFont(figures_font(11))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_faces(painter, picture.facts.faces, placed, scale, self._state.overlays)
        if self.overlay is not None and layer == self._state.layer:
            painter.setFont(figures_font(11))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.overlay(painter, picture.facts, placed, scale)
        if self.area is not None and not self._bare:
            draw_area(painter, self.area, placed, scale)
        painter.restore()

    def _beside(self) -> tuple[int, ...]:
        """The frames that shine through, before and after."""
        frame = self._playhead.frame
        near = (frame - 1, frame + 1) if self._state.compare == "onion" else ()
        return tuple(each for each in near if 0 <= each < self._playhead.frames)

    def _draw_skins(self, painter: QPainter, placed: QRectF, layer: Layer) -> None:
        """The neighbours under the frame that is drawn last; those that have come."""
        found = [self._pictures.picture(frame, layer) for frame in self._beside()]
        for number, picture in enumerate(each for each in found if each is not None):
            painter.setOpacity(1.0 / (number + 1))
            painter.drawImage(placed, self._seen(picture.image))
        painter.setOpacity(0.5 if any(each is not None for each in found) else 1.0)

    def _seen(self, image: QImage) -> QImage:
        """The image as it is looked at; made once a picture."""
        tone = self._state.tone
        key = image.cacheKey(), tone
        if key not in self._toned:
            if len(self._toned) >= _TONED_KEPT:
                self._toned.pop(next(iter(self._toned)))
            self._toned[key] = toned(image, tone)
        return self._toned[key]

    def _draw_wipe(self, painter: QPainter, pane: QRectF) -> None:
        x = self._wipe_x(pane)
        painter.setPen(QPen(colours.grey(0), 3))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(colours.grey(235), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.grey(235))
        painter.setPen(QPen(colours.grey(0), 1.2))
        painter.drawEllipse(QPointF(x, self.height() * 0.5), 6, 6)

    def _head_up(self, picture: Picture | None) -> HeadUp:
        frame = self._playhead.frame
        size, other = self._picture_size().toSize(), self._state.reference
        flipped = other is not None and self._state.compare == "other"
        has_own = self._pictures.has(frame, self._state.layer)
        return HeadUp(
            layers=() if flipped else self._state.layers,
            reference=self._reference_text(frame),
            gain=self._state.gain,
            tone=self._state.tone.words,
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
            mark_place=self._pictures.mark_place,
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

    def _pane(self, number: int) -> QRectF:
        size = self._pane_size()
        return QRectF(number * size.width(), 0, size.width(), size.height())

    def _pane_at(self, at: QPointF) -> QRectF:
        """The pane under a point of the canvas."""
        width = self._pane_size().width()
        return self._pane(min(max(int(at.x() // width), 0), 1) if width < self.width() else 0)

    def _pane_size(self) -> QSizeF:
        halves = 2 if self._state.compare == "side" and self._state.is_split else 1
        return QSizeF(self.width() / halves, self.height())

    def _picture_size(self) -> QSizeF:
        """Of the plate's picture at full size, whatever size it was sent in."""
        for picture in self._shown.values():
            return QSizeF(*picture.facts.size)
        return QSizeF(16, 9)

    def _placed(self, pane: QRectF) -> QRectF:
        return self._transform.placed(pane.size(), self._picture_size()).translated(pane.topLeft())

    def _wipe_x(self, pane: QRectF) -> float:
        placed = self._placed(pane)
        return placed.x() + self._state.wipe * placed.width()

    def _wiped(self, pane: QRectF) -> QRectF:
        x = self._wipe_x(pane)
        return QRectF(x, 0, self.width() - x, self.height())

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
        size = self._pane_size()
        at = event.position()
        local = QPointF(at.x() % size.width(), at.y())
        factor = 1.25 ** (event.angleDelta().y() / 120)
        self._put(self._transform.zoomed(factor, local, size, self._picture_size()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._drag_from, self._tone_from = event.position(), self._state.tone
            self._drags_wipe = event.button() == Qt.MouseButton.LeftButton and self._is_on_wipe(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drag_from is None:
            on_wipe = self._is_on_wipe(at)
            self.setCursor(Qt.CursorShape.SplitHCursor if on_wipe else Qt.CursorShape.ArrowCursor)
        elif self._held_key is not None:
            self._drag_tone(at.x() - self._drag_from.x())
        elif self._drags_wipe:
            placed = self._placed(self._pane(0))
            self._state.set_wipe((at.x() - placed.x()) / max(1.0, placed.width()))
        else:
            self._put(self._transform.panned(at - self._drag_from, self._pane_size(), self._picture_size()))
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
        if event.key() in _TONE_KEYS and not event.modifiers():
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

    def under(self, at: QPointF) -> tuple[Layer, Picture | None, bool]:
        """What is shown at a point of the canvas: layer, picture, and whether it is the document's own, not what stands
        in the plate's place."""
        halves = self._halves()
        beside = self._pane_at(at).x() > 0
        wiped = self._state.compare == "wipe" and at.x() >= self._wipe_x(self._pane(0))
        second = len(halves) == 2 and (beside or wiped)
        layer, picture = halves[1 if second else 0]
        return layer, picture, second or self._state.reference is None

    def pixel_at(self, at: QPointF) -> tuple[int, int] | None:
        """The picture's pixel that is drawn at a point of the canvas; None beside the picture."""
        placed, full = self._placed(self._pane_at(at)), self._picture_size()
        half = 0.5 / self.devicePixelRatioF()
        x = math.floor((at.x() + half - placed.x()) * full.width() / placed.width())
        y = math.floor((at.y() + half - placed.y()) * full.height() / placed.height())
        return (x, y) if 0 <= x < full.width() and 0 <= y < full.height() else None

    def inside(self, at: QPointF, beside: QPointF) -> QPointF:
        """The point of the picture that is nearest, in the pane in which `beside` lies."""
        placed = self._placed(self._pane_at(beside))
        last = placed.bottomRight() - QPointF(1.0, 1.0)
        return QPointF(min(max(at.x(), placed.x()), last.x()), min(max(at.y(), placed.y()), last.y()))

    def in_picture(self, at: QPointF) -> tuple[tuple[float, float], float]:
        """A point of the canvas in the picture's pixels, and how many canvas pixels one of them is."""
        placed = self._placed(self._pane_at(at))
        scale = placed.width() / max(1.0, self._picture_size().width())
        return ((at.x() - placed.x()) / scale, (at.y() - placed.y()) / scale), scale

    def _is_on_wipe(self, at: QPointF) -> bool:
        if self._state.compare != "wipe" or not self._state.is_split:
            return False
        return abs(at.x() - self._wipe_x(self._pane(0))) <= _GRIP_PX
