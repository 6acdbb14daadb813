"""The playhead under a pressed mouse: it follows the pointer, and past an edge the timeline scrolls on under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from editor.timeline.frame_scale import snapped

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView

_STEP_MS = 16
_SPEED = 12.0
"""Pixels a second that the timeline scrolls, for every pixel that the pointer is past its edge."""
_LONGEST_STEP_S = 0.1
"""No more is made up for when drawing falls behind."""


class Scrub:
    """A gesture that never takes the playhead out of sight. `targets`: frames it snaps to, unless Shift is held."""

    def __init__(self, view: TimelineView, targets: list[int]) -> None:
        self._view, self._targets, self._from = view, targets, view.playhead.frame
        self._at = QPointF()
        self._snaps = False
        self._since = QElapsedTimer()
        self._timer = QTimer(view)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._scroll_on)

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        self._snaps = self._view.snaps and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._put()
        if not self._past():
            self._timer.stop()
        elif not self._timer.isActive():
            self._since.start()
            self._timer.start()

    def end(self, event: QMouseEvent) -> None:
        self._stop()
        self._view.playhead.drop()

    def cancel(self) -> None:
        self._stop()
        self._view.playhead.go(self._from)

    def _stop(self) -> None:
        self._timer.stop()
        self._timer.deleteLater()

    def _past(self) -> float:
        """Pixels from the edge to the pointer: below 0 left of the frames in sight, above 0 right of them, else 0."""
        area, x = self._view.area(), self._at.x()
        return min(x - area.left(), 0.0) + max(x - area.right(), 0.0)

    def _put(self) -> None:
        """The playhead where the pointer is; past an edge, on the last whole frame before it."""
        view, past = self._view, self._past()
        whole = view.scale.whole(view.playhead.frames, view.area().width())
        if past and whole:
            frame = whole[0] if past < 0 else whole[-1]
        else:
            frame = view.frame_at(self._at)
        if self._snaps:
            frame = snapped(frame, self._targets, view.scale, 4.0)
        # A frame that an edge cuts is brought in whole, and stays under the pointer.
        self._scroll(view.scale.hidden_px(frame, view.area().width()))
        view.playhead.drag(frame)

    def _scroll_on(self) -> None:
        seconds = min(self._since.restart() / 1000, _LONGEST_STEP_S)
        self._scroll(self._past() * _SPEED * seconds)
        self._put()

    def _scroll(self, pixels: float) -> None:
        """Nothing is drawn anew at the plate's ends."""
        view = self._view
        if view.scale.scrolled(pixels, view.playhead.frames, view.area().width()) != view.scale:
            view.scroll_by(pixels)
