"""The left end of the timeline: what each lane shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from editor.language.translation import tr
from editor.look import colours
from editor.timeline.lanes import Lane
from editor.timeline.quality_lane import DRAWN, TITLES
from editor.timeline.signal_traces import channel_title
from editor.timeline.sound_lane import OWN, QUIET, SPOKEN, has_voice

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView

GUTTER_PX = 138


def draw_gutter(painter: QPainter, view: TimelineView) -> None:
    """The lanes' names and the legend of the signals."""
    painter.fillRect(QRectF(0, 0, GUTTER_PX - 1, view.height()), colours.PANEL)
    painter.fillRect(QRectF(GUTTER_PX - 1, 0, 1, view.height()), colours.LINE)
    painter.setFont(view.font())
    lanes = view.lanes()
    painter.setPen(colours.TEXT_DIM)
    for title, lane in (
        (tr("Markers"), lanes.marker_lane),
        (tr("Shots"), lanes.shot_lane),
        (tr("Plate"), lanes.strip_lane),
    ):
        if lane.height:
            _write(painter, title, lane.top, lane.height)
    names = {each.id: each.name for each in view.document.project.identities}
    painter.setPen(colours.TEXT)
    for number, face in enumerate(view.faces()):
        lane = lanes.face_lane(number)
        painter.setPen(colours.TEXT)
        _write(painter, names.get(face.identity or "", tr("own face")), lane.top, lane.height)
        _draw_quality_legend(painter, lanes.quality_lane(number))
    _draw_sound_legend(painter, view, lanes.sound_lane)
    _draw_legend(painter, view)


def _draw_quality_legend(painter: QPainter, lane: Lane) -> None:
    """What the curves of a draft's quality are."""
    line = min(painter.fontMetrics().height(), lane.height // 2)
    for number, (measure, colour) in enumerate(DRAWN if lane.height else ()):
        painter.setPen(colour)
        _write(painter, tr(TITLES[measure]), lane.top + 1 + number * line, line)


def _draw_sound_legend(painter: QPainter, view: TimelineView, lane: Lane) -> None:
    """What the waveform's colours say, as far as it has them."""
    sound, face = view.record.sound, view.selection.face
    if sound is None:
        return
    names = {each.id: each.name for each in view.document.project.identities}
    rows = [(tr("Sound"), QUIET)]
    if len(sound.speech):
        rows.append((tr("speech"), SPOKEN))
    if has_voice(view.traces.buckets) and face is not None:
        name = names.get(face.identity or "")
        rows.append((tr("of this face") if name is None else tr("of {name}", name=name), OWN))
    line = min(painter.fontMetrics().height(), lane.height // 2)
    painter.setPen(rows[0][1])
    _write(painter, rows[0][0], lane.top + 2, line)
    x = 10.0
    for words, colour in rows[1:]:
        painter.setPen(colour)
        row = QRectF(x, lane.top + 2 + line, GUTTER_PX - 8 - x, line)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(row.width()))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, elided)
        x += painter.fontMetrics().horizontalAdvance(words + "  ")


def _draw_legend(painter: QPainter, view: TimelineView) -> None:
    lane = view.signal_lane()
    line = painter.fontMetrics().height()
    room = int((lane.height() - 6) // line)
    for number, channel in enumerate(view.traces.shown[:room]):
        painter.setPen(view.traces.colour(channel))
        _write(painter, channel_title(channel), lane.top() + 4 + number * line, line)


def _write(painter: QPainter, words: str, top: float, height: float) -> None:
    row = QRectF(10, top, GUTTER_PX - 18, height)
    elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(row.width()))
    painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, elided)
