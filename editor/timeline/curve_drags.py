"""What a pressed mouse does in the curve editor, one class a gesture: begun with the press, ended or called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from editor.document import curve_steps
from editor.language.translation import tr
from editor.timeline.curve_shape import HandlePoint
from editor.timeline.frame_scale import snapped
from pipeline.project.curve import Key

if TYPE_CHECKING:
    from editor.timeline.curve_plot import CurvePlot
    from editor.timeline.drags import Drag

_CLICK_PX = 3.0


def begin_curve_drag(plot: CurvePlot, event: QMouseEvent) -> Drag:
    """The gesture that a press begins: a handle, a key, else the playhead."""
    at = event.position()
    handle = plot.handle_at(at)
    if handle is not None:
        return _PullHandle(plot, handle, at)
    key = plot.key_at(at)
    if key is not None:
        plot.subject.pick(key.frame)
        return _MoveKey(plot, key, at)
    plot.subject.pick(None)
    return _Scrub(plot)


class _Scrub:
    """The playhead follows the pointer."""

    def __init__(self, plot: CurvePlot) -> None:
        self._plot, self._from = plot, plot.subject.playhead.frame

    def move(self, event: QMouseEvent) -> None:
        self._plot.subject.playhead.drag(round(self._plot.frame_at(event.position())))

    def end(self, event: QMouseEvent) -> None:
        self._plot.subject.playhead.drop()

    def cancel(self) -> None:
        self._plot.subject.playhead.go(self._from)


class _MoveKey:
    """The key follows the pointer, from frame to frame and inside its bounds, as one undo step.

    With Shift it moves either in time or in value, whichever is further. It snaps to keyframes and the playhead where
    the timeline does. A click goes to the key.
    """

    def __init__(self, plot: CurvePlot, key: Key, at: QPointF) -> None:
        self._plot, self._key, self._at = plot, key, at
        subject = plot.subject
        self._moved = False
        self._gesture = subject.document.begin_gesture()
        curve = subject.curve
        assert curve is not None
        self._room = curve_steps.room(curve, curve.frames.index(key.frame), subject.playhead.frames)

    def move(self, event: QMouseEvent) -> None:
        by = event.position() - self._at
        if not self._moved and max(abs(by.x()), abs(by.y())) < _CLICK_PX:
            return
        self._moved = True
        plot, key = self._plot, self._key
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = QPointF(by.x(), 0) if abs(by.x()) > abs(by.y()) else QPointF(0, by.y())
        frame = key.frame + round(by.x() * plot.frames_per_px)
        if plot.timeline.snaps and frame != key.frame:
            frame = snapped(frame, self._targets(), plot.timeline.scale, 5.0)
        frame = min(max(frame, self._room.start), self._room.stop - 1)
        self._put(frame, key.value - by.y() * plot.values_per_px)

    def end(self, event: QMouseEvent) -> None:
        if not self._moved:
            self._plot.subject.playhead.go(self._key.frame)

    def cancel(self) -> None:
        self._plot.subject.document.edit(tr("Key"), lambda project: project, self._gesture)
        self._plot.subject.pick(self._key.frame)

    def _targets(self) -> list[int]:
        subject = self._plot.subject
        face = subject.face
        return [subject.playhead.frame, *(() if face is None else (each.frame for each in face.keyframes))]

    def _put(self, frame: int, value: float) -> None:
        subject = self._plot.subject
        face, key = subject.face, self._key
        if face is not None:
            curve_steps.move(subject.document, face.id, subject.parameter, key.frame, frame, value, self._gesture)
            subject.pick(frame)


class _PullHandle:
    """The handle follows the pointer, up to the next key and inside the bounds, as one undo step.

    The handle across turns with it, unless Alt is held.
    """

    def __init__(self, plot: CurvePlot, handle: HandlePoint, at: QPointF) -> None:
        self._plot, self._handle, self._at = plot, handle, at
        self._beside = plot.position(handle.frame, handle.value) - at
        self._moved = False
        self._gesture = plot.subject.document.begin_gesture()

    def move(self, event: QMouseEvent) -> None:
        if not self._moved and (event.position() - self._at).manhattanLength() < _CLICK_PX:
            return
        self._moved = True
        plot, handle, subject = self._plot, self._handle, self._plot.subject
        face, curve = subject.face, subject.curve
        if face is None or curve is None:
            return
        at = event.position() + self._beside
        i = curve.frames.index(handle.key_frame)
        span = abs(curve.frames[i + (1 if handle.side == "after" else -1)] - handle.key_frame)
        away = (plot.frame_at(at) - handle.key_frame) * (1 if handle.side == "after" else -1)
        rise = subject.parameter.held(plot.value_at(at)) - handle.key_value
        curve_steps.pull(
            subject.document,
            face.id,
            subject.parameter,
            handle.key_frame,
            handle.side,
            (min(max(away, 0.0), float(span)), rise),
            tied=not event.modifiers() & Qt.KeyboardModifier.AltModifier,
            gesture=self._gesture,
        )

    def end(self, event: QMouseEvent) -> None:
        pass

    def cancel(self) -> None:
        self._plot.subject.document.edit(tr("Handle"), lambda project: project, self._gesture)
