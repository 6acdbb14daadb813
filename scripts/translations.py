"""Gathers the editor's texts for translation; a test says when it has to be run.

scripts/translations.py          bring resources/translations/zh_CN.ts up to date with the code
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
    program = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "editor").rglob("*.py"))
    form = ["-no-obsolete", "-locations", "none", "-sort-messages", "-disable-heuristic", "similartext"]
    names = ["-tr-function-alias", "QT_TR_NOOP+=mark", "-target-language", language]
    target = FOLDER / f"{language}.ts"
    subprocess.run([str(program), *sources, *form, *names, "-ts", str(target)], cwd=ROOT, check=True)


if __name__ == "__main__":
    for each in LANGUAGES:
        gather(each)
