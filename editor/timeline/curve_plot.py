"""The curve editor's picture: the parameter over the frames that the timeline shows, keys and handles to drag.

pyqtgraph draws it; what the mouse does is said here and in `curve_drags`. Imported when the panel is first seen:
pyqtgraph takes four tenths of a second to load.
"""

from html import escape
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.document.edits import spoken
from editor.language.translation import tr
from editor.look import colours
from editor.look.style import figures_font
from editor.timeline.curve_drags import begin_curve_drag
from editor.timeline.curve_shape import HandlePoint, handles_about, line_of
from editor.timeline.curve_subject import CurveSubject
from editor.timeline.drags import Drag
from editor.timeline.gutter import GUTTER_PX
from editor.timeline.timeline_view import MARGIN_PX, TimelineView
from pipeline.project.curve import Curve, Key
from pipeline.project.parameter_table import Parameter

_REACH_PX = 8.0
"""How near a press must be to a key or handle."""
_PX_A_POINT = 2
_CROWD = 100
"""Keys in sight from which on the curve is drawn thin."""
_OTHERS = len(colours.SIGNAL_COLOURS)
"""How many curves are drawn behind the one that is edited."""


class CurvePlot(QWidget):
    """Draws the subject's curve. Frames run as on the timeline, whose zoom and scroll it shares."""

    def __init__(self, subject: CurveSubject, timeline: TimelineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject, self.timeline = subject, timeline
        self._parameter: Parameter | None = None
        self._low, self._high = 0.0, 1.0
        self._drag: Drag | None = None
        self._plot = pg.PlotWidget(self, background=colours.grey(38))
        self._box = self._plot.getViewBox()
        self._arrange()
        self._limits = [self._level(Qt.PenStyle.SolidLine), self._level(Qt.PenStyle.SolidLine)]
        self._default = self._level(Qt.PenStyle.DashLine)
        self._behind = [self._line(pg.mkPen(colour)) for colour in colours.SIGNAL_COLOURS]
        self._curve = self._line(pg.mkPen(colours.TEXT))
        self._arms = self._line(pg.mkPen(colours.TEXT_FAINT))
        self._playhead = pg.InfiniteLine(pen=pg.mkPen(colours.ACCENT))
        self._handles = pg.ScatterPlotItem(symbol="o", size=8, antialias=True)
        self._keys = pg.ScatterPlotItem(symbol="d", size=13, antialias=True)
        self._legend = pg.TextItem(anchor=(1, 0))
        for item in (self._playhead, self._handles, self._keys, self._legend):
            self._plot.addItem(item, ignoreBounds=True)
        self.viewport = self._plot.viewport()
        self.viewport.installEventFilter(self)
        self._plot.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        subject.changed.connect(self.refresh)
        subject.playhead.moved.connect(self._playhead.setValue)
        timeline.scrolled.connect(self.refresh)
        self._box.sigResized.connect(self.refresh)
        self.refresh()

    # Where things lie

    @property
    def frames_per_px(self) -> float:
        (first, last), _ = self._box.viewRange()
        return float(last - first) / max(1.0, self._area().width())

    @property
    def values_per_px(self) -> float:
        return (self._high - self._low) / max(1.0, self._area().height())

    def position(self, frame: float, value: float) -> QPointF:
        """The pixel of a frame's middle and a value."""
        area = self._area()
        (first, _), _ = self._box.viewRange()
        return QPointF(
            area.left() + (frame - first) / self.frames_per_px, area.bottom() - (value - self._low) / self.values_per_px
        )

    def frame_at(self, at: QPointF) -> float:
        (first, _), _ = self._box.viewRange()
        return float(first) + (at.x() - self._area().left()) * self.frames_per_px

    def value_at(self, at: QPointF) -> float:
        return self._low + (self._area().bottom() - at.y()) * self.values_per_px

    def key_at(self, at: QPointF) -> Key | None:
        """The key within reach of a point."""
        curve = self.subject.curve
        near = [] if curve is None else [(self._away(at, key.frame, key.value), key) for key in curve.keys]
        distance, key = min(near, key=lambda each: each[0], default=(_REACH_PX + 1, None))
        return key if distance <= _REACH_PX else None

    def handle_at(self, at: QPointF) -> HandlePoint | None:
        """The handle within reach of a point, unless a key is nearer."""
        near = [(self._away(at, each.frame, each.value), each) for each in self.handles()]
        distance, handle = min(near, key=lambda each: each[0], default=(_REACH_PX + 1, None))
        key = self.key_at(at)
        if distance > _REACH_PX or (key is not None and self._away(at, key.frame, key.value) < distance):
            return None
        return handle

    def handles(self) -> list[HandlePoint]:
        """The handles that can be dragged: those about the chosen key."""
        curve, key = self.subject.curve, self.subject.key
        return [] if curve is None or key is None else list(handles_about(curve, key.frame))

    # What is shown

    def fit_values(self) -> None:
        """The curve's values across the height; where they are already, the parameter's bounds."""
        parameter, curve = self.subject.parameter, self.subject.curve
        values = [] if curve is None else [key.value for key in curve.keys] + [each.value for each in self.handles()]
        low, high = min(values, default=parameter.lowest), max(values, default=parameter.highest)
        if high - low < 1e-9:
            low, high = parameter.lowest, parameter.highest
        wanted = _padded(low, high)
        if wanted == (self._low, self._high):
            wanted = _padded(parameter.lowest, parameter.highest)
        self._low, self._high = wanted
        self.refresh()

    def refresh(self) -> None:
        """Draw what is there now."""
        subject, scale = self.subject, self.timeline.scale
        parameter = subject.parameter
        if parameter != self._parameter:
            self._parameter = parameter
            self._low, self._high = _padded(parameter.lowest, parameter.highest)
        first = scale.first - MARGIN_PX / scale.frame_px - 0.5
        last = first + max(1, self.timeline.width() - GUTTER_PX) / scale.frame_px
        self._box.setRange(xRange=(first, last), yRange=(self._low, self._high), padding=0, disableAutoRange=True)
        for line, value in zip(self._limits, (parameter.lowest, parameter.highest), strict=True):
            line.setValue(value)
        self._default.setValue(parameter.default)
        self._playhead.setValue(subject.playhead.frame)
        self._draw_curve(subject.curve, first, last)
        self._draw_others(first, last)

    def _draw_curve(self, curve: Curve | None, first: float, last: float) -> None:
        chosen = self.subject.key
        if curve is None:
            value = self.subject.value(self.subject.playhead.frame)
            self._curve.setData([first, last], [value, value])
            self._keys.setData([], [])
        else:
            self._curve.setData(*line_of(curve, self.subject.parameter, first, last, self._points()))
            seen = [key for key in curve.keys if first <= key.frame <= last]
            # A wide line through thousands of keys takes Qt half a second; a thin one, four milliseconds.
            self._curve.setPen(pg.mkPen(colours.TEXT, width=1.6 if len(seen) < _CROWD else 1))
            picked = [chosen is not None and key.frame == chosen.frame for key in seen]
            self._keys.setData(
                [key.frame for key in seen],
                [key.value for key in seen],
                brush=[colours.ACCENT if each else colours.TEXT for each in picked],
                pen=[pg.mkPen(colours.grey(20))] * len(seen),
            )
        handles = self.handles()
        self._handles.setData(
            [each.frame for each in handles],
            [each.value for each in handles],
            brush=colours.grey(38),
            pen=pg.mkPen(colours.ACCENT, width=1.5),
        )
        self._arms.setData(
            [x for each in handles for x in (each.key_frame, each.frame)],
            [y for each in handles for y in (each.key_value, each.value)],
            connect="pairs",
        )

    def _draw_others(self, first: float, last: float) -> None:
        """The face's other curves, each from its own bounds into those of the one that is edited."""
        subject, face = self.subject, self.subject.face
        others = [each for each in subject.keyed if each != subject.parameter and subject.shows_others][:_OTHERS]
        wide = subject.parameter.highest - subject.parameter.lowest
        for item, other in zip(self._behind, others, strict=False):
            assert face is not None
            frames, values = line_of(face.curves[other.name], other, first, last, self._points())
            share = (values - other.lowest) / (other.highest - other.lowest)
            item.setData(frames, subject.parameter.lowest + share * wide)
        for item in self._behind[len(others) :]:
            item.setData([], [])
        words = [
            f'<span style="color: {colour.name()}">{escape(spoken(other.name))}</span>'
            for colour, other in zip(colours.SIGNAL_COLOURS, others, strict=False)
        ]
        self._legend.setHtml("&nbsp;&nbsp; ".join(words))
        self._legend.setPos(last, self._high)

    def _points(self) -> int:
        return int(self._area().width()) // _PX_A_POINT

    # The mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if isinstance(event, QKeyEvent) and event.type() == kinds.KeyPress and event.key() == Qt.Key.Key_Escape:
            return self._call_off()
        if watched is not self.viewport:
            return False
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if not isinstance(event, QMouseEvent) or not self.subject.playhead.frames:
            return False
        left = event.button() == Qt.MouseButton.LeftButton
        if event.type() == kinds.MouseButtonDblClick and left:
            if self.key_at(event.position()) is None:
                last = self.subject.playhead.frames - 1
                self.subject.add(min(max(round(self.frame_at(event.position())), 0), last))
        elif event.type() == kinds.MouseButtonPress and left:
            self._drag = begin_curve_drag(self, event)
            self._drag.move(event)
        elif event.type() == kinds.MouseMove and self._drag is not None:
            self._drag.move(event)
        elif event.type() == kinds.MouseButtonRelease and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.end(event)
        self._plot.setFocus()
        return True

    def _call_off(self) -> bool:
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.cancel()
        return drag is not None

    def _wheel(self, event: QWheelEvent) -> None:
        """Scrolls and, with Ctrl, zooms time as on the timeline; with Shift the values."""
        delta = event.angleDelta()
        turns = (delta.y() or delta.x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.timeline.zoom(1.2**turns, event.position().x() - self._area().left() - MARGIN_PX)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            about, factor = self.value_at(event.position()), 1.2**-turns
            self._low, self._high = (about + (each - about) * factor for each in (self._low, self._high))
            self.refresh()
        else:
            self.timeline.scroll_by(-(delta.x() or delta.y()) * 0.6)

    # Its parts

    def _arrange(self) -> None:
        plot = self._plot
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.hideButtons()
        plot.hideAxis("bottom")
        plot.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        plot.setAccessibleName(tr("Curve"))
        plot.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        axis = plot.getAxis("left")
        axis.setWidth(GUTTER_PX)
        axis.setPen(pg.mkPen(colours.LINE))
        axis.setTextPen(pg.mkPen(colours.TEXT_DIM))
        axis.setStyle(tickFont=figures_font(11), tickLength=-4)

    def _area(self) -> QRectF:
        """Where the curve is drawn, in the viewport's pixels."""
        return QRectF(self._box.sceneBoundingRect())

    def _away(self, at: QPointF, frame: float, value: float) -> float:
        by = self.position(frame, value) - at
        return float((by.x() ** 2 + by.y() ** 2) ** 0.5)

    def _line(self, pen: Any) -> Any:
        item = pg.PlotCurveItem(pen=pen, antialias=True)
        self._plot.addItem(item, ignoreBounds=True)
        return item

    def _level(self, style: Qt.PenStyle) -> Any:
        line = pg.InfiniteLine(angle=0, pen=pg.mkPen(colours.HOVER, style=style))
        self._plot.addItem(line, ignoreBounds=True)
        return line


def _padded(low: float, high: float) -> tuple[float, float]:
    """With room above and below, so that keys on the ends are whole."""
    room = 0.1 * (high - low)
    return low - room, high + room
