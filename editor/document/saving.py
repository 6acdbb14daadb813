"""Writing the project without holding up the window: one thread of its own, one save after the other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from editor.document.journal import remove_journal, write_journal
from pipeline.errors import LikenessError
from pipeline.project.project import Project
from pipeline.project.relink import media_of, relinked
from pipeline.project.storage import StoredProject, media_path, save_project, stored_path


class Saver(QObject):
    """Saves and journals the document. What it hands to its thread is immutable, so editing goes on meanwhile."""

    saved = Signal(object)
    """The `StoredProject` that is on the disk now."""
    saved_as = Signal(object)
    """The path of the file that holds a copy of the document now."""
    failed = Signal(str)
    """Why a save did not happen, in a sentence."""
    finished = Signal()
    """After every save, written or failed."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="save")
        self._journaled: Project | None = None
        self.saved.connect(document.mark_saved)
        document.opened.connect(self._forget)

    def save(self) -> None:
        """Write the document to its file; `saved` or `failed` follows."""
        path, stored = self._document.path, self._document.stored
        if path is not None and stored is not None:
            self._thread.submit(self._save, stored.changed(self._document.project), path)

    def save_as(self, path: Path) -> None:
        """Write the document to another file, media named from there; `saved_as` or `failed` follows."""
        old, stored = self._document.path, self._document.stored
        if old is not None and stored is not None:
            project = self._document.project
            moved = {each.path: stored_path(media_path(each.path, old), path) for each in media_of(project)}
            self._thread.submit(self._save_as, StoredProject(relinked(project, moved), stored.raw), path)

    def journal(self) -> None:
        """Keep what isn't saved beside the project, for after a crash; nothing where nothing changed since."""
        path, stored, project = self._document.path, self._document.stored, self._document.project
        if path is None or stored is None or stored.read_only or not self._document.unsaved:
            return
        if self._journaled is not project:
            self._journaled = project
            self._thread.submit(self._write_journal, path, project, stored.sha256)

    def drop_journal(self) -> None:
        """Nothing is to be recovered: it was saved, or thrown away by choice."""
        if self._document.path is not None:
            self._journaled = None
            self._thread.submit(remove_journal, self._document.path)

    def wait(self) -> None:
        """Return when everything handed over is on the disk; nothing can be saved afterwards."""
        self._thread.shutdown(wait=True)

    def _forget(self) -> None:
        self._journaled = None

    def _write_journal(self, path: Path, project: Project, sha256: str | None) -> None:
        try:
            write_journal(path, project, sha256)
        except LikenessError as error:
            self.failed.emit(str(error))

    def _save_as(self, stored: StoredProject, path: Path) -> None:
        try:
            save_project(stored, path)
        except LikenessError as error:
            self.failed.emit(str(error))
        else:
            self.saved_as.emit(path)

    def _save(self, stored: StoredProject, path: Path) -> None:
        try:
            done = save_project(stored, path)
        except LikenessError as error:
            self.failed.emit(str(error))
        else:
            remove_journal(path)
            self.saved.emit(done)
        finally:
            self.finished.emit()
