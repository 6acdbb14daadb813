"""The tools that work on the picture itself, and their actions: one of them is on at a time."""

from collections.abc import Callable

from editor.app.landmark_actions import LandmarkActions
from editor.app.matte_actions import MatteActions
from editor.app.window import Window
from editor.viewer.landmark_tool import LandmarkTool
from editor.viewer.matte_brush import MatteBrush

Handler = Callable[[], object]


class ToolActions:
    """Handlers of the actions about landmarks and mattes."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._landmarks, self._matte = LandmarkActions(window), MatteActions(window)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        landmarks, brush = self._window.landmarks, self._window.brush
        return {
            **self._landmarks.handlers(),
            **self._matte.handlers(),
            "landmark.correct_parts": lambda: _toggle(landmarks, brush),
            "matte.paint_strokes": lambda: _toggle(brush, landmarks),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        self._landmarks.show_states()
        self._matte.show_states()


def _toggle(tool: LandmarkTool | MatteBrush, other: LandmarkTool | MatteBrush) -> None:
    if other.active:
        other.toggle()
    tool.toggle()
