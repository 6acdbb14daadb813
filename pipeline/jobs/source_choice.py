"""Which source is meant: a file, one face of it, one frame of it.

A photo with several faces needs a choice, written after its name: `family.jpg#2` is the second face from the left.
`film.mp4@243` is one frame of a film.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import RangeError


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source file and what of it is meant.

    `face`: 1-based from the left, None where there is only one. `frame`: 0-based, of a film; None harvests the film.
    """

    path: Path
    face: int | None = None
    frame: int | None = None


def source_choice(argument: str) -> SourceChoice:
    """What `FILE`, `FILE#FACE`, `FILM@FRAME` or `FILM@FRAME#FACE` names; a file so named is taken as it is."""
    if Path(argument).exists():
        return SourceChoice(Path(argument))
    rest, face = _numbered(argument, "#", 1)
    name, frame = _numbered(rest, "@", 0)
    return SourceChoice(Path(name), face, frame)


def sources_by_track(arguments: Sequence[str]) -> dict[int, tuple[SourceChoice, ...]]:
    """Sources by the number of the face they go onto, from texts `N=SOURCE`; several of one N are one identity's.

    Raises RangeError: a text of another form.
    """
    found: dict[int, tuple[SourceChoice, ...]] = {}
    for argument in arguments:
        number, sign, source = argument.partition("=")
        if not (sign and source and number.isdecimal()):
            raise RangeError(
                f"{argument!r} names no face: write N=SOURCE, such as 0=anna.jpg, N as `analyze` numbers the faces."
            )
        found[int(number)] = (*found.get(int(number), ()), source_choice(source))
    return found


def _numbered(text: str, mark: str, least: int) -> tuple[str, int | None]:
    """`text` parted at its last `mark` where a number of at least `least` follows it."""
    name, found, number = text.rpartition(mark)
    if found and number.isdecimal() and int(number) >= least:
        return name, int(number)
    return text, None
