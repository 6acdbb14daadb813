"""What keys and menus do to markers, and the steps from cut to cut."""

from collections.abc import Callable, Iterable

from editor.app.window import Window
from editor.document.marker_steps import delete_marker, set_marker
from editor.playback.stepping import neighbour_frame
from pipeline.project.marker import Marker

Handler = Callable[[], object]


class MarkerActions:
    """Handlers of the actions about markers and shots."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "marker.add_here": self._add,
            "marker.remove_here": self._remove,
            "marker.go_previous": lambda: self._go((each.frame for each in self._window.timeline.markers()), -1),
            "marker.go_next": lambda: self._go((each.frame for each in self._window.timeline.markers()), 1),
            "transport.previous_cut": lambda: self._go((0, *self._window.record.cuts), -1),
            "transport.next_cut": lambda: self._go(self._window.record.cuts, 1),
        }

    def _here(self) -> Marker | None:
        frame = self._window.playhead.frame
        return next((each for each in self._window.timeline.markers() if each.frame == frame), None)

    def _add(self) -> None:
        """A marker under the playhead; where one is, its name and note."""
        marker = self._here()
        if marker is None:
            set_marker(self._window.document, self._window.playhead.frame)
        else:
            self._window.transport.stop()
            self._window.timeline.edit_marker(marker)

    def _remove(self) -> None:
        marker = self._here()
        if marker is not None:
            delete_marker(self._window.document, marker)

    def _go(self, frames: Iterable[int], direction: int) -> None:
        w = self._window
        w.transport.stop()
        frame = neighbour_frame(frames, w.playhead.frame, direction)
        if frame is not None:
            w.playhead.go(frame)
