"""Where this program keeps what belongs to the user and not to a project: configuration and caches.

`LIKENESS_CONFIG` and `LIKENESS_CACHE` name other folders (a farm node without a home, a test).
"""

import os
import sys
from pathlib import Path


def config_folder() -> Path:
    """Settings and the signing identity; not created here."""
    chosen = os.environ.get("LIKENESS_CONFIG")
    if chosen:
        return Path(chosen)
    home = Path("~").expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / "Likeness"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Likeness"
    return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "likeness"


def cache_folder() -> Path:
    """Analyses and other things that may be deleted at any time; not created here."""
    chosen = os.environ.get("LIKENESS_CACHE")
    if chosen:
        return Path(chosen)
    home = Path("~").expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Likeness"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "Likeness"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "likeness"
