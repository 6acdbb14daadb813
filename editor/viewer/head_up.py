"""The head-up display: what is seen, which frame, at which size, and what it still waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.look.style import figures_font
from editor.viewer.view_state import LAYER_WORDS
from pipeline.ipc.messages import FrameFacts, Layer, Missing
from pipeline.project.project import MarkPlace

_GROUND = QColor(0, 0, 0, 140)
_COLOUR_TAGS = 3
"""Matrix, transfer, primaries."""
PROXY = "PROXY"
"""The badge: a word that editing programs leave as it is in every language."""
_ACROSS: dict[MarkPlace, MarkPlace] = {
    "bottom-left": "top-left",
    "bottom-right": "top-right",
    "top-left": "bottom-left",
    "top-right": "bottom-right",
}
_BESIDE: dict[MarkPlace, MarkPlace] = {
    "bottom-left": "bottom-right",
    "bottom-right": "bottom-left",
    "top-left": "top-right",
    "top-right": "top-left",
}
_WAITS: dict[Missing, str] = {
    "analysis": mark("the face is drawn once the plate is analysed"),
    "preparation": mark("the face is being prepared"),
    "match": mark("draft; the expression is being matched"),
}


@dataclass(frozen=True, slots=True)
class HeadUp:
    """What there is to say. `reference` is what stands in the plate's place; without `layers`, it is all that is seen;
    without both, every pane says what is seen in it. `facts` and `seen_frame` are the picture's, None where none is
    there yet."""

    layers: tuple[Layer, ...]
    reference: str
    gain: int
    tone: str
    frame: int
    timecode: str
    size: tuple[int, int]
    zoom: float
    facts: FrameFacts | None
    seen_frame: int | None
    is_current: bool
    problem: str
    onion: bool
    """Whether the frames before and after shine through."""
    mark_place: MarkPlace
    assumed: tuple[str, ...] = ()
    """What the plate's file doesn't say of its colours."""
    blend: float | None = None
    """How much of the last layer is seen over the one before; None: they don't lie over each other."""

    @property
    def is_proxy(self) -> bool:
        """Whether the plate's proxy of this very frame is seen."""
        return self.facts is not None and self.facts.proxy and self.seen_frame == self.frame


def draw_proxy_badge(painter: QPainter, canvas: QRect) -> None:
    """Say at the top of the picture that it is a proxy, whatever else is shown or not."""
    painter.setFont(figures_font(12))
    width, height = painter.fontMetrics().horizontalAdvance(PROXY) + 18, painter.fontMetrics().height() + 6
    ground = QRectF((canvas.width() - width) / 2, 8, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.WORK)
    painter.drawRoundedRect(ground, 3, 3)
    painter.setPen(colours.CANVAS_BLACK)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, PROXY)


def draw_head_up(painter: QPainter, canvas: QRect, what: HeadUp) -> None:
    """Draw it into the corners of the canvas; what would lie over the result's mark goes to the corner across."""
    painter.setFont(figures_font(12))
    seen = what.frame if what.seen_frame is None else what.seen_frame
    where, colour = f"{what.frame}   {what.timecode}", colours.TEXT
    if seen != what.frame:
        where, colour = tr("seen: {seen}   waiting for {frame}", seen=seen, frame=what.frame), colours.WORK
    layers = (
        "   ".join(each for each in (layers_text(what), what.tone) if each) if what.layers or what.reference else ""
    )
    lines: dict[MarkPlace, tuple[str, QColor]] = {
        "top-left": (layers, colours.WORK if what.tone else colours.TEXT),
        "top-right": (size_text(what), colours.TEXT_DIM),
        "bottom-left": (where, colour),
        "bottom-right": _said(what),
    }
    for corner, (text, shade) in lines.items():
        if text:
            at, row = (_ACROSS[corner], 1) if corner == what.mark_place else (corner, 0)
            _label(painter, canvas, at, row, text, shade)
    if what.assumed:
        at, row = ("bottom-right", 1) if what.mark_place == "top-right" else ("top-right", 1)
        row += what.mark_place == "bottom-right"
        _label(painter, canvas, at, row, assumed_text(what.assumed), colours.WORK)


def assumed_text(fields: Sequence[str]) -> str:
    """That the file doesn't state what its colours mean, or what of it."""
    if len(fields) == _COLOUR_TAGS:
        return tr("untagged, colour assumed")
    return tr("colour assumed: {fields}", fields=", ".join(translated(each) for each in fields))


def draw_captions(painter: QPainter, panes: Sequence[tuple[QRectF, HeadUp]]) -> None:
    """Say in a corner of every pane what is seen in it, and in the first how all of it is looked at."""
    painter.setFont(figures_font(12))
    for number, (pane, what) in enumerate(panes):
        painter.save()
        painter.translate(pane.topLeft())
        is_toned = bool(what.tone) and not number
        words = f"{layers_text(what)}   {what.tone}" if is_toned else layers_text(what)
        colour = colours.WORK if is_toned else colours.TEXT
        _label(painter, pane.toAlignedRect(), "top-left", 0, words, colour)
        painter.restore()


def mirrored_place(place: MarkPlace, *, flop: bool, flip: bool) -> MarkPlace:
    """In which corner of the canvas a corner of a mirrored picture is seen."""
    if flip:
        place = _ACROSS[place]
    return _BESIDE[place] if flop else place


def size_text(what: HeadUp) -> str:
    """How large the plate's picture is, and how large it is seen; empty until there is one."""
    return "" if what.facts is None else f"{what.size[0]} × {what.size[1]}   {what.zoom * 100:.0f} %"


def waiting_text(missing: Missing) -> str:
    """What a picture waits for, which is shown without it until then. Not of one that waits for nothing."""
    return tr(_WAITS[missing])


def layers_text(what: HeadUp) -> str:
    """What is seen, and in which quality it is drawn."""
    words = [tr(LAYER_WORDS["plate" if what.is_proxy else layer]) for layer in what.layers]
    if what.reference:
        words.insert(0, what.reference)
    if words and what.facts is not None and what.facts.layer not in ("plate", "alpha"):
        words[-1] = tr("{layer}, {quality}", layer=words[-1], quality=translated(what.facts.quality))
    if what.blend is not None:
        words[-1] += f" {100 * what.blend:.0f} %"
    text = " | ".join(words)
    if what.onion:
        text += " " + tr("with the frames beside it")
    if what.gain > 1 and ("difference" in what.layers or (what.facts and what.facts.layer == "difference")):
        text += f" ×{what.gain}"
    return text


def _said(what: HeadUp) -> tuple[str, QColor]:
    if what.problem:
        return translated(what.problem), colours.BAD
    if what.facts is not None and what.layers[-1:] != ("plate",) and what.facts.missing in _WAITS:
        return waiting_text(what.facts.missing), colours.WORK
    if not what.is_current and not what.is_proxy:
        return tr("drawing …"), colours.TEXT_DIM
    return "", colours.TEXT_DIM


def _label(painter: QPainter, canvas: QRect, corner: MarkPlace, row: int, text: str, colour: QColor) -> None:
    """A line in a corner, or as the second row there."""
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(40, canvas.width() // 2 - 24))
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
    x = 8 if corner.endswith("left") else canvas.width() - width - 8
    down = 8 + row * (height + 3)
    y = down if corner.startswith("top") else canvas.height() - height - down
    ground = QRectF(x, y, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(ground, 3, 3)
    painter.setPen(colour)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
