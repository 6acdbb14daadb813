"""What keys and menus do to corrections of landmarks: the tool, taking back, copying to the keyframes beside."""

from collections.abc import Callable

from editor.app.copy_beside import copy_beside
from editor.app.window import Window
from editor.document import landmark_steps

Handler = Callable[[], object]


class LandmarkActions:
    """Handlers of the actions about corrections of landmarks."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        tool = self._window.landmarks
        return {
            "landmark.correct_parts": tool.toggle,
            "landmark.reset_part": lambda: self._reset(tool.part),
            "landmark.reset_frame": lambda: self._reset(None),
            "landmark.copy_to_next": lambda: copy_beside(self._window, 1, landmark_steps.copy),
            "landmark.copy_to_previous": lambda: copy_beside(self._window, -1, landmark_steps.copy),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        self._window.actions_by_id["landmark.correct_parts"].setChecked(self._window.landmarks.active)

    def _reset(self, part: str | None) -> None:
        w = self._window
        if w.selection.face is not None:
            landmark_steps.reset(w.document, w.selection.face.id, part, w.landmarks.where)
