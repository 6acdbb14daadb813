"""Curves of quality, however close the frames lie."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.document.detection_trial import DetectionTrial
from editor.document.document import Document
from editor.document.selection import Selection
from editor.look import colours
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, DraftFigures, FaceFigures
from editor.playback.playhead import Playhead
from editor.timeline.frame_scale import FrameScale
from editor.timeline.plate_record import PlateRecord
from editor.timeline.quality_lane import draw_quality
from editor.timeline.signal_traces import SignalTraces
from editor.timeline.timeline_view import TimelineView
from pipeline.project.storage import StoredProject
from tests.unit.project.documents import one_face

WIDTH, HEIGHT = 400, 44
BLANK = colours.grey(40)


def figures(frames: int) -> FaceFigures:
    """Good all along but for one frame in the middle; the last quarter is out of date, the first isn't measured."""
    values = np.full((2, frames), 0.5, np.float32) * np.array([[0.15], [4.2]], np.float32)
    values[0, frames // 2] = 0.3
    values[:, : frames // 4] = np.nan
    order = np.arange(frames)
    limits = np.array([0.15, 4.2], np.float32)
    return FaceFigures((AU_ERROR, LANDMARKS), limits, values, order >= frames // 4, order < 3 * frames // 4)


def drawn(qapp: QApplication, frames: int) -> list[list[QColor]]:
    """The lane's columns, each its colours from top to bottom."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(BLANK)
    painter = QPainter(image)
    draw_quality(painter, QRectF(0, 0, WIDTH, HEIGHT), FrameScale(0, WIDTH / frames), figures(frames))
    painter.end()
    return [[image.pixelColor(x, y) for y in range(HEIGHT)] for x in range(WIDTH)]


@pytest.mark.parametrize("frames", [100, 40_000], ids=["frames apart", "many a pixel"])
def test_one_bad_frame_is_seen_and_what_is_out_of_date_is_grey(qapp: QApplication, frames: int) -> None:
    columns = drawn(qapp, frames)

    def coloured(x: int) -> bool:
        return any(each.saturation() > 40 for each in columns[x])

    def curves(x: int) -> int:
        """How many pixels are neither empty nor of the limits' line."""
        return sum(each not in (BLANK, colours.grey(84)) for each in columns[x])

    assert (coloured(50), curves(50)) == (False, 0)
    assert coloured(150)
    assert (coloured(350), curves(350) > 0) == (False, True)
    assert any(colours.BAD in column[-4:] for column in columns[198:206])
    assert not any(colours.BAD in column[-4:] for column in (*columns[:190], *columns[215:]))


def test_every_face_has_its_lane_and_where_room_is_short_the_one_in_hand(qtbot: QtBot) -> None:
    project = one_face(100)
    faces = tuple(replace(project.faces[0], id=f"face-{number}", track=number) for number in range(3))
    document = Document()
    document.open(Path("nowhere") / "a.likeness", StoredProject(replace(project, faces=faces), {}))
    selection, known = Selection(document), DraftFigures(document)
    view = TimelineView(
        document,
        selection,
        Playhead(document),
        SignalTraces(),
        PlateRecord(document),
        known,
        DetectionTrial(document, selection),
    )
    qtbot.addWidget(view)
    one = figures(100)
    for face in faces[:2]:
        known.put(face.id, one.measures, one.limits, range(100), one.fresh, one.values, document.project)
    selection.select((), "face-1")
    for height, lanes in ((600, [44, 44, 0]), (200, [0, 44, 0])):
        view.resize(800, height)
        assert [view.lanes().quality_lane(number).height for number in range(3)] == lanes
        assert view.lanes().face_number(view.face_lane(2).center().y()) == 2
        assert view.lanes().quality_number(view.quality_lane(1).center().y()) == 1
