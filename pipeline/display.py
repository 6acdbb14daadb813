"""Can a window be shown here? Asked without Qt in this process: where it can't start, Qt aborts whoever called it."""

import os
import subprocess
import sys
from pathlib import Path

_PACKAGES_FILE = Path(__file__).resolve().parents[1] / "resources" / "qt-packages.txt"
_LINUX_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_PROBE = (
    "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); "
    "from PySide6.QtWidgets import QApplication; QApplication([])"
)
"""An abort is expected where it fails, and leaves no core file."""
_PROBE_SECONDS = 20


def has_screen() -> bool:
    """Whether the environment names something to show a window on; only Linux has to."""
    return not sys.platform.startswith("linux") or any(os.environ.get(each) for each in _LINUX_SCREENS)


def why_no_window() -> str | None:
    """What Qt says when it is started in a process of its own; None where it starts.

    Other systems than Linux have their libraries in Qt's own packages and always a screen: they are not asked. A
    frozen program has no interpreter to ask.
    """
    if not sys.platform.startswith("linux") or getattr(sys, "frozen", False):
        return None
    try:
        asked = subprocess.run(
            [sys.executable, "-c", _PROBE],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"Qt did not start within {_PROBE_SECONDS} seconds"
    if asked.returncode == 0:
        return None
    said = [line.strip() for line in asked.stderr.splitlines() if line.strip()]
    named = [line.removeprefix("ImportError: ") for line in said if line.startswith(("qt.qpa.", "ImportError: "))]
    return "; ".join(line.rstrip(".") for line in named or said[-1:]) or f"Qt ended with status {asked.returncode}"


def system_packages() -> str:
    """The packages of Debian and Ubuntu that hold what Qt needs of the system, as apt-get takes them."""
    return " ".join(_PACKAGES_FILE.read_text(encoding="utf-8").split())
