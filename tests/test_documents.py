"""The documents are true: links lead somewhere, named commands and folders exist, every dependency has its reason."""

import re
import tomllib
from pathlib import Path

import pytest

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
    known = {name for action in build_parser()._actions if isinstance(action.choices, dict) for name in action.choices}
    assert named <= known


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
