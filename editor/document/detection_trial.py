"""Options of detection while they are tried: what they would find, beside the keyframes that are there."""

from collections.abc import Mapping

from msgspec import structs
from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from editor.document.selection import Selection
from pipeline.ipc.messages import DetectionTried
from pipeline.project.detection import DetectionOptions
from pipeline.project.keyframe_edits import merge_proposals


class DetectionTrial(QObject):
    """The options in hand, whether they are being tried, and what was found with them for the face in hand."""

    options_changed = Signal()
    """Other options are tried, or the trial was begun or ended."""
    found_changed = Signal()
    applied = Signal()
    """Keyframes are to be found with these options."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        options: DetectionOptions | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._options = options or DetectionOptions()
        self._open = False
        self._found: DetectionTried | None = None
        document.opened.connect(self.end)

    @property
    def options(self) -> DetectionOptions:
        return self._options

    @property
    def is_open(self) -> bool:
        """Whether options are being tried."""
        return self._open

    @property
    def found(self) -> DetectionTried | None:
        """What came last for the face in hand; None where nothing did, or nothing is tried."""
        face = self._selection.face
        if not self._open or self._found is None or face is None or self._found.face != face.id:
            return None
        return self._found

    def begin(self) -> None:
        """Try options from now on."""
        if not self._open:
            self._open = True
            self.options_changed.emit()

    def end(self) -> None:
        """Try no more; the keyframes stay as they are."""
        if self._open:
            self._open, self._found = False, None
            self.options_changed.emit()
            self.found_changed.emit()

    def change(self, **fields: object) -> None:
        """Try other options; those that aren't named stay."""
        options = structs.replace(self._options, **fields)
        if options != self._options:
            self._options = options
            self.options_changed.emit()

    def put(self, found: DetectionTried) -> None:
        """What the worker found; of options that are tried no more, nothing is kept."""
        if self._open and found.options == self._options:
            self._found = found
            self.found_changed.emit()

    def apply(self) -> None:
        """Have keyframes found with these options, for all faces; ends the trial."""
        self.end()
        self.applied.emit()

    def changes(self) -> Mapping[int, bool]:
        """By frame, whether a keyframe would come there (True) or go (False); what a person touched stays."""
        face, found = self._selection.face, self.found
        if face is None or found is None:
            return {}
        before = {each.frame for each in face.keyframes}
        after = {each.frame for each in merge_proposals(face, found.proposals).keyframes}
        return {frame: frame in after for frame in sorted(before ^ after)}
