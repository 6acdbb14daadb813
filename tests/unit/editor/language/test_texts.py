"""No text of the editor is left outside translation, and every one has its Chinese, with the same fields."""

import ast
import re
import string
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.language.languages import FOLDER
from editor.language.translation import read_texts

EDITOR = Path(__file__).resolve().parents[4] / "editor"
PACKAGES = sorted(each.parent.name for each in EDITOR.glob("*/__init__.py"))
FOR_NOBODY_AT_THE_WINDOW = {
    *(
        f"app/{name}.py"
        for name in (
            "bench",
            "bench_figures",
            "bench_playing",
            "bench_program",
            "bench_scrubbing",
            "bench_sitting",
            "bench_timeline",
        )
    ),
    "app/commands.py",  # the command line's texts
    "app/screenshot.py",  # told to the command line
    "app/action_table.py",  # a table: test_catalogue
    "app/correction_table.py",  # part of it
    "panels/parameter_groups.py",  # the same
    "look/style.py",  # a style sheet
    "language/languages.py",  # says in English that the language's letters can't be shown
}
QUIET = {"setStyleSheet", "setObjectName", "compile", "read_files"}
"""Calls whose texts nobody reads."""
NO_WORDS = {
    "Likeness",
    "Likeness demo",
    "[*] — Likeness",
    "Cancelled",
    "OutputExists",
    "RangeError",
    "FrameUnreadable",
    "SizeChanged",
    "needs work",
    ", left.",
    "TensorRT",
    "TensorrtExecutionProvider",
    "ExecutionProvider",
    " px, ",
}
"""Names: of the program, of errors as the worker tells them, of what runs networks; units; words of data,
which are translated where they are shown."""


KINDS = {"error", "warning", "good", "note"}
"""Of notices; not shown."""


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((EDITOR / package).rglob("*.py")):
            if path.relative_to(EDITOR).as_posix() not in FOR_NOBODY_AT_THE_WINDOW:
                yield path


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def words_in(text: str) -> str:
    """What a person reads of a text: without tags, entities, style and names of files."""
    if re.search(r"\{[^}]*: [^}]*;", text):
        return ""
    text = re.sub(r"<[^>]*(>|$)|&\w+;|\w*[*#.{}]\w+|[\w-]+: [^;]+;", "", text)
    return text if re.search(r"[A-Za-z]{2,} |, [a-z]{2,}| [a-z]{2,}|^[A-Z][a-z]+", text) else ""


def literals(tree: ast.Module) -> Iterator[tuple[int, str, list[ast.AST]]]:
    """Every string literal, or an f-string's fixed part, with what stands around it from the inside out."""
    around = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            outer: list[ast.AST] = []
            at: ast.AST = node
            while (above := around.get(at)) is not None:
                if (
                    (isinstance(above, ast.Subscript) and above.slice is at)
                    or (isinstance(above, ast.arg | ast.AnnAssign) and above.annotation is at)
                    or (isinstance(above, ast.FunctionDef) and above.returns is at)
                ):
                    break
                outer.append(at := above)
            else:
                if not isinstance(outer[0], ast.Expr):
                    yield node.lineno, node.value, outer


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: path.relative_to(EDITOR).as_posix())
def test_what_is_read_is_translated(path: Path) -> None:
    left = [
        f"{path.name}:{line}: {text}"
        for line, text, around in literals(ast.parse(path.read_text("utf-8")))
        if text not in NO_WORDS
        and words_in(text)
        and not {called(each) for each in around} & {"tr", "mark", "translated", *QUIET}
    ]
    assert not left


SETTERS = {
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setTitle"),
    *("setIconText", "setSpecialValueText", "setEmptyLabel", "setHeaderLabels", "setItemText", "setSuffix"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QMenu", "QGroupBox", "QTreeWidgetItem"),
    *("addTab", "addItem", "addAction", "addMenu", "addSection", "addRow", "drawText", "tell", "Choice", "edit"),
    *("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
}
"""Calls whose texts are always read by somebody, a single small word too."""


def given_bare(node: ast.expr) -> Iterator[str]:
    """The literals that a call is given as they are, not through another call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp | ast.BinOp | ast.BoolOp | ast.JoinedStr | ast.List | ast.Tuple):
        for below in ast.iter_child_nodes(node):
            if isinstance(below, ast.expr) and below is not getattr(node, "test", None):
                yield from given_bare(below)


def test_no_setter_is_given_a_bare_word() -> None:
    left = [
        f"{path.relative_to(EDITOR)}:{node.lineno}: {text}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node) in SETTERS
        for given in (node.args[:1] if called(node) == "addItem" else node.args)
        for text in given_bare(given)
        if re.search("[A-Za-z]{2}", re.sub(r"<[^>]*(>|$)|&\w+;", "", text)) and text not in NO_WORDS | KINDS
    ]
    assert not left


def texts_of_code() -> Iterator[tuple[str, str]]:
    for path in sorted(EDITOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) in ("tr", "mark"):
                text, *meaning = node.args
                if isinstance(text, ast.Constant):
                    yield str(text.value), "".join(str(getattr(each, "value", "")) for each in meaning)


def texts_of_file() -> Iterator[tuple[str, str, str]]:
    for message in ET.parse(FOLDER / "zh_CN.ts").iter("message"):
        yield message.findtext("source", ""), message.findtext("comment", ""), message.findtext("translation", "")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_file_has_exactly_the_texts_of_the_code_each_in_chinese() -> None:
    """Else run scripts/translations.py, and write what is new."""
    found = {(source, meaning): chinese for source, meaning, chinese in texts_of_file()}
    assert set(found) == set(texts_of_code())
    assert not [source for source, chinese in found.items() if not chinese]


def test_fields_are_the_same_in_both() -> None:
    assert not [source for source, _, chinese in texts_of_file() if fields(source) != fields(chinese)]


def test_the_file_is_read_as_it_is_written() -> None:
    texts = read_texts(FOLDER / "zh_CN.ts")
    assert texts == {(source, meaning): chinese for source, meaning, chinese in texts_of_file()}
    assert texts["Open", "not reviewed yet"] != texts["Open", ""]


def test_nothing_is_translated_before_a_language_is_chosen() -> None:
    """A text that is translated while its module is imported stays English for ever."""
    early = []
    for path in sorted(EDITOR.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inside = {
            below
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.Lambda)
            for part in (node.body if isinstance(node.body, list) else [node.body])
            for below in ast.walk(part)
        }
        early += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and called(node) in ("tr", "translated") and node not in inside
        ]
    assert not early
