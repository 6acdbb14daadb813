"""The document as the worker has it: put together from parts, and what it asks for a plate."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from pipeline.errors import ProjectError
from pipeline.ipc.document_parts import joined
from pipeline.ipc.requests import SetDocument
from pipeline.jobs.render_request import Compute, RenderRequest, plate_named, request_of
from pipeline.project.project import Plate, Project, Quality
from pipeline.project.storage import media_path


class WorkingDocument:
    """Safe to use from several threads; `snapshot` belongs together."""

    def __init__(self) -> None:
        self._contents: Mapping[str, bytes] = {}
        self._lock = Lock()
        self._now: tuple[Project, Path, int] | None = None
        self.avoided: frozenset[str] = frozenset()
        """Pieces of work that are not to be begun."""

    def take(self, message: SetDocument) -> None:
        """The document is another one now."""
        known = {**self._contents, **message.contents}
        project = joined(message.parts, known)
        self._contents = {part.sha256: known[part.sha256] for part in message.parts}
        with self._lock:
            self._now = project, Path(message.path), message.revision
            self.avoided = frozenset(message.avoid)

    def forget(self) -> None:
        """There is none any more."""
        with self._lock:
            self._now = None
        self._contents = {}

    @property
    def revision(self) -> int:
        """Which document it is, by the number that it was sent with. Raises ProjectError: there is none yet."""
        return self._all()[2]

    def snapshot(self) -> tuple[Project, Path]:
        """The document and where its file lies, or will lie. Raises ProjectError: there is none yet."""
        return self._all()[:2]

    @property
    def folder(self) -> Path:
        """In which the project's file lies."""
        return self.snapshot()[1].resolve().parent

    def plate(self, plate: str) -> tuple[Plate, Path]:
        """A plate and its file. Raises ProjectError: the document doesn't have it."""
        project, path = self.snapshot()
        found = plate_named(project, plate)
        return found, media_path(found.path, path)

    def request(self, plate: str, quality: Quality, compute: Compute) -> RenderRequest:
        """What the document asks for a plate, as a render would. Raises ProjectError, MediaNotFound."""
        return self.numbered_request(plate, quality, compute)[0]

    def numbered_request(self, plate: str, quality: Quality, compute: Compute) -> tuple[RenderRequest, int]:
        """The same, and the revision of the document that asks it."""
        project, path, revision = self._all()
        output = path.with_name("preview")
        return request_of(project, path, output, plate=plate, quality=quality, compute=compute), revision

    def _all(self) -> tuple[Project, Path, int]:
        with self._lock:
            if self._now is None:
                raise ProjectError("No project is open. Open one first.")
            return self._now
