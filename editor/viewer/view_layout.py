"""Where panes and pictures lie in the viewer, without a widget: how many panes, zoom and pan, mirrored or not."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from editor.viewer.view_transform import ViewTransform


@dataclass(frozen=True, slots=True)
class ViewLayout:
    """`size`: of the whole viewer. `picture`: of the plate's picture at full size, in pixels.

    `flop` changes left and right of every picture, `flip` top and bottom.
    """

    size: QSizeF
    columns: int
    rows: int
    transform: ViewTransform
    picture: QSizeF
    flop: bool = False
    flip: bool = False

    @property
    def pane_size(self) -> QSizeF:
        return QSizeF(self.size.width() / self.columns, self.size.height() / self.rows)

    @property
    def scale(self) -> float:
        """Canvas pixels a picture pixel."""
        return self.transform.scale(self.pane_size, self.picture)

    def pane(self, number: int) -> QRectF:
        """One of the panes, counted row by row; of a single one, all are that."""
        each = self.pane_size
        row, column = divmod(number % (self.columns * self.rows), self.columns)
        return QRectF(column * each.width(), row * each.height(), each.width(), each.height())

    def number_at(self, at: QPointF) -> int:
        """Which pane lies under a point."""
        each = self.pane_size
        column = min(max(int(at.x() // max(1.0, each.width())), 0), self.columns - 1)
        row = min(max(int(at.y() // max(1.0, each.height())), 0), self.rows - 1)
        return row * self.columns + column

    def local(self, at: QPointF) -> QPointF:
        """A point as it lies in its pane."""
        return at - self.pane(self.number_at(at)).topLeft()

    def placed(self, pane: QRectF) -> QRectF:
        """The picture's rectangle in a pane."""
        return self.transform.placed(pane.size(), self.picture).translated(pane.topLeft())

    def to_picture(self, at: QPointF) -> QPointF:
        """A point in the picture's pixels, of the pane in which it lies."""
        placed = self.placed(self.pane(self.number_at(at)))
        x, y = at.x() - placed.x(), at.y() - placed.y()
        x = placed.width() - x if self.flop else x
        y = placed.height() - y if self.flip else y
        return QPointF(
            x * self.picture.width() / max(1e-9, placed.width()), y * self.picture.height() / max(1e-9, placed.height())
        )

    def pixel_at(self, at: QPointF) -> tuple[int, int] | None:
        """The picture's pixel at a point; None beside the picture."""
        point = self.to_picture(at)
        x, y = math.floor(point.x()), math.floor(point.y())
        return (x, y) if 0 <= x < self.picture.width() and 0 <= y < self.picture.height() else None

    def inside(self, at: QPointF, beside: QPointF) -> QPointF:
        """The point of the picture that is nearest, in the pane in which `beside` lies."""
        placed = self.placed(self.pane(self.number_at(beside)))
        last = placed.bottomRight() - QPointF(1.0, 1.0)
        return QPointF(min(max(at.x(), placed.x()), last.x()), min(max(at.y(), placed.y()), last.y()))

    def mirror(self, painter: QPainter, placed: QRectF) -> None:
        """Have what is drawn over a picture's rectangle from now on mirrored as the picture is."""
        if self.flop or self.flip:
            middle = placed.center()
            painter.translate(middle)
            painter.scale(-1.0 if self.flop else 1.0, -1.0 if self.flip else 1.0)
            painter.translate(-middle)
