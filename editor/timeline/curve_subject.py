"""What the curve editor is about: one parameter of the face in hand, and the key of its curve that is chosen."""

from PySide6.QtCore import QObject, Signal

from editor.document import curve_steps
from editor.document.document import Document
from editor.document.selection import Selection
from editor.playback.playhead import Playhead
from pipeline.project.curve import Curve, Interpolation, Key, index_of
from pipeline.project.key_edits import value_of
from pipeline.project.parameter_table import PARAMETERS, Parameter, parameter_named
from pipeline.project.project import FaceTrack

FIRST = "expression"
"""What is shown of a face without curves."""


class CurveSubject(QObject):
    """Panel, plot and actions share it. Everything it changes goes through the document."""

    changed = Signal()
    """Parameter, chosen key, curves or what is shown of them."""

    def __init__(
        self, document: Document, selection: Selection, playhead: Playhead, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.document, self.selection, self.playhead = document, selection, playhead
        self.parameter = parameter_named(FIRST)
        self.shows_others = False
        self._picked: int | None = None
        self._told: Key | None = None
        """The key that was chosen when it was last said what is."""
        document.opened.connect(self._start_over)
        document.changed.connect(self._keep_what_exists)
        selection.changed.connect(self._keep_what_exists)
        playhead.moved.connect(self._follow)
        self.changed.connect(self._remember)

    @property
    def face(self) -> FaceTrack | None:
        return self.selection.face

    @property
    def curve(self) -> Curve | None:
        face = self.face
        return None if face is None else face.curves.get(self.parameter.name)

    @property
    def keyed(self) -> list[Parameter]:
        """The parameters of the face that have a curve, in the order of the table."""
        face = self.face
        return [] if face is None else [each for name, each in PARAMETERS.items() if name in face.curves]

    @property
    def key(self) -> Key | None:
        """The chosen key; with none chosen, the one at the playhead."""
        curve = self.curve
        if curve is None:
            return None
        i = index_of(curve.keys, self.playhead.frame if self._picked is None else self._picked)
        return None if i is None else curve.keys[i]

    def value(self, frame: int) -> float:
        """The parameter's value at a plate frame; its default without a face."""
        face = self.face
        return self.parameter.default if face is None else value_of(face, self.parameter, frame)

    def choose(self, parameter: Parameter) -> None:
        """Edit another parameter's curve."""
        if parameter != self.parameter:
            self.parameter, self._picked = parameter, None
            self.changed.emit()

    def pick(self, frame: int | None) -> None:
        """Choose the key on a frame, or none."""
        if frame != self._picked:
            self._picked = frame
            self.changed.emit()

    def toggle_others(self) -> None:
        self.shows_others = not self.shows_others
        self.changed.emit()

    def go(self, direction: int) -> None:
        """To the key after the playhead (1) or before it (-1), which is chosen then."""
        here = self.playhead.frame
        frames = () if self.curve is None else self.curve.frames
        beyond = [each for each in frames if (each - here) * direction > 0]
        if beyond:
            frame = min(beyond, key=lambda each: abs(each - here))
            self.playhead.go(frame)
            self.pick(frame)

    def add(self, frame: int) -> None:
        """A key where the curve is; it is chosen."""
        face = self.face
        if face is not None:
            curve_steps.add(self.document, face.id, self.parameter, frame)
            self.pick(frame)

    def remove(self) -> None:
        """Take the chosen key away."""
        face, key = self.face, self.key
        if face is not None and key is not None:
            curve_steps.remove(self.document, face.id, self.parameter, key.frame)

    def interpolate(self, interpolation: Interpolation) -> None:
        face, key = self.face, self.key
        if face is not None and key is not None:
            curve_steps.interpolate(self.document, face.id, self.parameter, key.frame, interpolation)

    def put(self, frame: int, value: float) -> None:
        """The chosen key on another frame, with another value."""
        face, key = self.face, self.key
        if face is None or key is None:
            return
        if curve_steps.move(self.document, face.id, self.parameter, key.frame, frame, value):
            self.pick(frame)

    def _start_over(self) -> None:
        self._picked = None
        self.parameter = next(iter(self.keyed), parameter_named(FIRST))
        self.changed.emit()

    def _keep_what_exists(self) -> None:
        curve = self.curve
        if self._picked is not None and (curve is None or self._picked not in curve.frames):
            self._picked = None
        self.changed.emit()

    def _follow(self) -> None:
        """The playhead chooses a key, or lets go of one."""
        if self.key != self._told:
            self.changed.emit()

    def _remember(self) -> None:
        self._told = self.key
