"""The canvas's mouse while a matte is painted: a press over the face paints, anywhere else pans as ever.

Ctrl erases, Shift changes the brush. Alt, the wipe's line, the keys held for the view, the wheel and the middle
button do what they always do.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from editor.viewer.canvas import HELD_KEYS, Canvas
from editor.viewer.matte_brush import MatteBrush
from pipeline.project.matte_stroke import Shows


class BrushMouse(QObject):
    """Sees a canvas's events before it does, and draws the brush over its picture."""

    def __init__(self, canvas: Canvas, brush: MatteBrush) -> None:
        super().__init__(canvas)
        self._canvas, self._brush = canvas, brush
        self._pressed: QPointF | None = None
        """Where a stroke, or a change of size, began on the canvas."""
        self._at: QPointF | None = None
        self._views = False
        canvas.installEventFilter(self)
        brush.changed.connect(self._show)
        brush.turned.connect(self._point)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the canvas is to know nothing of it."""
        if isinstance(event, QMouseEvent):
            self._at = event.position()
        elif event.type() == QEvent.Type.Leave:
            self._at = None
        if not self._brush.active:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.Leave:
            self._brush.hover(None, self._brush.shows)
        elif event.type() == QEvent.Type.FocusOut:
            self._views = False
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        at, kind, canvas = event.position(), event.type(), self._canvas
        point, scale = canvas.in_picture(at)
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return event.button() == Qt.MouseButton.LeftButton and self._press(event, point)
        if kind == QEvent.Type.MouseMove and self._pressed is not None:
            way = at - self._pressed
            self._brush.size(way.x(), -way.y(), scale)
            self._brush.drag(point)
            return True
        if kind == QEvent.Type.MouseMove:
            self._brush.hover(point, self._meant(event.modifiers()))
            if event.buttons() or canvas.is_on_wipe(at):
                return False
            canvas.setCursor(Qt.CursorShape.CrossCursor)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            self._pressed = None
            self._brush.release()
            return True
        return False

    def _press(self, event: QMouseEvent, point: tuple[float, float]) -> bool:
        if self._views or self._canvas.is_on_wipe(event.position()):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            begun = self._brush.begin_sizing(point)
        else:
            begun = self._brush.press(point, self._meant(event.modifiers()))
        self._pressed = event.position() if begun else None
        return begun

    def _key(self, event: QKeyEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and event.key() == Qt.Key.Key_Escape:
            self._pressed = None
            return self._brush.cancel()
        if event.key() in HELD_KEYS and not event.isAutoRepeat():
            self._views = is_press and not event.modifiers()
        elif event.key() == Qt.Key.Key_Control and self._at is not None:
            held = Qt.KeyboardModifier.ControlModifier if is_press else Qt.KeyboardModifier.NoModifier
            self._brush.hover(self._canvas.in_picture(self._at)[0], self._meant(held))
        return False

    def _meant(self, modifiers: Qt.KeyboardModifier) -> Shows:
        """What a press paints while these keys are held."""
        return "found" if modifiers & Qt.KeyboardModifier.ControlModifier else self._brush.shows

    def _point(self) -> None:
        """Switched on, or given something else to paint: the ring says so where the pointer rests."""
        if self._brush.active and self._at is not None:
            self._brush.hover(self._canvas.in_picture(self._at)[0], self._brush.shows)

    def _show(self) -> None:
        if self._brush.active:
            self._canvas.drawing.overlay = self._brush.draw
        elif self._canvas.drawing.overlay == self._brush.draw:
            self._canvas.drawing.overlay = None
            self._canvas.unsetCursor()
        self._canvas.update()
