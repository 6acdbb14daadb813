"""Detection while its options are tried: what would come and go, and the worth that a keyframe must have."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from editor.document.detection_trial import DetectionTrial
from editor.language.translation import tr
from editor.look import colours
from editor.look.style import figures_font
from editor.timeline.frame_scale import FrameScale
from pipeline.project.detection import least_score, sensitivity_for

_HALF_PX = 6.0
_EDGE_PX = 4.0
"""Room over and under the worths, as the signals have it."""
_GRIP_PX = 5.0


def draw_trial_changes(painter: QPainter, lane: QRectF, scale: FrameScale, trial: DetectionTrial) -> None:
    """In the lane of the face in hand: a dotted diamond where a keyframe would come, a stroke through one that would
    go."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    y = lane.center().y()
    for frame, comes in trial.changes().items():
        x = lane.left() + scale.x(frame + 0.5)
        if not lane.left() - _HALF_PX <= x <= lane.right() + _HALF_PX:
            continue
        if comes:
            painter.setPen(QPen(colours.GOOD, 1.5, Qt.PenStyle.DotLine))
            corners = [(0.0, -_HALF_PX), (_HALF_PX, 0.0), (0.0, _HALF_PX), (-_HALF_PX, 0.0)]
            painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
        else:
            painter.setPen(QPen(colours.BAD, 1.5))
            painter.drawLine(QPointF(x - _HALF_PX, y + _HALF_PX), QPointF(x + _HALF_PX, y - _HALF_PX))
    painter.restore()


def draw_worths(painter: QPainter, lane: QRectF, scale: FrameScale, trial: DetectionTrial) -> None:
    """Over the signals: a stem for each keyframe that could be found, as high as its worth, bright where it is found;
    across them the line that is dragged."""
    found = trial.found
    if found is None:
        return
    chosen = {each.frame for each in found.proposals}
    for frame, worth in found.seen:
        x = lane.left() + scale.x(frame + 0.5)
        if lane.left() <= x <= lane.right():
            painter.setPen(QPen(colours.GOOD if frame in chosen else colours.grey(120), 2))
            painter.drawLine(QPointF(x, lane.bottom() - _EDGE_PX), QPointF(x, _y(lane, worth)))
    least = least_score(trial.options.sensitivity)
    y = round(_y(lane, least)) + 0.5
    painter.setPen(QPen(colours.TEXT, 1))
    painter.drawLine(QPointF(lane.left() - 8, y), QPointF(lane.right() + 8, y))
    painter.setFont(figures_font(11))
    words = tr("worth {least:.2f} or more", least=least)
    # Under the line, where stems that reach it end.
    width = painter.fontMetrics().horizontalAdvance(words) + 8
    plate = QRectF(lane.right() + 8 - width, y + 1, width, 16)
    painter.fillRect(plate, colours.grey(38))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def grips_threshold(lane: QRectF, at: QPointF, trial: DetectionTrial) -> bool:
    """Whether a point lies on the line."""
    line = _y(lane, least_score(trial.options.sensitivity))
    return trial.found is not None and lane.height() > 0 and abs(at.y() - line) <= _GRIP_PX


def sensitivity_at(lane: QRectF, y: float) -> float:
    """The sensitivity that puts the line at a height of the lane."""
    share = (lane.bottom() - _EDGE_PX - y) / max(1.0, lane.height() - 2 * _EDGE_PX)
    return round(sensitivity_for(share), 3)


def _y(lane: QRectF, worth: float) -> float:
    return lane.bottom() - _EDGE_PX - worth * (lane.height() - 2 * _EDGE_PX)
