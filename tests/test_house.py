"""The house rules that no other tool holds: sizes, names, docstrings, what the text may say, what start-up may load."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [
    ROOT / "main.py",
    *sorted((ROOT / "editor").rglob("*.py")),
    *sorted((ROOT / "pipeline").rglob("*.py")),
    *sorted((ROOT / "scripts").glob("*.py")),
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FOLDERS = (".ci", "docs", "editor", "installer", "models", "pipeline", "requirements", "resources", "scripts", "tests")
TEXT_SUFFIXES = {"", ".json", ".md", ".ps1", ".py", ".toml", ".txt"}

MODULE_LINES = 400
FUNCTION_LINES = 80
DRAWERS = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
TALKERS = {ROOT / "main.py", ROOT / "pipeline" / "cli.py"}
HEAVY = {"PySide6", "av", "c2pa", "cryptography", "cv2", "numba", "numpy", "onnxruntime", "OpenEXR", "scipy", "skimage"}
# A letter in brackets each, so that this file does not say what it forbids.
FORBIDDEN_TEXT = {
    "a path of one machine": re.compile(r"/(?:[w]ork|[r]oot|[t]mp)/[a-z]|[.][.]/shared"),
    "the address of a package index": re.compile(
        r"[p]ypi\.org|[p]ythonhosted\.org|[d]eb\.debian\.org|registry\.[n]pmjs"
    ),
    "how it was made": re.compile(r"(?i)sub-?[a]gent|closing [n]ote|\b[s]lice [A-D]\b|\b[s]tream S\d|\b[i]ssue #?\d"),
    "something left for later": re.compile(r"[T]ODO|[F]IXME|\b[X]XX\b|[N]otImplementedError"),
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def text_files() -> Iterator[Path]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    # In a second working tree `.git` is a file that says where the first one is.
    own = [path for path in ROOT.iterdir() if path.name != ".git"]
    for path in sorted([*found, *own]):
        if path.is_file() and path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts:
            yield path


def test_modules_and_functions_stay_small() -> None:
    long_modules = [f"{name(p)}: {n} lines" for p in [*CODE, *TESTS] if (n := p.read_text().count("\n")) > MODULE_LINES]
    long_functions = [
        f"{name(path)}: {node.name}, {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in [*CODE, *TESTS]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long_modules + long_functions


def test_modules_are_named_for_the_one_thing_they_hold() -> None:
    parts = {name(path): path.relative_to(ROOT).with_suffix("").parts for path in [*CODE, *TESTS]}
    assert not [path for path, words in parts.items() if any(DRAWERS.search(word) for word in words)]


def test_every_module_says_what_it_is() -> None:
    assert not [name(path) for path in CODE if not ast.get_docstring(tree(path))]


@pytest.mark.parametrize("fault", FORBIDDEN_TEXT)
def test_no_text_holds(fault: str) -> None:
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN_TEXT[fault].search(line)
    ]
    assert not found


def test_only_commands_print() -> None:
    quiet = [p for p in CODE if p not in TALKERS and p.parent.name not in {"commands", "scripts"}]
    printing = [
        f"{name(path)}:{node.lineno}"
        for path in quiet
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches everything and doesn't pass it on."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds
    )
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_errors_are_caught_by_name() -> None:
    handlers = [(path, node) for path in CODE for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    assert not [f"{name(path)}:{node.lineno}" for path, node in handlers if catches_all(node)]


def test_compiled_code_lives_in_kernel_modules() -> None:
    def importers(module: str) -> list[str]:
        pattern = re.compile(rf"^\s*(?:import|from) {re.escape(module)}\b", re.MULTILINE)
        return [name(path) for path in CODE if pattern.search(path.read_text())]

    assert importers("numba") == ["pipeline/imaging/jit.py"]
    only_listens = "pipeline/jobs/progress.py"
    assert all(path.endswith("_kernels.py") for path in importers("pipeline.imaging.jit") if path != only_listens)


@pytest.mark.parametrize("module", ["main", "pipeline.cli", "pipeline.errors"])
def test_start_up_loads_nothing_heavy(module: str) -> None:
    probe = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    answer = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(answer.stdout.split())


def test_the_editor_never_loads_what_belongs_to_the_worker() -> None:
    probe = "import sys, editor.app.entry; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    answer = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not (HEAVY - {"PySide6", "numpy"}) & set(answer.stdout.split())


def test_the_locks_name_no_index_and_every_file_has_its_hash() -> None:
    locks = sorted((ROOT / "requirements").glob("lock*.txt"))
    assert [lock.name for lock in locks] == ["lock-cuda.txt", "lock-test.txt", "lock.txt"]
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text
        assert not re.search(r"^opencv-(contrib-)?python==", text, re.MULTILINE)
        pins = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
        assert len(pins) > 15
        assert all("--hash=sha256:" in pin for pin in pins)


def test_an_extras_lock_contains_the_base() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / lock).read_text()
        return set(re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE))

    base = pins("lock.txt")
    assert all(base <= pins(f"lock-{extra}.txt") for extra in ("test", "cuda"))
