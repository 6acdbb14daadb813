"""Keyframes on the timeline: how they are drawn, found under the pointer, and told about."""

from bisect import bisect_left
from collections.abc import Set
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from editor.document.edits import STATUS_WORDS
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.timeline.frame_scale import FrameScale
from pipeline.project.keyframe import Keyframe, Status
from pipeline.project.project import FaceTrack

_HALF_PX = 6.0
_PIXMAP_PX = 24


def keyed_frames(track: FaceTrack) -> frozenset[int]:
    """Frames on which any parameter, or a correction of landmarks, has a key."""
    keys = frozenset(key.frame for curve in track.curves.values() for key in curve.keys)
    return keys.union(*(each.frames for each in track.corrections))


def draw_diamonds(
    painter: QPainter,
    lane: QRectF,
    scale: FrameScale,
    track: FaceTrack,
    keyed: Set[int],
    selected: Set[int],
    *,
    early: bool = False,
) -> None:
    """Hollow: proposed. Filled: it holds keys. The colour is the review's; the accent surrounds those selected. Dim:
    found before the analysis is done (`early`).
    """
    scaling = painter.device().devicePixelRatioF()
    y = lane.center().y()
    taken = -1e9
    for keyframe in _in_sight(track, scale, lane.width()):
        x = lane.left() + scale.x(keyframe.frame + 0.5)
        is_selected = keyframe.frame in selected
        # Where thousands lie side by side, one diamond every other pixel says as much, and is drawn in time.
        if x - taken < 2.0 and not is_selected:
            continue
        taken = x
        drawn = _diamond(keyframe.status, keyframe.frame in keyed, is_selected, scaling, early)
        painter.drawPixmap(QPointF(x - _PIXMAP_PX / 2, y - _PIXMAP_PX / 2), drawn)


@cache
def _diamond(status: Status, is_keyed: bool, is_selected: bool, scaling: float, early: bool) -> QPixmap:
    """One kind of diamond, drawn once: there are a dozen kinds, and thousands of keyframes."""
    pixmap = QPixmap(round(_PIXMAP_PX * scaling), round(_PIXMAP_PX * scaling))
    pixmap.setDevicePixelRatio(scaling)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = colours.TEXT_FAINT if early else colours.STATUS_COLOURS[status]
    if is_selected:
        _draw(painter, _HALF_PX + 2.5, colours.ACCENT, colours.ACCENT)
    _draw(painter, _HALF_PX, colour, colour if is_keyed else colours.grey(34))
    painter.end()
    return pixmap


def _draw(painter: QPainter, half: float, line: QColor, fill: QColor) -> None:
    middle = _PIXMAP_PX / 2
    painter.setPen(QPen(line, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QBrush(fill))
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle, middle - half),
                QPointF(middle + half, middle),
                QPointF(middle, middle + half),
                QPointF(middle - half, middle),
            ]
        )
    )


def _in_sight(track: FaceTrack, scale: FrameScale, width: float) -> tuple[Keyframe, ...]:
    margin = int(_HALF_PX * 2 / scale.frame_px) + 1
    first = bisect_left(track.keyframes, scale.frame(0) - margin, key=lambda each: each.frame)
    last = bisect_left(track.keyframes, scale.frame(width) + margin, key=lambda each: each.frame)
    return track.keyframes[first:last]


def keyframe_at(track: FaceTrack, scale: FrameScale, x: float) -> Keyframe | None:
    """The keyframe whose diamond lies at a pixel of the lane, the nearest of several."""
    near = [
        each for each in _in_sight(track, scale, x + 2 * _HALF_PX) if abs(scale.x(each.frame + 0.5) - x) <= _HALF_PX + 1
    ]
    return min(near, key=lambda each: abs(scale.x(each.frame + 0.5) - x), default=None)


def keyframes_between(track: FaceTrack, scale: FrameScale, x0: float, x1: float) -> list[int]:
    """Frames of the keyframes whose middle lies between two pixels."""
    left, right = sorted((x0, x1))
    return [each.frame for each in track.keyframes if left <= scale.x(each.frame + 0.5) <= right]


def told(keyframe: Keyframe, timecode: str, *, early: bool = False) -> str:
    """A keyframe in words, for the pointer that rests on it; `early`: one found before the analysis is done."""
    head = tr(
        "<b>{kind}</b> &nbsp; frame {frame} &nbsp; {timecode}",
        kind=kind_words(keyframe),
        frame=keyframe.frame,
        timecode=timecode,
    )
    score = "" if keyframe.score is None else " &nbsp; " + tr("worth {score:.2f}", score=keyframe.score)
    reasons = "".join(f"<br>· {translated(reason)}" for reason in keyframe.reasons)
    note = f"<br><i>{keyframe.note}</i>" if keyframe.note else ""
    status = translated(STATUS_WORDS[keyframe.status])
    if early:
        status = tr("Found so far: it may change until the analysis is done.")
    return f"{head}{score}{reasons}<br>{status}{note}"


def kind_words(keyframe: Keyframe) -> str:
    """The kind as it is shown."""
    return translated(keyframe.kind.replace("_", " ").capitalize())
