"""Picture files as small pictures."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImageReader, QPixmap

from editor.look import colours


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
