"""The timeline: a ruler, markers, shots, one lane a face, the signals; everything in plate frames."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from editor.document.detection_trial import DetectionTrial
from editor.document.document import Document
from editor.document.early_keyframes import EarlyKeyframes
from editor.document.selection import Selection
from editor.language.translation import tr
from editor.look import colours
from editor.look.focus_frame import FocusFrame
from editor.playback.draft_figures import DraftFigures
from editor.playback.playhead import Playhead
from editor.timeline.drags import Drag, begin_drag
from editor.timeline.filmstrip import Filmstrip
from editor.timeline.frame_scale import FrameScale
from editor.timeline.gutter import GUTTER_PX
from editor.timeline.kept_lanes import KeptLanes
from editor.timeline.lane_drop import LaneDrop, draw_drop
from editor.timeline.lane_words import told_at
from editor.timeline.lanes import FACE_PX, RULER_PX, SIGNALS_PX, Lane, Lanes
from editor.timeline.marker_form import MarkerForm
from editor.timeline.marker_lane import marker_at
from editor.timeline.marker_menu import marker_menu
from editor.timeline.plate_record import PlateRecord
from editor.timeline.quality_room import quality_of
from editor.timeline.ruler import Unit, draw_cache_bar, draw_playhead, draw_range, playhead_place
from editor.timeline.signal_menu import signal_menu
from editor.timeline.signal_traces import SignalTraces
from editor.timeline.trial_lane import grips_threshold
from pipeline.project.marker import Marker
from pipeline.project.marker_edits import markers_of
from pipeline.project.project import FaceTrack, Project

_UNDER_FACE_PX = 6
MARGIN_PX = 8
"""Room left and right of the frames, so that the first and the last diamond are whole."""


class TimelineView(QWidget):
    """Draws the lanes and turns the mouse into moves of the playhead, selections and edits."""

    scrolled = Signal()
    """The scale is another."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        playhead: Playhead,
        traces: SignalTraces,
        record: PlateRecord,
        figures: DraftFigures,
        trial: DetectionTrial,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection, self.playhead, self.traces = document, selection, playhead, traces
        self.record, self.figures, self.trial = record, figures, trial
        self.early = EarlyKeyframes(document, self)
        self.strip = Filmstrip(document, self)
        self.marker_form = MarkerForm(document, self)
        self.drops = LaneDrop(self)
        self.snaps = True
        self.shows_quality = True
        self.unit: Unit = "timecode"
        self.scale = FrameScale.fitting(1, 1.0)
        self.box: QRectF | None = None
        """The rubber band, while one is drawn."""
        self.ghosts: tuple[int, ...] = ()
        """Where copied keyframes would land, while they are dragged."""
        self._fits = True
        self._least = QSize()
        self.spans: Sequence[range] = ()
        """Frames that the next edit will touch."""
        self._ready: Sequence[int] = ()
        self._drag: Drag | None = None
        self.kept = KeptLanes(self)
        self._playhead_drawn = 0
        """The frame at which the playhead was drawn last."""
        self._markers: tuple[Project | None, tuple[Marker, ...]] = (None, ())
        """Those of a project, in order: drawing asks many times."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Timeline"))
        document.opened.connect(self.fit)
        document.changed.connect(self.refresh)
        selection.changed.connect(self._show_marks)
        for each in (traces, record, figures, self.early, self.strip):
            each.changed.connect(self.refresh)
        playhead.moved.connect(self._follow)
        playhead.range_changed.connect(self.update)
        trial.found_changed.connect(self.refresh)
        trial.options_changed.connect(self.refresh)

    # What is shown

    def show_spans(self, spans: Sequence[range]) -> None:
        """Light the frames that the next edit will touch."""
        self.spans = spans
        self._show_marks()

    def show_ready(self, frames: Sequence[int]) -> None:
        """Frames that can be shown at once, ascending."""
        if frames != self._ready:
            self._ready = frames
            self.update(self.wider(self.ruler()).toAlignedRect())

    def toggle_unit(self) -> None:
        self.unit = "frames" if self.unit == "timecode" else "timecode"
        self.refresh()

    def toggle_quality(self) -> None:
        self.shows_quality = not self.shows_quality
        self.refresh()

    def toggle_snapping(self) -> None:
        self.snaps = not self.snaps

    # Zoom

    def fit(self) -> None:
        """The whole plate in sight."""
        self._fits = True
        self._put_scale(FrameScale.fitting(self.playhead.frames, self.area().width()))

    def zoom(self, factor: float, about_x: float | None = None) -> None:
        """Wider or narrower frames, about a pixel of the area or about the playhead."""
        width = self.area().width()
        if about_x is None:
            x = self.scale.x(self.playhead.frame + 0.5)
            about_x = x if 0 <= x <= width else width / 2
        self._fits = False
        self._put_scale(self.scale.zoomed(factor, about_x, self.playhead.frames, width))

    def zoom_to_range(self) -> None:
        """From in to out across the whole width."""
        self.show_frames(self.playhead.span.start, len(self.playhead.span))

    def show_frames(self, first: float, count: float) -> None:
        """So many frames across the whole width, from this one on, as far as the plate and the deepest zoom allow."""
        width = self.area().width()
        self._fits = False
        scale = FrameScale(first, width / max(1.0, count)).zoomed(1.0, 0.0, self.playhead.frames, width)
        self._put_scale(scale.inside(self.playhead.frames, width))

    def shown_frames(self) -> tuple[float, float]:
        """The frame at the left edge, and how many there are across the width, beyond the plate's end not counted."""
        count = min(self.area().width() / self.scale.frame_px, self.playhead.frames - self.scale.first)
        return self.scale.first, max(1.0, count)

    def scroll_to(self, first: float) -> None:
        """Have this frame at the left edge."""
        self._put_scale(FrameScale(first, self.scale.frame_px).inside(self.playhead.frames, self.area().width()))

    def _put_scale(self, scale: FrameScale) -> None:
        self.scale = scale
        self.refresh()
        self.scrolled.emit()

    def _follow(self, frame: int) -> None:
        scale = self.scale.showing(frame, self.playhead.frames, self.area().width())
        if scale != self.scale and self._drag is None:
            self._put_scale(scale)
        for each in (self._playhead_drawn, frame):
            self.update(playhead_place(self.area(), self.scale, each).toAlignedRect())

    # Where things lie

    def area(self) -> QRectF:
        """Where frames are drawn, when the whole plate is in sight from edge to edge."""
        return QRectF(GUTTER_PX + MARGIN_PX, 0, max(1, self.width() - GUTTER_PX - 2 * MARGIN_PX), self.height())

    def ruler(self) -> QRectF:
        return QRectF(self.area().left(), 0, self.area().width(), RULER_PX)

    def faces(self) -> Sequence[FaceTrack]:
        plate = self.document.plate
        return [each for each in self.document.project.faces if plate is not None and each.plate == plate.id]

    def markers(self) -> Sequence[Marker]:
        """Of the plate, in order of their frames."""
        plate, project = self.document.plate, self.document.project
        if plate is None:
            return ()
        if self._markers[0] is not project:
            self._markers = project, markers_of(project, plate.id)
        return self._markers[1]

    def lanes(self) -> Lanes:
        sound = self.record.sound is not None
        shots, strip = bool(self.record.cuts), self.strip.has_lane
        lanes = Lanes(bool(self.markers()), shots, strip, len(self.faces()), sound)
        return replace(lanes, quality=quality_of(self, lanes)) if self.shows_quality else lanes

    def face_lane(self, number: int) -> QRectF:
        return self.across(self.lanes().face_lane(number)).adjusted(0, 0, 0, -1)

    def quality_lane(self, number: int) -> QRectF:
        """Under a face's lane; without height where it isn't drawn."""
        return self.across(self.lanes().quality_lane(number))

    def signal_lane(self) -> QRectF:
        return self.across(self.lanes().signal_lane(self.height()))

    def across(self, lane: Lane) -> QRectF:
        """A lane's place beside the gutter."""
        return QRectF(self.area().left(), lane.top, self.area().width(), lane.height)

    @staticmethod
    def wider(lane: QRectF) -> QRectF:
        """A lane with the margins on both sides."""
        return lane.adjusted(-MARGIN_PX, 0, MARGIN_PX, 0)

    def face_at(self, at: QPointF) -> FaceTrack | None:
        """The face whose lane lies under a point."""
        number = self.lanes().face_number(at.y())
        return None if number is None else self.faces()[number]

    def marker_at(self, at: QPointF) -> Marker | None:
        """The marker whose flag lies under a point."""
        if not self.lanes().marker_lane.holds(at.y()):
            return None
        return marker_at(self.markers(), self.scale, at.x() - self.area().left())

    def edit_marker(self, marker: Marker) -> None:
        """Show a marker's name, colour and note for changing."""
        x = self.area().left() + self.scale.x(marker.frame + 0.5)
        at = self.mapToGlobal(QPointF(x, self.lanes().marker_lane.top).toPoint())
        where = tr(
            "Marker on frame {frame}, {timecode}", frame=marker.frame, timecode=self.playhead.timecode(marker.frame)
        )
        self.marker_form.show_marker(marker, where, at)

    def frame_at(self, at: QPointF) -> int:
        """The plate frame under a point, held inside the plate."""
        frame = self.scale.frame(at.x() - self.area().left())
        return min(max(frame, 0), max(0, self.playhead.frames - 1))

    def sizeHint(self) -> QSize:
        return QSize(900, RULER_PX + FACE_PX + SIGNALS_PX)

    def minimumSizeHint(self) -> QSize:
        """Down to the lane of the first face, whatever lies above it."""
        return QSize(300, self.lanes().face_lane(1).top + _UNDER_FACE_PX)

    # Drawing

    def refresh(self) -> None:
        """Draw everything anew; a playhead that moves needs only `update`."""
        self.kept.forget()
        if self.minimumSizeHint() != self._least:
            self._least = self.minimumSizeHint()
            self.updateGeometry()
        self.update()

    def _show_marks(self) -> None:
        """What is selected or lit is another."""
        self.kept.forget_lane()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.playhead.frames:
            painter.fillRect(self.rect(), colours.grey(38))
            return
        self.kept.draw(painter)
        area = self.area()
        painter.setClipRect(self.wider(area))
        draw_cache_bar(painter, self.ruler(), self.scale, self._ready)
        draw_range(painter, self.ruler(), area, self.scale, self.playhead)
        draw_playhead(painter, self.ruler(), area, self.scale, self.playhead.frame)
        self._playhead_drawn = self.playhead.frame
        painter.setClipping(False)
        draw_drop(painter, self, self.drops.over)
        if self.box is not None:
            painter.setClipRect(self.wider(area))
            painter.setPen(QPen(colours.ACCENT, 1))
            painter.setBrush(colours.SPAN)
            painter.drawRect(self.box)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.playhead.frames and event.button() != Qt.MouseButton.RightButton:
            if event.position().x() < GUTTER_PX:
                face = self.face_at(event.position())
                if face is not None:
                    self.selection.select((), face.id)
                return
            self._drag = begin_drag(self, event)
            self._drag.move(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        marker = self.marker_at(event.position())
        if marker is not None:
            self.edit_marker(marker)
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag.move(event)
        elif self.trial.is_open:
            grips = grips_threshold(self.signal_lane(), event.position(), self.trial)
            self.setCursor(Qt.CursorShape.SizeVerCursor if grips else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            drag, self._drag = self._drag, None
            drag.end(event)
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.cancel()
            self.refresh()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.2 ** (delta.y() / 120), event.position().x() - self.area().left())
        else:
            self.scroll_by(-(delta.x() or delta.y()) * 0.6)

    def scroll_by(self, pixels: float) -> None:
        self._put_scale(self.scale.scrolled(pixels, self.playhead.frames, self.area().width()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        marker = self.marker_at(QPointF(event.pos()))
        if marker is not None:
            marker_menu(self, marker).popup(event.globalPos())
        elif self.signal_lane().top() <= event.pos().y() and self.traces.channels:
            signal_menu(self, self.traces).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fits:
            self.fit()
        else:
            self._put_scale(self.scale.inside(self.playhead.frames, self.area().width()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = told_at(self, QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
