"""Gathers the editor's texts for translation and compiles them; a test says when it has to be run.

scripts/translations.py          bring resources/translations/zh_CN.ts up to date with the code, then compile it
"""

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)


def gather(language: str) -> None:
    """New texts come into the language's .ts file as unfinished, texts that the code no longer has go."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "editor").rglob("*.py"))
    options = [
        "-target-language",
        language,
        "-no-obsolete",
        "-locations",
        "none",
        "-sort-messages",
        "-disable-heuristic",
        "similartext",
    ]
    _run("lupdate", *sources, *options, "-tr-function-alias", "QT_TR_NOOP+=mark", "-ts", str(_file(language, "ts")))


def compile_texts(language: str, output: Path) -> None:
    """The .qm file of a language, as Qt reads it."""
    _run("lrelease", "-silent", str(_file(language, "ts")), "-qm", str(output))


def _file(language: str, suffix: str) -> Path:
    return FOLDER / f"{language}.{suffix}"


def _run(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if sys.platform == "win32" else tool)
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    for each in LANGUAGES:
        gather(each)
        compile_texts(each, _file(each, "qm"))
