"""Which code computes pixels here: part of every key under which something computed is found again."""

import hashlib
from functools import cache
from pathlib import Path

from pipeline import __version__

_PACKAGES = ("project", "imaging", "engines", "media", "analysis", "comp", "render", "jobs")


@cache
def code_version() -> str:
    """The version, and a hash over the source files that decide pixels; the version alone where they aren't files."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__} {digest.hexdigest()[:16]}"
