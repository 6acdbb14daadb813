"""Model cards: what each network is, read from the TOML file beside it.

A card is data, so that a licence, a checksum or a limit can be read and audited without running the program.
"""

import tomllib
from pathlib import Path
from typing import Any

from pipeline.engines.engine import ModelCard, Tensor
from pipeline.errors import ModelError, ModelMissing

FREE = "N"
"""How a card writes a free dimension."""

_TEXTS = ("id", "title", "file", "sha256", "licence", "source", "purpose", "limits")


def read_card(path: Path) -> ModelCard:
    """The card in a TOML file.

    Raises
    ------
    ModelMissing
        No such file.
    ModelError
        Not TOML, or a field is missing or of the wrong kind.
    """
    try:
        with path.open("rb") as file:
            fields = tomllib.load(file)
    except FileNotFoundError as error:
        raise ModelMissing(f"No model card at {path}. Restore the models folder of this program.") from error
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"The model card {path} is not readable TOML: {error}. Restore it.") from error
    try:
        return _card(fields)
    except (KeyError, TypeError) as error:
        raise ModelError(f"The model card {path} lacks a field or has a wrong one: {error}. Restore it.") from error


def _card(fields: dict[str, Any]) -> ModelCard:
    texts = {name: _text(fields, name) for name in _TEXTS}
    return ModelCard(
        **texts,
        inputs=_tensors(fields.get("inputs", [])),
        outputs=_tensors(fields.get("outputs", [])),
        commercial_use=bool(fields["commercial_use"]),
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text")
    return value


def _tensors(rows: list[dict[str, Any]]) -> tuple[Tensor, ...]:
    return tuple(
        Tensor(row["name"], tuple(None if size == FREE else int(size) for size in row["shape"]), row["dtype"])
        for row in rows
    )
