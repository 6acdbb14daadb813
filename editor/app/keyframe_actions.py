"""What keys and menus do to keyframes: stepping, setting, review, copies, moves."""

from collections.abc import Callable

from editor.app.window import Window
from editor.document import edits
from editor.language.translation import tr
from editor.playback.draft_figures import AU_ERROR
from editor.playback.stepping import neighbour, next_open, next_worst
from pipeline.project.keyframe import Keyframe, Status
from pipeline.project.keyframe_moves import CopiedKeyframe, copied_keyframes

Handler = Callable[[], object]


class KeyframeActions:
    """Handlers of the actions about keyframes; holds the keys that were copied."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._copied: tuple[CopiedKeyframe, ...] = ()

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "edit.cut_keys": self._cut,
            "edit.copy_keys": self._copy,
            "edit.paste_keys": self._paste,
            "edit.delete_keyframes": self._delete,
            "keyframe.go_previous": lambda: self._go_keyframe(-1),
            "keyframe.go_next": lambda: self._go_keyframe(1),
            "keyframe.toggle_here": self._toggle_keyframe,
            "keyframe.approve_next": self._approve_next,
            "keyframe.next_worst": lambda: self._go_worst(1),
            "keyframe.previous_worst": lambda: self._go_worst(-1),
            "keyframe.sort_worst": self._window.table.show_worst_first,
            "keyframe.mark_open": lambda: self._mark("open"),
            "keyframe.mark_approved": lambda: self._mark("approved"),
            "keyframe.mark_needs_work": lambda: self._mark("needs_work"),
            "keyframe.accept_correction": self._accept,
            "keyframe.copy_to_next": lambda: self._copy_to(1),
            "keyframe.copy_to_previous": lambda: self._copy_to(-1),
            "keyframe.nudge_back": lambda: self._nudge(-1),
            "keyframe.nudge_forward": lambda: self._nudge(1),
        }

    def select_here(self) -> None:
        """Select the keyframe under the playhead, or none."""
        self._window.selection.select([self._window.playhead.frame])

    def follow(self) -> None:
        """The same with every move, unless several are selected; keyframes that playing passes by are left alone."""
        w = self._window
        if len(w.selection.frames) <= 1:
            w.selection.select(() if w.transport.playing else (w.playhead.frame,))

    def _keyframes(self) -> tuple[Keyframe, ...]:
        face = self._window.selection.face
        return () if face is None else face.keyframes

    def _go_keyframe(self, direction: int) -> None:
        w = self._window
        w.transport.stop()
        frame = neighbour(self._keyframes(), w.playhead.frame, direction)
        if frame is not None:
            w.playhead.go(frame)
            self.select_here()

    def _toggle_keyframe(self) -> None:
        face = self._window.selection.face
        if face is not None:
            edits.toggle_keyframe(self._window.document, face.id, self._window.playhead.frame)

    def _mark(self, status: Status) -> None:
        w = self._window
        if w.selection.face is not None:
            edits.review(w.document, w.selection.face.id, w.selection.frames, status)

    def _approve_next(self) -> None:
        w = self._window
        self._mark("approved")
        frame = next_open(self._keyframes(), w.playhead.frame)
        if frame is None:
            w.notices.tell("good", tr("Every keyframe of this face is approved."))
        else:
            w.playhead.go(frame)
            self.select_here()

    def _go_worst(self, direction: int) -> None:
        w = self._window
        w.transport.stop()
        face = None if w.selection.face is None else w.selection.face.id
        waiting = [each.frame for each in self._keyframes() if each.status != "approved"]
        found = {frame: w.figures.figure(face, AU_ERROR, frame) for frame in waiting}
        errors = {frame: figure.value for frame, figure in found.items() if figure is not None}
        frame = next_worst(errors, w.playhead.frame, direction)
        if frame is None:
            w.notices.tell("note", tr("No keyframe that waits for review is measured yet; it is done while you rest."))
        else:
            w.playhead.go(frame)
            self.select_here()

    def _accept(self) -> None:
        w = self._window
        if w.selection.face is not None:
            edits.accept_corrections(w.document, w.selection.face.id, w.selection.frames)

    def _copy(self) -> bool:
        w = self._window
        face = w.selection.face
        copied = () if face is None else copied_keyframes(face, w.selection.frames)
        if not copied:
            w.notices.tell("warning", tr("The selected keyframes hold no keys: change a value there first."))
            return False
        self._copied = copied
        return True

    def _cut(self) -> None:
        if self._copy():
            self._delete()

    def _paste(self) -> None:
        w = self._window
        if not self._copied:
            w.notices.tell("warning", tr("No keys were copied: select keyframes that hold keys, and copy them."))
        elif w.selection.face is not None:
            edits.paste(w.document, w.selection.face.id, self._copied, w.playhead.frame)
            w.selection.select(w.playhead.frame + each.offset for each in self._copied)

    def _copy_to(self, direction: int) -> None:
        w = self._window
        face, frames = w.selection.face, w.selection.frames
        if face is None or not frames:
            return
        frame = neighbour(face.keyframes, frames[-1] if direction > 0 else frames[0], direction)
        copied = copied_keyframes(face, frames[-1:] if direction > 0 else frames[:1])
        if frame is None or not copied:
            w.notices.tell("warning", tr("There is nothing to copy: no keyframe on that side, or no key on this one."))
        elif edits.paste(w.document, face.id, copied, frame):
            w.playhead.go(frame)
            w.selection.select([frame])

    def _nudge(self, by: int) -> None:
        w = self._window
        face, frames = w.selection.face, w.selection.frames
        if face is not None and frames and edits.move(w.document, face.id, frames, by):
            w.selection.select(frame + by for frame in frames)
            if len(frames) == 1:
                w.playhead.go(frames[0] + by)

    def _delete(self) -> None:
        w = self._window
        if w.selection.face is not None:
            edits.remove_keyframes(w.document, w.selection.face.id, w.selection.frames)
