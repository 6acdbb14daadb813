"""Puts networks' files where the program keeps them: a file is known by its checksum, whatever it is called."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.engines.cards import read_card
from pipeline.engines.engine import ModelCard
from pipeline.engines.registry import MODELS_DIR, cards
from pipeline.errors import LikenessError, ModelChanged, ModelError, ModelMissing, OutputNotWritable
from pipeline.media.output_file import writing

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one file."""

    path: Path
    card: ModelCard | None
    """The network that it is; None: no card's."""
    error: LikenessError | None = None
    """Why it wasn't put in its place."""
    was_good: bool = False
    """Whether the right file lay in its place already, so that nothing was written."""


def add_models(paths: Sequence[Path], models_dir: Path = MODELS_DIR) -> list[Addition]:
    """Copy each file to the place of the network that it is, unless that one is good already; the others are left.

    A copy is written under a temporary name and renamed when it is whole and its checksum the card's, so a network is
    never half there.
    """
    return [_added(path, models_dir) for path in paths]


def _added(path: Path, models_dir: Path) -> Addition:
    card = None
    try:
        checksum = _checksum(path)
        card = next((each for each in cards(models_dir) if each.sha256 == checksum), None)
        if card is None and path.suffix.lower() == ".toml":
            return Addition(path, _own_card(path, models_dir), was_good=True)
        if card is None:
            raise _unknown(path, checksum, models_dir)
        place = models_dir / card.file
        if place.is_file() and _checksum(place) == checksum:
            return Addition(path, card, was_good=True)
        _copy(path, place, card)
    except LikenessError as error:
        return Addition(path, card, error)
    return Addition(path, card)


def _own_card(path: Path, models_dir: Path) -> ModelCard:
    """The program's own card that came with its network. Raises ModelError: it is another one."""
    card = read_card(path)
    if card not in cards(models_dir):
        raise ModelError(
            f"{path.name} is a card that didn't come with the program, and networks of your own can't be added: only "
            "files of the networks that the program knows are taken."
        )
    return card


def _unknown(path: Path, checksum: str, models_dir: Path) -> ModelError:
    """What is said of a file that is no card's."""
    named = next((each for each in cards(models_dir) if each.file.casefold() == path.name.casefold()), None)
    if named is not None:
        return ModelChanged(
            f"{path.name} is called as the file of {named.title} but isn't that file: its sha256 is {checksum}, the "
            f"card's is {named.sha256}. It may be cut off, or of another version: get it again from where the program "
            "came from."
        )
    known = ", ".join(each.file for each in cards(models_dir))
    return ModelError(
        f"No card knows {path.name} (sha256 {checksum}). There are cards of {known}: choose the file of one of them, "
        "whatever it is called."
    )


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return _hash(iter(lambda: file.read(_PIECE_BYTES), b""))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelMissing(f"{path} cannot be read ({reason}). Choose a network's file that can.") from error


def _hash(pieces: Iterable[bytes], into: BinaryIO | None = None) -> str:
    seen = hashlib.sha256()
    for piece in pieces:
        seen.update(piece)
        if into is not None:
            into.write(piece)
    return seen.hexdigest()


def _copy(path: Path, place: Path, card: ModelCard) -> None:
    try:
        with path.open("rb") as file, writing(place) as copy:
            if _hash(iter(lambda: file.read(_PIECE_BYTES), b""), copy) != card.sha256:
                raise ModelChanged(f"{path} changed while it was copied. Add it again when nothing writes to it.")
    except OutputNotWritable as error:
        raise OutputNotWritable(
            f"{card.file} cannot be put into the folder of the networks, {place.parent}: {_reason(error)}. Add it as "
            "the user whom the installation belongs to: likeness models add FILE."
        ) from error


def _reason(error: OutputNotWritable) -> str:
    """What the system said, in its own words."""
    cause = error.__cause__
    return (cause.strerror if isinstance(cause, OSError) else None) or str(error)


def refuse_unless_added(additions: Sequence[Addition]) -> None:
    """Raise what went wrong first, with all that is to be said of the others."""
    errors = [each.error for each in additions if each.error is not None]
    if errors:
        raise type(errors[0])("\n".join(map(str, errors)))
