"""What is known of the plate that is shown, beside its faces: where shots begin, and its sound."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from editor.timeline.sound_outline import SoundOutline
from pipeline.project.approval import shots_between


class PlateRecord(QObject):
    """Filled by the worker's answers; empty after another project was opened."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._cuts: tuple[int, ...] = ()
        self.knows_cuts = False
        """Whether the plate was looked through for cuts."""
        self._sound: SoundOutline | None = None
        document.opened.connect(self._start_over)

    @property
    def cuts(self) -> tuple[int, ...]:
        """Frames that begin a shot, ascending; the first frame isn't among them."""
        return self._cuts

    @property
    def sound(self) -> SoundOutline | None:
        """The plate's sound; None: nothing is to be heard, or nothing is known yet."""
        return self._sound

    def shots(self) -> list[range]:
        """The plate's shots; one while nothing is known of its cuts."""
        plate = self._document.plate
        return [] if plate is None else shots_between(self._cuts, plate.frames)

    def put_sound(self, plate: str, sound: SoundOutline | None) -> None:
        """What is heard in a plate."""
        if self._is_shown(plate):
            self._sound = sound
            self.changed.emit()

    def put_cuts(self, plate: str, cuts: Sequence[int]) -> None:
        """Where shots of a plate begin."""
        if self._is_shown(plate):
            self._cuts, self.knows_cuts = tuple(sorted(each for each in cuts if each > 0)), True
            self.changed.emit()

    def _is_shown(self, plate: str) -> bool:
        shown = self._document.plate
        return shown is not None and shown.id == plate

    def _start_over(self) -> None:
        self._cuts, self.knows_cuts = (), False
        self._sound = None
        self.changed.emit()
