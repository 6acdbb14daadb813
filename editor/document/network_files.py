"""Files that may be networks: their endings alone, the program's command says which network each one is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

ENDINGS = (".onnx", ".npz")


def has_networks(paths: Sequence[Path]) -> bool:
    """Whether files that are dropped together are for the networks; a card may lie beside its network."""
    return any(each.suffix.lower() in ENDINGS for each in paths)


def dropped_networks(data: QMimeData) -> list[Path]:
    """The files that are dragged where a network is among them, else none."""
    paths = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    return paths if has_networks(paths) else []
