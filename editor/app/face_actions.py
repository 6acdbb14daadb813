"""What keys and menus do to faces: which one is worked on, split, left alone."""

from collections.abc import Callable, Sequence

from editor.app.window import Window
from editor.document import face_steps
from editor.language.translation import tr

Handler = Callable[[], object]


class FaceActions:
    """Handlers of the actions about faces."""

    def __init__(self, window: Window) -> None:
        self._window = window
        window.bridge.course_found.connect(self._balance)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "face.go_previous": lambda: self._go(-1),
            "face.go_next": lambda: self._go(1),
            "face.split_here": self._split,
            "face.toggle_ignored": self._toggle_ignored,
            "face.set_balance": self._want_course,
            "face.remove_balance": self._remove_balance,
        }

    def _go(self, direction: int) -> None:
        """Work on the face before or after this one, round and round."""
        w = self._window
        faces, face = w.document.project.faces, w.selection.face
        if face is not None:
            number = [each.id for each in faces].index(face.id)
            w.selection.select([w.playhead.frame], faces[(number + direction) % len(faces)].id)

    def _split(self) -> None:
        """Part the face before the playhead; the part that begins there is the one worked on."""
        w = self._window
        face, frame = w.selection.face, w.playhead.frame
        if face is None:
            return
        row = next((each for each in w.cast.rows() if each.face is not None and each.face.id == face.id), None)
        if row is not None and row.runs and not row.runs[0][0] < frame < row.runs[-1][1]:
            first, last = row.runs[0][0], row.runs[-1][1] - 1
            w.document.refused.emit(
                tr(
                    "{id} is seen in frames {first} to {last}, so it can't be split at {frame}: put the "
                    "playhead between, on the first frame of the other person.",
                    id=face.id,
                    first=first,
                    last=last,
                    frame=frame,
                )
            )
            return
        known = {each.id for each in w.document.project.faces}
        if face_steps.split(w.document, face.id, frame, w.cast.main_tracks(w.document.project).get(face.id)):
            new = next(each for each in w.document.project.faces if each.id not in known)
            w.selection.select([frame], new.id)

    def _want_course(self) -> None:
        w = self._window
        face = w.selection.face
        if w.traces.buckets is None:
            w.notices.tell(
                "note", tr("The plate isn't analysed yet, and balance follows the expression measured there.")
            )
        elif face is not None:
            w.bridge.want_course(face.id)

    def _balance(self, face: str, course: Sequence[tuple[int, float]]) -> None:
        w = self._window
        frames, strength = [frame for frame, _ in course], [value for _, value in course]
        if not face_steps.balance(w.document, face, frames, strength):
            w.notices.tell(
                "note", tr("{face} stays as it is: it is balanced already, or every key is your own.", face=face)
            )

    def _remove_balance(self) -> None:
        w = self._window
        face = w.selection.face
        if face is not None and not face_steps.unbalance(w.document, face.id):
            w.notices.tell("note", tr("{id} has no keys of a balance.", id=face.id))

    def _toggle_ignored(self) -> None:
        face = self._window.selection.face
        if face is not None:
            face_steps.ignore(self._window.document, face.id, not face.ignored)
