"""Which picture files make a plate: one still, a numbered run, or a folder of stills that belong to no run."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MediaNotFound, MediaUnreadable

PICTURE_SUFFIXES = frozenset(
    {".png", ".tif", ".tiff", ".exr", ".dpx", ".jpg", ".jpeg", ".bmp", ".tga", ".webp", ".ppm", ".pgm", ".jp2"}
)
_NUMBERED = re.compile(r"(?P<head>.*?)(?P<number>\d+)(?P<tail>\D*)$")
_PATTERN = re.compile(r"%0?(?P<width>\d*)d|#+")
_LARGEST_GAP = 2
"""A run may miss files as long as its numbers span no more than this many times its files."""


@dataclass(frozen=True, slots=True)
class PictureRun:
    """The files of a sequence by frame; a number without a file keeps its place, and its path does not exist."""

    files: tuple[Path, ...]
    first_number: int


def is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES


def is_pattern(path: Path) -> bool:
    """Whether the name stands for a run: `shot.%04d.exr` or `shot.####.exr`."""
    return _PATTERN.search(path.name) is not None and not path.exists()


def run_of_pattern(path: Path) -> PictureRun:
    """The run a pattern names. Raises MediaNotFound where no file matches."""
    match = _PATTERN.search(path.name)
    if match is None:
        raise MediaNotFound(f"{path} is no pattern; write the number as #### or %04d.")
    head, tail = path.name[: match.start()], path.name[match.end() :]
    numbered: dict[int, Path] = {}
    for file in _files(path.parent):
        middle = file.name[len(head) : len(file.name) - len(tail) or None]
        if file.name.startswith(head) and file.name.endswith(tail) and middle.isascii() and middle.isdigit():
            numbered[int(middle)] = file
    if not numbered:
        raise MediaNotFound(f"No file matches {path}; check the name, the numbers and the folder.")
    return _run(numbered)


def run_of_folder(folder: Path) -> PictureRun | None:
    """The one numbered run that fills a folder; None where its pictures form none (a batch).

    Raises
    ------
    MediaUnreadable
        No picture lies in the folder, or several runs do: one of them must be named.
    """
    groups: dict[tuple[str, str], dict[int, Path]] = defaultdict(dict)
    loners: list[Path] = []
    for file in pictures_in(folder):
        match = _NUMBERED.match(file.stem)
        if match is None:
            loners.append(file)
        else:
            groups[match["head"], match["tail"] + file.suffix][int(match["number"])] = file
    runs = [numbered for numbered in groups.values() if _dense(numbered)]
    if len(runs) == 1 and len(groups) == 1 and not loners:
        return _run(runs[0])
    if len(runs) > 1 and len(runs) == len(groups) and not loners:
        names = ", ".join(f"{head}####{tail}" for head, tail in groups)
        raise MediaUnreadable(f"{folder} holds several sequences: {names}. Name one of them, with #### for the number.")
    return None


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder by name. Raises MediaUnreadable where there are none."""
    pictures = [file for file in _files(folder) if is_picture(file)]
    if not pictures:
        raise MediaUnreadable(f"{folder} is a folder without pictures; name a film, a picture or a folder of pictures.")
    return pictures


def batch_members(path: Path | str) -> tuple[Path, ...]:
    """The stills of a folder that is no sequence, each a plate of its own; () for every other path."""
    path = Path(path)
    if not path.is_dir() or run_of_folder(path) is not None:
        return ()
    return tuple(pictures_in(path))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MediaNotFound(f"The folder {folder} does not exist; check its name.")
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _dense(numbered: dict[int, Path]) -> bool:
    return len(numbered) > 1 and max(numbered) - min(numbered) + 1 <= _LARGEST_GAP * len(numbered)


def _run(numbered: dict[int, Path]) -> PictureRun:
    first, last = min(numbered), max(numbered)
    known = numbered[first]
    match = _NUMBERED.match(known.stem)
    width = len(match["number"]) if match else 1

    def path_of(number: int) -> Path:
        head, tail = (match["head"], match["tail"]) if match else ("", "")
        return known.with_name(f"{head}{number:0{width}d}{tail}{known.suffix}")

    return PictureRun(tuple(numbered.get(n) or path_of(n) for n in range(first, last + 1)), first)
