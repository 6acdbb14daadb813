"""Which models ship: every card in the models folder, by its id."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pipeline.engines.cards import read_card
from pipeline.engines.engine import ModelCard
from pipeline.errors import ModelChanged, ModelError, ModelMissing

MODELS_DIR = Path(__file__).parents[2] / "models"
"""The folder the program ships with."""

FileState = Literal["good", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking one model file found."""

    card: ModelCard
    path: Path
    state: FileState


@cache
def _cards_in(models_dir: Path) -> Mapping[str, ModelCard]:
    found: dict[str, ModelCard] = {}
    for path in sorted(models_dir.glob("*.toml")):
        read = read_card(path)
        if read.id in found:
            raise ModelError(f"Two model cards in {models_dir} have the id {read.id}. Remove one of them.")
        found[read.id] = read
    return MappingProxyType(found)


def cards(models_dir: Path = MODELS_DIR) -> tuple[ModelCard, ...]:
    """Every card in the folder, by file name."""
    return tuple(_cards_in(models_dir).values())


def card(model_id: str, models_dir: Path = MODELS_DIR) -> ModelCard:
    """The card with this id.

    Raises
    ------
    ModelMissing
        No card has it.
    """
    known = _cards_in(models_dir)
    if model_id not in known:
        names = ", ".join(known) or "none"
        raise ModelMissing(f"No model card with the id {model_id} in {models_dir}; there are: {names}.")
    return known[model_id]


def read_verified(wanted: ModelCard, models_dir: Path = MODELS_DIR) -> bytes:
    """The bytes of a model file, which are exactly those its card was written for.

    Raises
    ------
    ModelMissing
        The file is not there.
    ModelChanged
        Its sha256 is not the card's.
    """
    path = models_dir / wanted.file
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ModelMissing(f"The model file {path} ({wanted.title}) is missing. Restore the models folder.") from error
    if hashlib.sha256(content).hexdigest() != wanted.sha256:
        raise ModelChanged(
            f"The model file {path} ({wanted.title}) is not the one its card describes: its checksum differs. "
            "Restore the file."
        )
    return content


def verify(models_dir: Path = MODELS_DIR) -> tuple[Verdict, ...]:
    """Check every model file against its card."""
    return tuple(Verdict(each, models_dir / each.file, _state(each, models_dir)) for each in cards(models_dir))


def _state(each: ModelCard, models_dir: Path) -> FileState:
    try:
        read_verified(each, models_dir)
    except ModelMissing:
        return "missing"
    except ModelChanged:
        return "changed"
    return "good"
