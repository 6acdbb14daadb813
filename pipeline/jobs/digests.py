"""Content hashes of what goes into a result and of the result itself, whatever kind of file or folder each is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.jobs.render_request import RenderRequest
from pipeline.media.frame_names import frame_names
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset
from pipeline.project.storage import file_sha256


@dataclass(frozen=True, slots=True)
class Digests:
    """sha256 of the plate and of every other file, in the request's order."""

    plate: str
    viewed: str
    """The plate as analysis sees it; see `viewed_sha256`."""
    by_face: tuple[tuple[str, ...], ...]
    """Of each face's files."""
    choices: tuple[tuple[tuple[int | None, int | None], ...], ...] = ()
    """Of every face and each of its sources: which face and which frame of the file is meant."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Of all faces' files."""
        return tuple(digest for face in self.by_face for digest in face)


def digests_of(request: RenderRequest, info: PlateInfo) -> Digests:
    """Hash what goes in. Raises MediaNotFound, MediaUnreadable: a source that isn't there, or can't be opened."""
    plate = plate_sha256(info)
    choices = tuple(tuple((each.face, each.frame) for each in face.sources) for face in request.faces)
    files = tuple(tuple(map(_source_sha256, face.files)) for face in request.faces)
    return Digests(plate, viewed_as(plate, info.colour_space), files, choices)


def _source_sha256(path: Path) -> str:
    try:
        return _kept_sha256(path)
    except FileNotFoundError as error:
        raise MediaNotFound(f"{path} does not exist; check the name and the folder.") from error
    except OSError as error:
        raise MediaUnreadable(f"{path} cannot be opened ({error.strerror}); check its permissions.") from error


def plate_sha256(info: PlateInfo) -> str:
    """Hash of a film or a still; of a sequence, over its files' names and hashes."""
    return files_sha256(info.members) if len(info.members) > 1 else _kept_sha256(info.path)


def viewed_sha256(info: PlateInfo) -> str:
    """Hash of what analysis sees: the plate's, changed by a colour space it is read in against its tags."""
    return viewed_as(plate_sha256(info), info.colour_space)


def viewed_as(plate: str, colour_space: str | None) -> str:
    """The same of a plate whose hash is known."""
    return plate if colour_space is None else hashlib.sha256(f"{plate} {colour_space}".encode()).hexdigest()


def result_sha256(output: Path, preset: Preset, info: PlateInfo, frames: range) -> str:
    """Hash of the film, of the still, or over all files of a sequence."""
    paths = result_paths(output, preset, info, frames)
    return file_sha256(paths[0]) if len(paths) == 1 else files_sha256(paths)


def result_paths(output: Path, preset: Preset, info: PlateInfo, frames: range) -> list[Path]:
    """The files a result consists of."""
    if preset.kind == "film":
        return [output]
    names = frame_names(output, preset, info, frames)
    return [names.path(frame) for frame in frames]


_known: dict[tuple[Path, int, int, int, int], str] = {}


def _kept_sha256(path: Path) -> str:
    """`file_sha256`, taken once in a process while name, place, size and times of the file stay as they are."""
    status = path.stat()
    key = (path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    if path.is_dir() or key not in _known:
        _known[key] = file_sha256(path)
    return _known[key]


def files_sha256(paths: Iterable[Path]) -> str:
    """Hash over names and hashes; a number of a sequence that has no file counts as missing."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0{file_sha256(path) if path.exists() else 'missing'}\n".encode())
    return digest.hexdigest()
