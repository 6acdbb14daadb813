"""What a job leaves for the next one in the same process: networks, faces of plates and of sources, faces to be drawn.

A command has a workbench of its own and ends with it; the worker keeps one, so that a changed photo costs the photo
and a changed parameter nothing of all this.
"""

from collections.abc import Callable, Hashable, Sequence
from threading import Lock

from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.session import Provider, SessionPool
from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.imaging.arrays import arrays_bytes
from pipeline.jobs.byte_cache import ByteCache
from pipeline.jobs.faces import Performer
from pipeline.jobs.progress import CancelledCheck
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources

PHOTOS_KEPT = 8
"""Identities whose photos are kept with the faces in them."""
PREPARED_BESIDE = 1
"""Prepared faces that are kept beside those of a plate, so that an undone recast is there at once: each holds some
sixty megabytes of textures."""
PREPARED_BYTES = 256 << 20
"""What prepared faces take from which none is kept beside those of the plate."""
PERFORMERS_BYTES = 192 << 20
"""Most that the plates' own faces take; prepared faces share them."""
CASTS_KEPT = 16
"""Choices of a plate's faces that are remembered."""


class Workbench:
    """Safe to share between threads; `busy` is held by whoever analyses or matches, one at a time.

    Faces whose performers are kept are prepared without it: another photo waits for nobody's match.
    """

    def __init__(self, provider: Provider = "auto") -> None:
        self.pool = SessionPool(provider=provider)
        self.busy = Lock()
        self._photos: KeptLooks[list[SourcePhoto]] = KeptLooks(PHOTOS_KEPT)
        self._prepared: KeptLooks[PreparedFace] = KeptLooks(1 + PREPARED_BESIDE)
        self._performers: ByteCache[Performer] = ByteCache(PERFORMERS_BYTES, lambda each: each.most_bytes)
        self._casts: ByteCache[tuple[str, ...]] = ByteCache(CASTS_KEPT, lambda each: 1)

    def beside(self) -> "Workbench":
        """A workbench for another version of the document: it shares all that is here, and keeps what it prepares
        itself apart, no more than the version's own faces, so that nothing here goes for it.
        """
        return _Beside(self)

    def photos(self, choices: tuple[SourceChoice, ...], cancelled: CancelledCheck) -> list[SourcePhoto]:
        """As `read_sources`: the views of one identity, read anew where a file has changed."""
        return self._photos.get(sources_key(choices), lambda: read_sources(choices, self.pool, cancelled))

    def prepared(self, key: Hashable, faces: int, prepare: Callable[[], PreparedFace]) -> PreparedFace:
        """One of the `faces` of a plate, made ready under a key that says all it was made from; made by `prepare` where
        it isn't there."""
        self._prepared.size = faces + (PREPARED_BESIDE if self.prepared_bytes < PREPARED_BYTES else 0)
        return self._prepared.get(key, prepare)

    def performer(self, viewed: str, solve: FaceSolve, read: Callable[[], Performer]) -> Performer:
        """The face of a solve on the plate with that hash; by `read` where it isn't there."""
        key = _performer_key(viewed, solve)
        found = self._performers.get(key)
        if found is None:
            found = read()
            self._performers.put(key, found)
        return found

    @property
    def performer_bytes(self) -> int:
        """Most that the plates' own faces take which are kept."""
        return self._performers.bytes

    @property
    def prepared_bytes(self) -> int:
        """What the prepared faces take that are kept, but for the plates' own faces in them."""
        return sum(each.held_bytes for each in self._prepared.values())

    @property
    def photo_bytes(self) -> int:
        """What the photos take that are kept."""
        return arrays_bytes(*self._photos.values())

    def remember_cast(self, cast: str, viewed: str, performers: Sequence[Performer]) -> None:
        """Whom a choice of a plate's faces came to; `cast` says plate, range and choice."""
        self._casts.put(cast, tuple(_performer_key(viewed, each.solve) for each in performers))

    def cast(self, cast: str) -> list[Performer] | None:
        """The performers of a choice made before; None where not all of them are kept."""
        keys = self._casts.get(cast)
        if keys is None:
            return None
        found = [each for each in map(self._performers.get, keys) if each is not None]
        return found if len(found) == len(keys) else None


class _Beside(Workbench):
    """Faces that are prepared on the other one are found there; others are kept here."""

    def __init__(self, other: Workbench) -> None:
        self.pool, self.busy = other.pool, other.busy
        self._photos, self._performers, self._casts = other._photos, other._performers, other._casts
        self._prepared, self._there = KeptLooks(1), other._prepared

    def prepared(self, key: Hashable, faces: int, prepare: Callable[[], PreparedFace]) -> PreparedFace:
        found = self._there.found(key)
        if found is not None:
            return found
        self._prepared.size = faces
        return self._prepared.get(key, prepare)


def _performer_key(viewed: str, solve: FaceSolve) -> str:
    return f"{viewed} {solve.key}"


def sources_key(choices: tuple[SourceChoice, ...]) -> Hashable:
    """What sources are, without reading them: files by name, size and time of change."""
    return tuple((choice, *_stated(choice)) for choice in choices)


def _stated(choice: SourceChoice) -> tuple[int, int]:
    try:
        status = choice.path.stat()
    except OSError:
        return 0, 0  # Reading it says in words what is wrong.
    return status.st_size, status.st_mtime_ns
