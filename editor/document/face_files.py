"""Files that may show a face: which endings they have, and which are dragged or chosen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from editor.language.translation import tr

FILMS = (".mp4", ".mov", ".mxf", ".mkv", ".avi", ".webm", ".m4v", ".ts", ".m2ts")
STILLS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")


def dropped_faces(data: QMimeData) -> list[Path]:
    """The photos and films that are dragged; none where anything else is among them."""
    paths = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    return paths if paths and all(each.suffix.lower() in (*STILLS, *FILMS) for each in paths) else []


def file_filter(endings: Sequence[str]) -> str:
    """Endings as a file dialog's filter."""
    return tr("Pictures and films ({endings});;All files (*)", endings=" ".join("*" + each for each in endings))
