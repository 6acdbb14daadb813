"""What the pipeline may say to somebody at the window, gathered from its code: its errors, notes and stages of work."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PIPELINE = Path(__file__).resolve().parents[4] / "pipeline"
NOT_AT_THE_WINDOW = re.compile(r"^(quality|commands|cli\.|api\.|jobs/(bench|report|speaker|review|sheet))")
"""Parts that only commands run."""
_FIELD = re.compile(r"(\{[^{}]*\})+")


def shape(text: str) -> str:
    """A text with its fields unnamed; fields side by side are one."""
    return _FIELD.sub("{}", text)


def texts_given_to(*names: str) -> Iterator[str]:
    """The shapes of the texts that calls of these names are given first, or by keyword."""
    wanted = re.compile("|".join(rf"\b{name}\(" for name in names))
    for path in sorted(PIPELINE.rglob("*.py")):
        code = path.read_text("utf-8")
        if not NOT_AT_THE_WINDOW.match(path.relative_to(PIPELINE).as_posix()) and wanted.search(code):
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                    given = [*node.args[:1], *(each.value for each in node.keywords if each.arg in ("message", "text"))]
                    yield from (text for each in given if " " in (text := _shape_of(each)))


def error_names() -> list[str]:
    """The classes of the tree of errors."""
    tree = ast.parse((PIPELINE / "errors.py").read_text("utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


def _shape_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return shape("".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values))
    return ""
