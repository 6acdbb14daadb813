"""What a job leaves for the next one in the same process: networks, faces found in sources, faces ready to be drawn.

A command has a workbench of its own and ends with it; the worker keeps one, so that a changed photo costs the photo
and a changed parameter nothing of all this.
"""

from collections.abc import Callable, Hashable
from threading import Lock

from pipeline.engines.faces import SourcePhoto
from pipeline.engines.session import Provider, SessionPool
from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.jobs.progress import CancelledCheck
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources

PHOTOS_KEPT = 8
"""Identities whose photos are kept with the faces in them."""
PREPARED_KEPT = 4
"""Prepared faces that are kept: each holds some tens of megabytes of textures."""


class Workbench:
    """Safe to share between threads; `busy` is held by whoever prepares faces or analyses, one at a time."""

    def __init__(self, provider: Provider = "auto") -> None:
        self.pool = SessionPool(provider=provider)
        self.busy = Lock()
        self._photos: KeptLooks[list[SourcePhoto]] = KeptLooks(PHOTOS_KEPT)
        self._prepared: KeptLooks[PreparedFace] = KeptLooks(PREPARED_KEPT)

    def photos(self, choices: tuple[SourceChoice, ...], cancelled: CancelledCheck) -> list[SourcePhoto]:
        """As `read_sources`: the views of one identity, read anew where a file has changed."""
        return self._photos.get(sources_key(choices), lambda: read_sources(choices, self.pool, cancelled))

    def prepared(self, key: Hashable, prepare: Callable[[], PreparedFace]) -> PreparedFace:
        """A face made ready under a key that says all it was made from; made by `prepare` where it isn't there."""
        return self._prepared.get(key, prepare)


def sources_key(choices: tuple[SourceChoice, ...]) -> Hashable:
    """What sources are, without reading them: files by name, size and time of change."""
    return tuple((choice, *_stated(choice)) for choice in choices)


def _stated(choice: SourceChoice) -> tuple[int, int]:
    try:
        status = choice.path.stat()
    except OSError:
        return 0, 0  # Reading it says in words what is wrong.
    return status.st_size, status.st_mtime_ns
