"""Files that show a face, as the panels show and take them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImageReader, QPixmap

from editor.look import colours

FILMS = (".mp4", ".mov", ".mxf", ".mkv", ".avi", ".webm", ".m4v", ".ts", ".m2ts")
STILLS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")


def photo(path: Path, height: int) -> QPixmap:
    """A picture file as a small pixmap; a grey one where Qt can't read it (a film, an EXR)."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(height * 3, height, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        blank = QPixmap(height, height)
        blank.fill(colours.RAISED)
        return blank
    return QPixmap.fromImage(image)


def dropped_faces(data: QMimeData) -> list[Path]:
    """The photos and films that are dragged; none where anything else is among them."""
    paths = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    return paths if paths and all(each.suffix.lower() in (*STILLS, *FILMS) for each in paths) else []


def file_filter(endings: Sequence[str]) -> str:
    """Endings as a file dialog's filter."""
    return f"Pictures and films ({' '.join('*' + each for each in endings)});;All files (*)"
