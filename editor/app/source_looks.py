"""Files that become sources of identities: hashed in the background, and looked at by the program's own command."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.app.own_command import OwnCommand
from editor.document.document import Document
from editor.language.translation import tr
from editor.panels.source_marks import SourceMark, SourceMarks
from pipeline.project.project import Source
from pipeline.project.storage import file_sha256, media_path, stored_path


class SourceLooks(QObject):
    """Tells `marks` what sources show, one look at a time; makes sources of files."""

    read = Signal(str, object)
    """For whom files were to be read, and the `Source` of each."""
    failed = Signal(str)
    """A file that can't be read, in a sentence."""

    def __init__(self, document: Document, marks: SourceMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._marks = document, marks
        self._queue: list[Source] = []
        self._folder: TemporaryDirectory[str] | None = None
        self._command = OwnCommand(self)
        self._command.answered.connect(self._answered)
        self._command.failed.connect(self._failed)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sources")
        marks.wanted.connect(self._want)

    def read_files(self, whom: str, paths: Sequence[Path]) -> None:
        """Make sources of files; `read` follows, with the same `whom`."""
        project_file = self._document.path
        if project_file is not None:
            self._thread.submit(self._read, whom, tuple(paths), project_file)

    @property
    def busy(self) -> bool:
        """Whether something is being looked at."""
        return bool(self._queue)

    def close(self) -> None:
        """End what is under way."""
        self._queue.clear()
        self._command.stop()
        self._drop_folder()
        self._thread.shutdown(wait=True)

    def _read(self, whom: str, paths: Sequence[Path], project_file: Path) -> None:
        try:
            found = tuple(Source(path=stored_path(each, project_file), sha256=file_sha256(each)) for each in paths)
        except OSError as error:
            self.failed.emit(
                tr("{filename} can't be read: {strerror}.", filename=error.filename, strerror=error.strerror)
            )
        else:
            self.read.emit(whom, found)

    def _want(self, source: Source) -> None:
        self._queue.append(source)
        if len(self._queue) == 1:
            self._look()

    def _look(self) -> None:
        project_file = self._document.path
        if project_file is None:
            self._queue.clear()
        elif self._queue:
            source = self._queue[0]
            path = str(media_path(source.path, project_file))
            self._folder = TemporaryDirectory(prefix="likeness-sources-")
            page = Path(self._folder.name) / "faces.png"
            argument = path if source.frame is None else f"{path}@{source.frame}"
            # The picture of whoever got the photo is being drawn at the same time, and comes first.
            self._command.run(["sources", "--json", "-o", str(page), "--", argument], yielding=True)

    def _answered(self, answer: Mapping[str, Any]) -> None:
        faces = [
            SourceMark(each["width_px"], each["yaw_degrees"], each["why_not"] or "") for each in answer.get("views", ())
        ]
        source = self._ended()
        if source is not None:
            self._marks.take(source, faces)
        self._look()

    def _failed(self, words: str) -> None:
        source = self._ended()
        if source is not None:
            self._marks.fail(source, words)
        self._look()

    def _drop_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _ended(self) -> Source | None:
        self._drop_folder()
        return self._queue.pop(0) if self._queue else None
