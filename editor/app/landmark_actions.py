"""What keys and menus do to corrections of landmarks: the tool, taking back, copying to the keyframes beside."""

from collections.abc import Callable

from editor.app.window import Window
from editor.document import landmark_steps
from editor.language.translation import tr
from editor.playback.stepping import neighbour

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
            "landmark.copy_to_next": lambda: self._copy(1),
            "landmark.copy_to_previous": lambda: self._copy(-1),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        self._window.actions_by_id["landmark.correct_parts"].setChecked(self._window.landmarks.active)

    def _reset(self, part: str | None) -> None:
        w = self._window
        if w.selection.face is not None:
            landmark_steps.reset(w.document, w.selection.face.id, part, w.landmarks.where)

    def _copy(self, direction: int) -> None:
        """Correct the keyframe beside as this frame is, and go there."""
        w = self._window
        face, frame = w.selection.face, w.playhead.frame
        if face is None:
            return
        to = neighbour(face.keyframes, frame, direction)
        if to is None:
            w.notices.tell("note", tr("There is no keyframe on that side."))
        elif landmark_steps.copy(w.document, face.id, frame, to):
            w.playhead.go(to)
