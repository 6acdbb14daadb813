"""How strokes over a matte are seen in the viewer: the brush's ring, a way being painted, outlines of strokes."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from editor.look import colours
from editor.viewer.upright import in_sight
from pipeline.project.matte_stroke import LaidStroke, Shows

_SHADE = QColor(0, 0, 0, 170)
_TINT, _CORE_TINT = 62, 40
"""How strong a way being painted is seen, 0..255, and how much stronger where it doesn't fade."""
_FAINTEST = 70
"""The outline of a stroke that hardly counts."""

Way = Sequence[QPointF]


def draw_ring(painter: QPainter, middle: QPointF, radius: float, softness: float, shows: Shows | None) -> None:
    """The brush over a place: its edge, and within where it begins to fade. `radius` in canvas pixels; `shows` None:
    nothing would be painted.
    """
    colour = colours.grey(150) if shows is None else colours.STROKE_COLOURS[shows]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((_SHADE, 3.0), (colour, 1.4)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(middle, radius, radius)
    inner = radius * (1.0 - softness)
    if shows is not None and 1.0 < inner < radius - 1.0:
        for ink, width, style in ((_SHADE, 2.0, Qt.PenStyle.SolidLine), (colour, 1.0, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(ink, width, style))
            painter.drawEllipse(middle, inner, inner)


def draw_way(painter: QPainter, way: Way, radius: float, softness: float, shows: Shows) -> None:
    """A way as wide as the brush, in the colour of what it lets be seen, clear enough to see the picture under it."""
    path = _path(way)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = radius * (1.0 - softness)
    for half, strength in ((radius, _TINT), (inner, _CORE_TINT)):
        if half > 0.5:
            ink = QColor(colours.STROKE_COLOURS[shows])
            ink.setAlpha(strength)
            painter.setPen(_pen(ink, half))
            painter.drawPath(path)


class StrokeOutlines:
    """Thin lines around what is painted, where it lies uppermost: a later stroke hides the lines under it."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._image = QImage()

    def draw(self, painter: QPainter, strokes: Sequence[tuple[LaidStroke, Way]], cm_px: float, clip: QRectF) -> None:
        """Strokes in their order, each with its way on the canvas; `cm_px` canvas pixels a centimetre of the face."""
        area = in_sight(painter).intersected(clip).toAlignedRect()
        if not strokes or area.isEmpty():
            return
        scaling = painter.device().devicePixelRatioF()
        ends = tuple((way[0].x(), way[0].y(), way[-1].x(), way[-1].y()) for _, way in strokes)
        key = (tuple(laid for laid, _ in strokes), ends, cm_px, area.getRect(), scaling)
        if key != self._key:
            image = QImage(area.size() * scaling, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(scaling)
            image.fill(0)
            inks = QPainter(image)
            inks.setRenderHint(QPainter.RenderHint.Antialiasing)
            inks.translate(-area.topLeft())
            for laid, way in strokes:
                _outline(inks, laid, _path(way), laid.brush.radius * cm_px)
            inks.end()
            self._key, self._image = key, image
        painter.drawImage(area.topLeft(), self._image)


def _outline(painter: QPainter, laid: LaidStroke, path: QPainterPath, radius: float) -> None:
    colour = QColor(colours.STROKE_COLOURS[laid.brush.shows])
    colour.setAlpha(_FAINTEST + round(laid.amount * (255 - _FAINTEST)))
    over, clear = QPainter.CompositionMode.CompositionMode_SourceOver, QPainter.CompositionMode.CompositionMode_Clear
    # What lies in it is wiped away after the line was drawn twice as wide: however the way crosses itself, its
    # outline is left.
    for ink, half, mode in ((_SHADE, radius + 1.5, over), (colour, radius + 0.7, over), (colour, radius - 0.7, clear)):
        if half > 0.0:
            painter.setCompositionMode(mode)
            painter.setPen(_pen(ink, half))
            painter.drawPath(path)


def _path(way: Way) -> QPainterPath:
    path = QPainterPath(way[0])
    for each in way[1:]:
        path.lineTo(each)
    if path.length() < 0.01:  # A dab: a pen draws nothing of a way without length.
        path.lineTo(way[0] + QPointF(0.02, 0.0))
    return path


def _pen(colour: QColor, half: float) -> QPen:
    return QPen(colour, 2.0 * half, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
