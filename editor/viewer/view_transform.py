"""Where a picture lies on the canvas: zoom and pan, without a widget."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

SMALLEST, LARGEST = 0.02, 32.0


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """`zoom`: canvas pixels a picture pixel; None fits the picture in. `centre`: what lies in the canvas's middle,
    in picture pixels from the picture's own middle.
    """

    zoom: float | None = None
    centre: tuple[float, float] = (0.0, 0.0)

    def scale(self, canvas: QSizeF, picture: QSizeF) -> float:
        """Canvas pixels a picture pixel."""
        if self.zoom is not None:
            return self.zoom
        if picture.isEmpty() or canvas.isEmpty():
            return 1.0
        return min(canvas.width() / picture.width(), canvas.height() / picture.height())

    def placed(self, canvas: QSizeF, picture: QSizeF) -> QRectF:
        """The picture's rectangle on the canvas."""
        scale = self.scale(canvas, picture)
        width, height = picture.width() * scale, picture.height() * scale
        x = canvas.width() / 2 - self.centre[0] * scale - width / 2
        y = canvas.height() / 2 - self.centre[1] * scale - height / 2
        if self.zoom is not None and abs(scale - round(scale)) < 1e-6:
            x, y = round(x), round(y)
        return QRectF(x, y, width, height)

    def zoomed(self, factor: float, at: QPointF, canvas: QSizeF, picture: QSizeF) -> "ViewTransform":
        """Larger or smaller, with the picture's point under `at` staying there."""
        old = self.scale(canvas, picture)
        new = min(max(old * factor, SMALLEST), LARGEST)
        x, y = at.x() - canvas.width() / 2, at.y() - canvas.height() / 2
        return ViewTransform(new, (self.centre[0] + x / old - x / new, self.centre[1] + y / old - y / new))

    def panned(self, by: QPointF, canvas: QSizeF, picture: QSizeF) -> "ViewTransform":
        """Moved by canvas pixels."""
        scale = self.scale(canvas, picture)
        centre = (self.centre[0] - by.x() / scale, self.centre[1] - by.y() / scale)
        return replace(self, zoom=scale, centre=centre)
