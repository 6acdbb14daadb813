"""Expression presets as files: those that ship, and the user's own in the configuration folder. TOML, one a preset."""

import re
import tomllib
from pathlib import Path

import msgspec

from pipeline.errors import ProjectError
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.user_folders import config_folder

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "expressions"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def own_folder() -> Path:
    """Where the user's expressions are; not created here."""
    return config_folder() / "expressions"


def expression_names() -> tuple[str, ...]:
    """Names of all presets, the user's own among them, in alphabetical order."""
    return tuple(sorted(path.stem for folder in (SHIPPED, own_folder()) for path in folder.glob("*.toml")))


def load_expression(name: str) -> ExpressionPreset:
    """The preset called `name`; the user's own goes before one that ships.

    Raises ProjectError: there is none of that name, or its file is no expression.
    """
    path = next((each for folder in (own_folder(), SHIPPED) if (each := folder / f"{name}.toml").is_file()), None)
    if path is None or not _NAME.fullmatch(name):
        raise ProjectError(f"There is no expression called {name}. Choose one of: {', '.join(expression_names())}.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(table | {"name": name}, ExpressionPreset)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path} is no expression: {error}. Mend the file or take it away.") from error


def save_expression(preset: ExpressionPreset, overwrite: bool = False) -> Path:
    """Write a preset into the user's folder.

    Raises ProjectError: a name that can't be one, one that is taken, or a folder that refuses.
    """
    if not _NAME.fullmatch(preset.name):
        raise ProjectError(f"{preset.name} can't name an expression: use small letters, digits, - and _.")
    path = own_folder() / f"{preset.name}.toml"
    if path.exists() and not overwrite:
        raise ProjectError(f"You have an expression called {preset.name}: choose another name, or replace it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".toml.part")
        unfinished.write_text(as_toml(preset), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise ProjectError(f"{path} can't be written: {error.strerror}.") from error
    return path


def as_toml(preset: ExpressionPreset) -> str:
    """The text of a preset's file."""
    quoted = {"title": preset.title or preset.name, "description": preset.description}
    lines = [f"{key} = {msgspec.json.encode(value).decode()}" for key, value in quoted.items()]
    for table, values in (("weights", preset.weights), ("activations", preset.activations)):
        if values:
            lines += ["", f"[{table}]", *(f"{name} = {float(value)!r}" for name, value in values.items())]
    return "\n".join(lines) + "\n"
