"""Proxies of a plate, made in the background: what is there is kept, what is missing is made, stretch by stretch.

They lie in the project's cache under the hash of the plate as it is viewed, so that another plate, or the same in
another colour space, never finds them.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.analysis.store_place import cache_root
from pipeline.analysis.writer_lock import WriterLock
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.planes import Planes
from pipeline.imaging.reduced import reduced
from pipeline.jobs.digests import viewed_sha256
from pipeline.jobs.progress import CancelledCheck, Note, Progress, ProgressSink
from pipeline.media.output_file import output_error
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.proxies import PROXY_EDGE, proxies_help, stretch_path, stretches
from pipeline.media.proxy_file import write_proxy
from pipeline.media.reader import open_plate

PROXY_BYTES = 16 << 30
"""Most that a project's proxies may take: about four hours of film."""
FILE_BYTES = 16 << 20
"""Room that is kept for the next file."""
_FREE_SHARE = 0.2
"""Nor more than this part of what the disk has left."""
_READ_BYTES = 16 << 20
"""Decoded pictures kept: frames are read once, in order."""
_FOLDER = "proxies"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ProxiesRequest:
    """Of which plate, as a project reads it; `project_folder` is where its file lies."""

    plate: Path
    colour_space: str | None
    project_folder: Path


def make_proxies(
    request: ProxiesRequest,
    ready: Callable[[Path], object],
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    most_bytes: int = PROXY_BYTES,
) -> None:
    """Make what is missing of a plate's proxies; nothing where they don't help.

    `ready` is told the folder (for `media.proxies.Proxies`) before the first missing one is made. Stretches with a
    frame that can't be read are left out. Proxies of other plates make room, those used longest ago first.

    Raises
    ------
    MediaError
        The plate can't be read.
    OutputError
        The disk is full, the folder can't be written, or another program is making the same.
    Cancelled
        What is finished is kept.
    """
    with open_plate(request.plate, cache_bytes=_READ_BYTES, colour_space=request.colour_space) as reader:
        if not proxies_help(reader):
            return
        folder = proxies_folder(request.project_folder, viewed_sha256(reader.info))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.utime(folder)
        except OSError as error:
            raise output_error(error, folder) from error
        ready(folder)
        missing = [each for each in stretches(reader.info.frames) if not stretch_path(folder, each.start).exists()]
        if missing:
            with WriterLock(folder / "lock"):
                _make(reader, folder, missing, progress, cancelled, note, most_bytes)


def proxies_folder(project_folder: Path, viewed: str) -> Path:
    """Where a plate's proxies lie, by its `digests.viewed_sha256`; nothing is created."""
    key = hashlib.sha256(f"{__version__} {_VERSION} {PROXY_EDGE} {viewed}".encode()).hexdigest()
    return cache_root(project_folder) / _FOLDER / key[:32]


def _make(
    reader: PlateReader,
    folder: Path,
    missing: list[range],
    progress: ProgressSink,
    cancelled: CancelledCheck,
    note: Note,
    most_bytes: int,
) -> None:
    run = _Run(reader, progress, cancelled, sum(map(len, missing)))
    try:
        for frames in missing:
            if not _make_room(folder, most_bytes):
                note(
                    f"The proxies of {reader.info.path.name} end before frame {frames.start}: those of a project take "
                    f"{most_bytes >> 30} GB and a fifth of the free disk at most."
                )
                return
            with suppress(FrameUnreadable):
                write_proxy(
                    stretch_path(folder, frames.start), run.pictures(frames), reader.info.rate, reader.info.time_base
                )
    finally:
        run.close()


class _Run:
    """The plate read from one missing stretch to the next; anew where something lies between."""

    def __init__(self, reader: PlateReader, progress: ProgressSink, cancelled: CancelledCheck, total: int) -> None:
        self._reader, self._progress, self._cancelled, self._total = reader, progress, cancelled, total
        self._view = view_of(reader.info)
        self._frames: Generator[Planes | FrameUnreadable, None, None] | None = None
        self._next, self._done = 0, 0

    def pictures(self, frames: range) -> Iterator[tuple[int, ImageU8]]:
        """Those of a stretch, each with its ticks. Raises FrameUnreadable, Cancelled, MediaError."""
        if self._frames is None or self._next != frames.start:
            self.close()
            self._frames = self._reader.frames(frames.start)
        for frame in frames:
            if self._cancelled():
                raise Cancelled("Stopped; the proxies that are finished are kept.")
            planes = next(self._frames)
            self._next, self._done = frame + 1, self._done + 1
            if isinstance(planes, FrameUnreadable):
                raise planes
            ticks = int(self._reader.pts[frame] - self._reader.pts[frames.start])
            yield ticks, reduced(self._view.rgb8(planes), (PROXY_EDGE, PROXY_EDGE))
            self._progress(Progress("making proxies", self._done, self._total))

    def close(self) -> None:
        """End reading ahead."""
        if self._frames is not None:
            self._frames.close()
            self._frames = None


def _make_room(folder: Path, most_bytes: int) -> bool:
    """Whether another file may be written, once other plates' proxies have gone for it, the longest unused first."""
    others = sorted((each for each in folder.parent.iterdir() if each != folder), key=_used)
    sizes = {each: _size(each) for each in (*others, folder)}
    limit = min(most_bytes, sum(sizes.values()) + int(_FREE_SHARE * shutil.disk_usage(folder).free)) - FILE_BYTES
    for each in others:
        if sum(sizes.values()) <= limit:
            break
        shutil.rmtree(each, ignore_errors=True)
        del sizes[each]
    return sum(sizes.values()) <= limit


def _used(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _size(folder: Path) -> int:
    size = 0
    for each in folder.glob("*"):
        with suppress(OSError):
            size += each.stat().st_size
    return size
