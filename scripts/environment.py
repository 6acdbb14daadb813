"""Makes `.venv` and installs exactly what a lock names. Standard library only: it runs before anything is installed.

Usage: environment.py [EXTRA]. Nothing is downloaded or changed when the lock is the one already installed;
everything it says goes to stderr, so a command's own output stays clean.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from package_index import pip_environment
from pip_source import PipMissing, install_pip

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "likeness-locks.json"
LOCKS = ROOT / "requirements"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def venv_python() -> Path:
    """The environment's interpreter, where it is or will be."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path, *arguments: str) -> bool:
    """Whether the interpreter runs with these arguments and ends well."""
    if not python.exists():
        return False
    return subprocess.run([python, *arguments], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    """An environment without pip: Debian and Ubuntu ship no ensurepip. A broken one is made again."""
    if works(venv_python(), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    say(f"Making {VENV}")
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=False, symlinks=os.name != "nt")


def lock_file(extra: str | None) -> Path:
    """The lock of the base dependencies, or of the base with one extra."""
    path = LOCKS / (f"lock-{extra}.txt" if extra else "lock.txt")
    if not path.is_file():
        known = sorted(p.stem.removeprefix("lock-") for p in LOCKS.glob("lock-*.txt"))
        raise SystemExit(f"There is no extra called {extra}: choose one of {', '.join(known)}")
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """File name → digest of each lock the environment satisfies."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def install(lock: Path) -> None:
    """Installs a lock, every file checked against its hash, and records it. An extra's lock contains the base's."""
    python = venv_python()
    if not works(python, "-m", "pip", "--version"):
        install_pip(python)
    say(f"Installing {lock.relative_to(ROOT)} (the first time about 1 GB; once for each version)")
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    command += ["--quiet", "--disable-pip-version-check", "--requirement", lock]
    result = subprocess.run(command, stdout=sys.stderr, env=pip_environment(), check=False)
    if result.returncode:
        raise SystemExit(f"The dependencies could not be installed from {lock.name}; pip's own words are above.")
    base = lock_file(None)
    STAMP.write_text(json.dumps({base.name: digest(base), lock.name: digest(lock)}))


def main(arguments: list[str]) -> None:
    lock = lock_file(arguments[0] if arguments else None)
    make_venv()
    if installed().get(lock.name) != digest(lock):
        try:
            install(lock)
        except PipMissing as missing:
            raise SystemExit(str(missing)) from missing


if __name__ == "__main__":
    main(sys.argv[1:])
