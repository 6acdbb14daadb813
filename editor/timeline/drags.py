"""What a pressed mouse does on the timeline, one class a gesture: begun with the press, ended or called off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from editor.document import edits
from editor.document.marker_steps import shift_marker
from editor.timeline.diamonds import keyframe_at, keyframes_between
from editor.timeline.frame_scale import snapped
from editor.timeline.scrub import Scrub
from editor.timeline.trial_lane import grips_threshold, sensitivity_at
from pipeline.project.keyframe_moves import copied_keyframes
from pipeline.project.marker import Marker

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView

_CLICK_PX = 4.0


class Drag(Protocol):
    """A gesture under way."""

    def move(self, event: QMouseEvent) -> None: ...
    def end(self, event: QMouseEvent) -> None: ...
    def cancel(self) -> None: ...


def begin_drag(view: TimelineView, event: QMouseEvent) -> Drag:
    """The gesture that a press begins: it depends on what lies under it."""
    at = event.position()
    if event.button() == Qt.MouseButton.MiddleButton:
        return _Pan(view, at)
    marker = view.marker_at(at)
    if marker is not None:
        return _MoveMarker(view, marker, at)
    face = view.face_at(at)
    if face is None and grips_threshold(view.signal_lane(), at, view.trial):
        return _MoveThreshold(view)
    if face is None:
        return Scrub(view, [*_landmarks(view), *(each.frame for each in view.markers())])
    left = view.area().left()
    keyframe = keyframe_at(face, view.scale, at.x() - left)
    if keyframe is None:
        view.selection.select(view.selection.frames if _adds(event) else (), face.id)
        early = keyframe_at(view.early.shown(face), view.scale, at.x() - left)
        return _Box(view, at, view.frame_at(at) if early is None else early.frame)
    in_hand = view.selection.face
    if in_hand is None or in_hand.id != face.id:
        view.selection.select((keyframe.frame,), face.id)
    elif _adds(event):
        view.selection.toggle(keyframe.frame)
    elif keyframe.frame not in view.selection.frames:
        view.selection.select((keyframe.frame,))
    return _MoveKeyframes(view, face.id, keyframe.frame, at)


def _adds(event: QMouseEvent) -> bool:
    modifiers = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    return bool(event.modifiers() & modifiers)


def _landmarks(view: TimelineView) -> list[int]:
    """Frames that a marker or the playhead is likely meant for: keyframes of the face in hand, and cuts."""
    face = view.selection.face
    return [*(() if face is None else (each.frame for each in face.keyframes)), *view.record.cuts]


class _MoveThreshold:
    """What a keyframe must be worth follows the pointer, while options of detection are tried."""

    def __init__(self, view: TimelineView) -> None:
        self._view, self._from = view, view.trial.options.sensitivity

    def move(self, event: QMouseEvent) -> None:
        self._view.trial.change(sensitivity=sensitivity_at(self._view.signal_lane(), event.position().y()))

    def end(self, event: QMouseEvent) -> None:
        pass

    def cancel(self) -> None:
        self._view.trial.change(sensitivity=self._from)


class _Pan:
    """The timeline follows the pointer."""

    def __init__(self, view: TimelineView, at: QPointF) -> None:
        self._view, self._x = view, at.x()

    def move(self, event: QMouseEvent) -> None:
        x = event.position().x()
        self._view.scroll_by(self._x - x)
        self._x = x

    def end(self, event: QMouseEvent) -> None:
        pass

    def cancel(self) -> None:
        pass


class _Box:
    """A rubber band that selects; a mere click moves the playhead to a frame."""

    def __init__(self, view: TimelineView, at: QPointF, frame: int) -> None:
        self._view, self._at, self._frame = view, at, frame
        self._kept = view.selection.frames

    def move(self, event: QMouseEvent) -> None:
        view, at = self._view, event.position()
        face = view.selection.face
        if abs(at.x() - self._at.x()) < _CLICK_PX or face is None:
            return
        view.box = QRectF(self._at, at).normalized()
        left = view.area().left()
        view.selection.select({*self._kept, *keyframes_between(face, view.scale, self._at.x() - left, at.x() - left)})
        view.update()

    def end(self, event: QMouseEvent) -> None:
        if self._view.box is None:
            self._view.playhead.go(self._frame)
        self._view.box = None

    def cancel(self) -> None:
        self._view.box = None
        self._view.selection.select(self._kept)


class _MoveKeyframes:
    """The selected keyframes follow the pointer as one undo step; with Alt they stay, and a copy of their keys is left.

    A click goes to the keyframe.
    """

    def __init__(self, view: TimelineView, face: str, grabbed: int, at: QPointF) -> None:
        self._view, self._face, self._grabbed, self._at = view, face, grabbed, at
        self._frames = view.selection.frames or (grabbed,)
        self._by = 0
        self._moved = False
        self._gesture = view.document.begin_gesture()
        track = view.document.face(face)
        known = set() if track is None else {each.frame for each in track.keyframes}
        self._staying = known - set(self._frames)

    def move(self, event: QMouseEvent) -> None:
        at = event.position()
        if not self._moved and abs(at.x() - self._at.x()) < _CLICK_PX:
            return
        self._moved = True
        by = self._distance(event)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._put(0)
            self._view.ghosts = tuple(frame + by for frame in self._frames)
        else:
            self._view.ghosts = ()
            self._put(by)
        self._view.refresh()

    def end(self, event: QMouseEvent) -> None:
        view = self._view
        if not self._moved:
            view.playhead.go(self._grabbed)
        elif view.ghosts:
            self._copy()
        view.ghosts = ()

    def cancel(self) -> None:
        self._put(0)
        self._view.ghosts = ()

    def _distance(self, event: QMouseEvent) -> int:
        view = self._view
        by = round((event.position().x() - self._at.x()) / view.scale.frame_px)
        by = min(max(by, -self._frames[0]), view.playhead.frames - 1 - self._frames[-1])
        if not view.snaps or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return by
        targets = [view.playhead.frame, view.playhead.span.start, view.playhead.span.stop - 1]
        return snapped(self._grabbed + by, targets, view.scale) - self._grabbed

    def _put(self, by: int) -> None:
        if by == self._by or any(frame + by in self._staying for frame in self._frames):
            return
        if edits.move(self._view.document, self._face, self._frames, by, self._gesture):
            self._by = by
            self._view.selection.select(frame + by for frame in self._frames)

    def _copy(self) -> None:
        view = self._view
        face = view.document.face(self._face)
        if face is not None:
            copied = copied_keyframes(face, self._frames)
            first = min(view.ghosts)
            if copied and edits.paste(view.document, self._face, copied, first):
                view.selection.select(view.ghosts)


class _MoveMarker:
    """A marker follows the pointer as one undo step; a click goes to it."""

    def __init__(self, view: TimelineView, marker: Marker, at: QPointF) -> None:
        self._view, self._marker, self._at = view, marker, at
        self._moved = False
        self._gesture = view.document.begin_gesture()
        self._taken = {each.frame for each in view.markers()} - {marker.frame}

    def move(self, event: QMouseEvent) -> None:
        view, at = self._view, event.position()
        if not self._moved and abs(at.x() - self._at.x()) < _CLICK_PX:
            return
        self._moved = True
        frame = view.frame_at(at)
        if view.snaps and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            frame = snapped(frame, [view.playhead.frame, *_landmarks(view)], view.scale)
        if frame not in self._taken:
            shift_marker(view.document, self._marker, frame, self._gesture)

    def end(self, event: QMouseEvent) -> None:
        if not self._moved:
            self._view.playhead.go(self._marker.frame)

    def cancel(self) -> None:
        shift_marker(self._view.document, self._marker, self._marker.frame, self._gesture)
