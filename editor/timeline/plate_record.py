"""What is known of the plate that is shown, beside its faces: where shots begin."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from editor.document.document import Document


class PlateRecord(QObject):
    """Filled by the worker's answers; empty after another project was opened."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._cuts: tuple[int, ...] = ()
        document.opened.connect(self._start_over)

    @property
    def cuts(self) -> tuple[int, ...]:
        """Frames that begin a shot, ascending; the first frame isn't among them."""
        return self._cuts

    def put_cuts(self, plate: str, cuts: Sequence[int]) -> None:
        """Where shots of a plate begin."""
        shown = self._document.plate
        if shown is not None and shown.id == plate:
            self._cuts = tuple(sorted(each for each in cuts if each > 0))
            self.changed.emit()

    def _start_over(self) -> None:
        self._cuts = ()
        self.changed.emit()
