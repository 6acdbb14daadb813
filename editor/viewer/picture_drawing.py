"""Draws the pictures of the viewer into its panes: beside each other, over each other, and what lies over them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from editor.look import colours
from editor.look.style import figures_font
from editor.playback.pictures import Picture, Pictures
from editor.viewer.overlays import draw_area, draw_faces, draw_safe_areas
from editor.viewer.view_layout import ViewLayout
from editor.viewer.view_state import ViewState
from editor.viewer.view_tone import ViewTone, toned
from pipeline.ipc.messages import FrameFacts, Layer

Drawing = Callable[[QPainter, FrameFacts, QRectF, float], None]
"""Draws over a picture with these facts, which lies at the rectangle with so many canvas pixels a picture pixel."""

_NEAREST_FROM = 2.0
_TONED_KEPT = 5


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One of the pictures that are shown, and whether it is the document's own or stands in the plate's place."""

    layer: Layer
    picture: Picture | None
    is_own: bool = True


class PictureDrawing:
    """Keeps what was made of pictures to look at them brighter, darker, or by one channel."""

    def __init__(self, state: ViewState, pictures: Pictures) -> None:
        self._state, self._pictures = state, pictures
        self._toned: dict[tuple[int, ViewTone], QImage] = {}
        self.overlay: Drawing | None = None
        """Draws over the layer that is shown, at last."""
        self.area: tuple[int, int, int, int] | None = None
        """A rectangle of the picture that is marked wherever it is seen."""

    def draw(
        self,
        painter: QPainter,
        layout: ViewLayout,
        halves: Sequence[Half],
        beside: Sequence[int],
        *,
        ratio: float = 1.0,
        bare: bool = False,
    ) -> None:
        """All of it. `beside`: frames that shine through. `ratio`: screen pixels a canvas pixel. `bare`: nothing over
        the pictures."""
        compare = self._state.compare
        for number, half in enumerate(halves):
            pane = layout.pane(number)
            clip, share = pane, 1.0
            if number and compare == "wipe":
                clip = QRectF(pane)
                clip.setLeft(self.wipe_x(layout))
            elif number and compare == "blend":
                share = self._state.blend
            self._draw_half(painter, layout, half, (pane, clip), share, beside, ratio, bare)
        if len(halves) == 2 and compare == "wipe":
            _draw_wipe(painter, self.wipe_x(layout), layout.size.height())
        for number in range(1, layout.columns):
            painter.fillRect(QRectF(layout.pane(number).x() - 1, 0, 2, layout.size.height()), colours.LINE)
        for number in range(1, layout.rows):
            painter.fillRect(
                QRectF(0, layout.pane(number * layout.columns).y() - 1, layout.size.width(), 2), colours.LINE
            )

    def wipe_x(self, layout: ViewLayout) -> float:
        """Where the wipe's line stands."""
        placed = layout.placed(layout.pane(0))
        return placed.x() + self._state.wipe * placed.width()

    def _draw_half(
        self,
        painter: QPainter,
        layout: ViewLayout,
        half: Half,
        where: tuple[QRectF, QRectF],
        share: float,
        beside: Sequence[int],
        ratio: float,
        bare: bool,
    ) -> None:
        """`where`: the pane, and what of it is painted. `share`: how much of the picture covers what lies under it."""
        if half.picture is None:
            return
        painter.save()
        painter.setClipRect(where[1])
        placed = layout.placed(where[0])
        layout.mirror(painter, placed)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth(layout.scale * ratio))
        skins = self._draw_skins(painter, placed, half.layer, beside)
        painter.setOpacity(0.5 if skins else share)
        image = self._seen(half.picture.image)
        painter.drawImage(placed, image)
        painter.setOpacity(share)
        if half.layer == "difference":
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            for _ in range(self._state.gain - 1):
                painter.drawImage(placed, image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setOpacity(1.0)
        if not bare:
            self._draw_over(painter, half.layer, half.picture.facts, placed, layout.scale)
        painter.restore()

    def _is_smooth(self, zoom: float) -> bool:
        return zoom < _NEAREST_FROM if self._state.filter == "automatic" else self._state.filter == "linear"

    def _draw_over(self, painter: QPainter, layer: Layer, facts: FrameFacts, placed: QRectF, scale: float) -> None:
        above = self.overlay if layer == self._state.layer else None
        if self._state.overlays or above is not None:
            painter.setFont(figures_font(11))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state.overlays:
            draw_faces(painter, facts.faces, placed, scale, self._state.overlays)
        if above is not None:
            above(painter, facts, placed, scale)
        if self._state.safe_areas:
            draw_safe_areas(painter, placed)
        if self.area is not None:
            draw_area(painter, self.area, placed, scale)

    def _draw_skins(self, painter: QPainter, placed: QRectF, layer: Layer, beside: Sequence[int]) -> bool:
        """The neighbours under the frame that is drawn last; whether any has come."""
        found = [self._pictures.picture(frame, layer) for frame in beside]
        for number, picture in enumerate(each for each in found if each is not None):
            painter.setOpacity(1.0 / (number + 1))
            painter.drawImage(placed, self._seen(picture.image))
        return any(each is not None for each in found)

    def _seen(self, image: QImage) -> QImage:
        """The image as it is looked at; made once a picture."""
        tone = self._state.tone
        key = image.cacheKey(), tone
        if key not in self._toned:
            if len(self._toned) >= _TONED_KEPT:
                self._toned.pop(next(iter(self._toned)))
            self._toned[key] = toned(image, tone)
        return self._toned[key]


def _draw_wipe(painter: QPainter, x: float, height: float) -> None:
    painter.setPen(QPen(colours.grey(0), 3))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setPen(QPen(colours.grey(235), 1))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colours.grey(235))
    painter.setPen(QPen(colours.grey(0), 1.2))
    painter.drawEllipse(QPointF(x, height * 0.5), 6, 6)
