"""The probe: the pixel under the pointer, or an area that is marked by dragging with Alt held."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from editor.playback.pictures import Pictures
from editor.playback.playhead import Playhead
from editor.viewer.canvas import Canvas
from editor.viewer.spot import Area, Spot, shown_values
from editor.viewer.view_state import ViewState

_CLICK_PX = 3.0
"""A press that moves less far marks nothing: it takes the mark away."""


class Probe(QObject):
    """Sees a canvas's mouse before it does. A marked area is told wherever the pointer is, frame after frame, until Alt
    and a click take it away."""

    pointed = Signal(object)
    """A `Spot`; None where nothing is pointed at."""

    def __init__(self, canvas: Canvas, state: ViewState, pictures: Pictures, playhead: Playhead) -> None:
        super().__init__(canvas)
        self._canvas, self._playhead = canvas, playhead
        self._at: QPointF | None = None
        self._pressed: QPointF | None = None
        self._corner: tuple[int, int] | None = None
        self._marked_at = QPointF()
        """A point of the pane in which the area was marked."""
        canvas.installEventFilter(self)
        state.changed.connect(self.tell)
        playhead.read.connect(self.tell)
        pictures.arrived.connect(self._arrived)
        pictures.proxy_arrived.connect(self._arrived)

    def spot(self) -> Spot | None:
        """The marked area, else the pixel under the pointer."""
        area = self._canvas.drawing.area
        if area is not None:
            return self._spot_of(area, self._marked_at)
        return None if self._at is None else self.spot_at(self._at)

    def spot_at(self, at: QPointF) -> Spot | None:
        """The pixel at a point of the canvas; None beside the picture."""
        pixel = self._canvas.pixel_at(at)
        return None if pixel is None else self._spot_of((*pixel, pixel[0] + 1, pixel[1] + 1), at)

    def tell(self) -> None:
        """What is pointed at, now."""
        self.pointed.emit(self.spot())

    def forget(self) -> None:
        """The area belongs to another picture."""
        self._mark(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the canvas is to know nothing of it."""
        if event.type() == QEvent.Type.Leave:
            self._at = None
            self.tell()
        return self._mouse(event) if isinstance(event, QMouseEvent) else False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, at = event.type(), event.position()
        is_left = event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and is_left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._pressed, self._corner, self._marked_at = at, self._canvas.pixel_at(at), at
            return True
        if kind == QEvent.Type.MouseMove:
            self._at = at
            if self._pressed is not None:
                self._drag(at)
                return True
            self.tell()
        if kind == QEvent.Type.MouseButtonRelease and self._pressed is not None and is_left:
            moved = at - self._pressed
            self._pressed = None
            if abs(moved.x()) + abs(moved.y()) < _CLICK_PX:
                self._mark(None)
            return True
        return False

    def _drag(self, at: QPointF) -> None:
        """Mark what lies between the press and the pointer, inside the picture."""
        corner, other = self._corner, self._canvas.pixel_at(self._canvas.layout_now.inside(at, self._marked_at))
        if corner is not None and other is not None:
            (x0, x1), (y0, y1) = sorted((corner[0], other[0])), sorted((corner[1], other[1]))
            self._mark((x0, y0, x1 + 1, y1 + 1))

    def _mark(self, area: Area | None) -> None:
        self._canvas.drawing.area = area
        self._canvas.update()
        self.tell()

    def _spot_of(self, rect: Area, at: QPointF) -> Spot | None:
        half = self._canvas.under(at)
        layer, picture = half.layer, half.picture
        if picture is None:
            return None
        facts = picture.facts
        shown = () if facts.proxy else shown_values(picture.image, rect, facts.size)
        coded = half.is_own and layer != "matte" and not facts.proxy and picture.frame == self._playhead.frame
        return Spot(picture.frame, layer, rect, shown, coded)

    def _arrived(self, frame: int) -> None:
        if frame == self._playhead.frame:
            self.tell()
