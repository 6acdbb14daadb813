"""The program itself, run by the bench in a process of its own."""

import subprocess
import sys

from editor.app.own_command import ROOT
from pipeline.errors import LikenessError


def run_own(*arguments: str, patience_s: float) -> None:
    """Run one of the program's commands and wait for its end. Raises LikenessError: it fails."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(ROOT / "main.py")]
    ended = subprocess.run([*program, *arguments], capture_output=True, timeout=patience_s, check=False)
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip()
        raise LikenessError(f"`{arguments[0]}` failed where the bench ran it: {said}")
