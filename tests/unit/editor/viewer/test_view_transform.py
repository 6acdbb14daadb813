"""Zoom keeps the point under the pointer; pan follows it."""

import pytest
from PySide6.QtCore import QPointF, QSizeF

from editor.viewer.view_transform import LARGEST, ViewTransform

CANVAS, PICTURE = QSizeF(800, 600), QSizeF(640, 360)


def picture_point(transform: ViewTransform, at: QPointF) -> tuple[float, float]:
    placed = transform.placed(CANVAS, PICTURE)
    scale = transform.scale(CANVAS, PICTURE)
    return (at.x() - placed.x()) / scale, (at.y() - placed.y()) / scale


def test_fit_shows_the_whole_picture_in_the_middle() -> None:
    placed = ViewTransform().placed(CANVAS, PICTURE)
    assert (placed.x(), placed.width()) == (0, 800)
    assert placed.center() == QPointF(400, 300)


@pytest.mark.parametrize("factor", [1.25, 0.5, 3.7])
def test_zooming_keeps_the_point_under_the_pointer(factor: float) -> None:
    at = QPointF(613, 211)
    before = ViewTransform()
    after = before.zoomed(factor, at, CANVAS, PICTURE)
    assert picture_point(after, at) == pytest.approx(picture_point(before, at), abs=0.51 / after.scale(CANVAS, PICTURE))


def test_panning_moves_the_picture_as_far_as_the_pointer() -> None:
    before = ViewTransform(2.5)
    after = before.panned(QPointF(30, -12), CANVAS, PICTURE)
    moved = after.placed(CANVAS, PICTURE).topLeft() - before.placed(CANVAS, PICTURE).topLeft()
    assert (moved.x(), moved.y()) == (30, -12)


def test_whole_zooms_lie_on_whole_pixels() -> None:
    placed = ViewTransform(1.0, (0.3, 0.7)).placed(CANVAS, PICTURE)
    assert (placed.x() % 1, placed.y() % 1) == (0, 0)


def test_there_is_an_end_to_zooming() -> None:
    transform = ViewTransform()
    for _ in range(60):
        transform = transform.zoomed(2.0, QPointF(1, 1), CANVAS, PICTURE)
    assert transform.zoom == LARGEST
