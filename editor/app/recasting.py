"""Photos that become faces: put onto a face, or added to an identity; what is doubtful about them is asked or said."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from editor.app.notices import Choice, Notices
from editor.app.source_looks import SourceLooks
from editor.document import identity_steps
from editor.document.document import Document
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.panels.source_marks import SourceMarks
from editor.panels.source_strip import is_whole_film
from pipeline.project.project import Source

_MOST_CHOICES = 6


class Recasting(QObject):
    """Recasts at once and looks at the photo meanwhile: the picture of it is there before what is said of it."""

    def __init__(
        self,
        document: Document,
        looks: SourceLooks,
        marks: SourceMarks,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._looks, self._marks, self._notices = document, looks, marks, notices
        self._told: set[Source] = set()
        looks.read.connect(self._read)
        looks.failed.connect(lambda words: notices.tell("error", words))
        marks.changed.connect(self._looked_at)

    def recast(self, face: str, paths: Sequence[Path]) -> None:
        """Put what the files show onto a face; its keys stay."""
        self._looks.read_files(f"face {face}", paths)

    def recast_track(self, track: int, paths: Sequence[Path]) -> None:
        """Put what the files show onto a track that no face takes."""
        self._looks.read_files(f"track {track}", paths)

    def add(self, identity: str, paths: Sequence[Path]) -> None:
        """Further sources of an identity."""
        self._looks.read_files(f"identity {identity}", paths)

    def _read(self, whom: str, sources: tuple[Source, ...]) -> None:
        if self._changed(whom, sources):
            for source in sources:
                if not is_whole_film(source):
                    self._told.add(source)
                    self._marks.want(source)
                    if self._marks.faces(source) or self._marks.failure(source):
                        self._looked_at(source)

    def _changed(self, whom: str, sources: tuple[Source, ...]) -> bool:
        kind, _, name = whom.partition(" ")
        plate = self._document.plate
        if kind == "track" and plate is not None:
            return identity_steps.recast_track(self._document, plate.id, int(name), sources)
        change = identity_steps.recast_face if kind == "face" else identity_steps.add
        return change(self._document, name, sources)

    def _looked_at(self, source: Source) -> None:
        """Say what stands against a photo that came in just now, and ask which of its faces is meant."""
        if source not in self._told:
            return
        self._told.remove(source)
        name, faces, mark = Path(source.path).name, self._marks.faces(source), self._marks.mark(source)
        failure = self._marks.failure(source) or (mark.why_not if mark is not None else "")
        if failure:
            self._notices.tell("error", tr("{failure} Ctrl+Z takes it back.", failure=translated(failure)))
        elif mark is None and faces:
            numbers = range(1, min(len(faces), _MOST_CHOICES) + 1)
            choices = tuple(Choice(str(number), partial(self._mean, source, number)) for number in numbers)
            self._notices.tell(
                "warning",
                tr(
                    "{name} shows {count} faces. Which one is meant, counted from the left?",
                    name=name,
                    count=len(faces),
                ),
                choices,
            )

    def _mean(self, source: Source, face: int) -> None:
        for identity in self._document.project.identities:
            if source in identity.sources:
                number = identity.sources.index(source)
                identity_steps.choose_face(self._document, identity.id, number, face)
