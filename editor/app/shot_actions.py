"""What keys and menus do with the shot under the playhead."""

from collections.abc import Callable

from editor.app.window import Window
from editor.document.shot_steps import approve_shot
from editor.language.translation import tr
from pipeline.project.approval import ShotReview

Handler = Callable[[], object]


class ShotActions:
    """Handlers of the actions about whole shots."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "shot.mark_range": self._mark_range,
            "shot.approve_next": self._approve_next,
            "shot.next_waiting": self._next_waiting,
        }

    def _here(self) -> ShotReview | None:
        frame = self._window.playhead.frame
        return next((each for each in self._window.shots.reviews() if frame in each.frames), None)

    def _mark_range(self) -> None:
        shot = self._here()
        if shot is not None:
            self._window.playhead.set_range(shot.frames.start, shot.frames.stop - 1)

    def _approve_next(self) -> None:
        w, shot = self._window, self._here()
        if shot is None:
            return
        if not shot.keyframes:
            w.notices.tell(
                "warning",
                tr(
                    "Shot {number} has no keyframes, and a shot is approved by them: set one on a frame that you "
                    "looked at.",
                    number=shot.number,
                ),
            )
            return
        if not shot.is_approved:
            approve_shot(w.document, shot)
        self._next_waiting()

    def _next_waiting(self) -> None:
        """To the first frame of the next shot that isn't approved, from the start again after the last one."""
        w = self._window
        w.transport.stop()
        waiting = [each.frames.start for each in w.shots.reviews() if each.keyframes and not each.is_approved]
        here = self._here()
        waiting = [start for start in waiting if here is None or start != here.frames.start] or waiting
        if not waiting:
            w.notices.tell("good", tr("Every shot that has keyframes is approved."))
            return
        w.playhead.go(next((start for start in waiting if start > w.playhead.frame), waiting[0]))
