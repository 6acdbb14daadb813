"""What is done again from in to out: finding keyframes, and rendering."""

from collections.abc import Callable

from editor.app.window import Window
from editor.language.translation import tr

Handler = Callable[[], object]


class RangeActions:
    """Handlers of the actions that mean the range from in to out."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"project.analyse_range": self._analyse, "project.render_range": self._render}

    def _analyse(self) -> None:
        if self._is_marked():
            self._window.session.look_closer(self._window.playhead.span)

    def _render(self) -> None:
        if self._is_marked():
            self._window.bring_panel("jobs")
            self._window.export.order_range()

    def _is_marked(self) -> bool:
        """Whether a range is marked; it is said where none is."""
        playhead = self._window.playhead
        marked = playhead.in_point is not None or playhead.out_point is not None
        if not marked:
            self._window.notices.tell("warning", tr("No range is marked: set in and out first, with I and O."))
        return marked
