"""The documents are true: links lead somewhere, named commands and folders exist, every dependency has its reason."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from editor.app.commands import register
from pipeline import errors
from pipeline.cli import build_parser

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "installer").glob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_commands_the_documents_name_exist() -> None:
    texts = [document.read_text(encoding="utf-8") for document in DOCUMENTS]
    named = {word for text in texts for word in re.findall(r"scripts/run ([a-z]+)\b", text)}
    known = {
        name
        for action in build_parser((register,))._actions
        if isinstance(action.choices, dict)
        for name in action.choices
    }
    assert named <= known


def test_every_line_the_documents_show_can_be_parsed() -> None:
    parser = build_parser((register,))
    shown = [
        line
        for document in DOCUMENTS
        for text in re.findall(r"^    (?:\$ )?(scripts/run .*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
        for line in text.split("   # ")[0].split(" && ")
    ]
    assert len(shown) > 10
    for line in shown:
        if words := shlex.split(line.removeprefix("scripts/run")):
            parser.parse_args(words)


def test_every_option_of_a_command_is_described() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    (subcommands,) = (each for each in build_parser((register,))._actions if isinstance(each.choices, dict))
    assert isinstance(subcommands.choices, dict)
    missing = [
        f"{name} {option}"
        for name, parser in subcommands.choices.items()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option not in ("--help", "--output") and not re.search(rf"{option}\b", text)
    ]
    assert not missing


def test_every_exit_status_is_described() -> None:
    own = [vars(each)["exit_code"] for each in vars(errors).values() if "exit_code" in getattr(each, "__dict__", {})]
    statuses = {str(each) for each in own} | {"0", "2"}
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text[text.index("## Exit status") : text.index("## Options that several")]
    assert set(re.findall(r"^\| (\d+) \|", table, re.MULTILINE)) == statuses
    assert set(re.findall(r"\b(\d+) [a-z]", build_parser((register,)).epilog or "")) == statuses


def test_folders_the_picture_of_the_house_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:models|resources|scripts|tests|requirements|docs)/[a-z_]*(?:/[a-z_]+)*)/?`", text))
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[<>=; ]", line)[0] for line in project["dependencies"]}
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text[text.index("## Dependencies") :]
    assert not [name for name in names if not re.search(rf"^\| [^|]*\b{name}\b", table, re.MULTILINE)]
    assert not [extra for extra in project["optional-dependencies"] if f"*extra* `{extra}`" not in table]
