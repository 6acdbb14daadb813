"""Where an analysis is kept, and under which name.

Beside the project or the result, in a folder that may be deleted; on network drives, where SQLite's write-ahead log
does not hold, in the user's local cache folder. The name says which plate, which options, which networks and which
version of the pass it came from, so that an analysis that no longer fits is never found.
"""

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__
from pipeline.engines.engine import ModelCard
from pipeline.project.user_folders import cache_folder

FOLDER = ".likeness"

_NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs", "davfs"}
)
_NETWORK_PREFIX = "fuse."
_DRIVE_REMOTE = 4


def analysis_key(plate_sha256: str, options: object, cards: Sequence[ModelCard], version: int) -> str:
    """Content key (sha256, hex) of an analysis: what went in, and what it was computed with.

    `options` is a value whose repr says all of it (a frozen dataclass).
    """
    models = sorted(f"{card.id} {card.sha256}" for card in cards)
    return hashlib.sha256(f"{__version__} {version}\n{plate_sha256}\n{options!r}\n{models}".encode()).hexdigest()


def store_path(beside: Path | None, plate_sha256: str, key: str) -> Path:
    """The file of an analysis that belongs to a project or result in the folder `beside`; nothing is created."""
    return cache_root(beside) / "analysis" / f"{plate_sha256[:16]}-{key[:16]}.sqlite"


def cache_root(beside: Path | None) -> Path:
    """The folder of what may be deleted at any time and belongs to a project or result in the folder `beside`.

    The user's cache folder where `beside` is None, on a network drive, or a folder that may only be read.
    """
    if beside is None or is_network_folder(beside) or not os.access(beside, os.W_OK):
        return cache_folder()
    return beside / FOLDER


def is_network_folder(folder: Path) -> bool:
    """Whether a folder lies on a file system that the operating system reports as a network's.

    macOS has no such report that needs no privileges; there every folder counts as local.
    """
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    mounts = Path("/proc/self/mounts")
    if not mounts.is_file():
        return False
    kind = mounted_kind(folder.absolute(), mounts.read_text(encoding="utf-8", errors="replace"))
    return kind in _NETWORK_SYSTEMS or kind.startswith(_NETWORK_PREFIX)


def mounted_kind(folder: Path, mounts: str) -> str:
    """The file system's name at an absolute folder, by a mount table in the form of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].encode().decode("unicode_escape"))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _is_remote_drive(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    drives = ctypes.CDLL("kernel32")
    return int(drives.GetDriveTypeW(folder.absolute().anchor)) == _DRIVE_REMOTE
