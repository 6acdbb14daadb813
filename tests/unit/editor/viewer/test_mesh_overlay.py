"""The mesh over the picture: its lines, what is believed, what is covered."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from editor.viewer.overlays import Overlay, draw_faces
from pipeline.ipc.arrays import packed
from pipeline.ipc.messages import FaceFacts
from pipeline.project.landmark_mesh import mesh_lines, mesh_triangles
from pipeline.project.landmark_parts import REGIONS

SIDE = 400
CANONICAL = Path(__file__).resolve().parents[4] / "models" / "canonical_face.npz"


@pytest.fixture(scope="module")
def face() -> FaceFacts:
    """The canonical face, seen from the front, over most of the picture; irises in its middle."""
    with np.load(CANONICAL) as mesh:
        vertices = mesh["vertices"]
    points = np.full((478, 3), SIDE / 2, np.float32)
    points[:468, :2] = SIDE / 2 + vertices[:, :2] * (SIDE / 22, -SIDE / 22)
    return FaceFacts(face="face-1", box=(0.0, 0.0, 1.0, 1.0), landmarks=packed(points), drawn=True)


def drawn(face: FaceFacts, overlay: Overlay) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(128, 128, 128))
    painter = QPainter(image)
    draw_faces(painter, [face], QRectF(0, 0, SIDE, SIDE), 1.0, {overlay})
    painter.end()
    return image


def tinted(image: QImage) -> tuple[int, int]:
    """Pixels that are more red than green, and more green than red."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4).astype(int)
    lead = rows[:, :, 2] - rows[:, :, 1]
    return int((lead > 20).sum()), int((lead < -20).sum())


def test_the_mesh_has_each_line_once_and_all_its_triangles() -> None:
    assert (len(mesh_triangles()), len(mesh_lines())) == (898, 898 + 468 - 1)  # Euler: a disc.
    assert all(a < b for a, b in mesh_lines())


def test_lines_are_drawn_over_the_face(styled: QApplication, face: FaceFacts) -> None:
    assert drawn(face, "mesh") != drawn(replace(face, landmarks=None), "mesh")
    assert tinted(drawn(face, "mesh")) == (0, 0)


def test_parts_are_green_where_they_are_believed_and_red_where_not(styled: QApplication, face: FaceFacts) -> None:
    red, green = tinted(drawn(face, "regions"))
    assert (red, green > 500) == (0, True)
    red, fewer = tinted(drawn(replace(face, trust=(1.0, 1.0, 1.0, 1.0, 0.0)), "regions"))
    assert red > 200
    assert fewer < green


def test_only_what_is_covered_is_red(styled: QApplication, face: FaceFacts) -> None:
    covered = np.zeros(468, np.uint8)
    assert tinted(drawn(face, "covered")) == (0, 0)
    covered[list(REGIONS["mouth"])] = 1
    red, green = tinted(drawn(replace(face, covered=packed(covered)), "covered"))
    assert (red > 300, green) == (True, 0)
    everything = tinted(drawn(replace(face, covered=packed(np.ones(468, np.uint8))), "covered"))[0]
    assert everything > 10 * red
