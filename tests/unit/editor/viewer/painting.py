"""A hand at the brush: a face to paint, what the mouse does over the canvas, and what was painted by it."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.viewer.picture_drawing import Drawing
from pipeline.ipc.arrays import packed, unpacked
from pipeline.ipc.messages import FaceFacts, FrameFacts, Layer
from pipeline.project.matte_stroke import LaidStroke, Shows, strokes_at
from pipeline.project.stroke_points import pixels_of
from pipeline.project.timebase import Rational

SIZE = (640, 360)
SCALE = 10.0
"""Pixels a centimetre."""
NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
START, END = (200.0, 120.0), (260.0, 150.0)


def facts_of(frame: int, layer: Layer = "result") -> FrameFacts:
    """A face that looks into the camera, its landmarks 26 a row from (60, 20) to (360, 190)."""
    points = np.array([(60.0 + 12.0 * (n % 26), 20.0 + 10.0 * (n // 26), 0.0) for n in range(478)])
    face = FaceFacts(
        face="face-1",
        box=(60.0, 20.0, 360.0, 190.0),
        landmarks=packed(points.astype(np.float32)),
        drawn=True,
        scale=SCALE,
    )
    return FrameFacts(
        pane=layer, generation=0, plate="plate-1", frame=frame, pts=frame, time_base=Rational(1, 24), timecode="",
        layer=layer, quality="draft", size=SIZE, faces=(face,) if frame < 180 else (),
    )  # fmt: skip


def wait_for(editor: Editor, qtbot: QtBot) -> None:
    w = editor.window
    qtbot.waitUntil(lambda: all(w.pictures.has(w.playhead.frame, each) for each in w.view.layers))
    w.canvas.grab()


def on_canvas(editor: Editor, at: tuple[float, float]) -> QPointF:
    origin, scale = editor.window.canvas.in_picture(QPointF(0, 0))
    return QPointF((at[0] - origin[0]) * scale, (at[1] - origin[1]) * scale)


def mouse(
    editor: Editor,
    kind: QEvent.Type,
    at: tuple[float, float],
    held: Qt.KeyboardModifier = NONE,
    button: Qt.MouseButton = LEFT,
) -> None:
    place = on_canvas(editor, at)
    moves = kind == QEvent.Type.MouseMove
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, place, place, Qt.MouseButton.NoButton if moves else button, pressed, held)
    QApplication.sendEvent(editor.window.canvas, event)


def press(editor: Editor, at: tuple[float, float], held: Qt.KeyboardModifier = NONE) -> None:
    mouse(editor, QEvent.Type.MouseButtonPress, at, held)


def move(editor: Editor, at: tuple[float, float], held: Qt.KeyboardModifier = NONE) -> None:
    mouse(editor, QEvent.Type.MouseMove, at, held)


def release(editor: Editor, at: tuple[float, float], held: Qt.KeyboardModifier = NONE) -> None:
    mouse(editor, QEvent.Type.MouseButtonRelease, at, held)


def hover(editor: Editor, at: tuple[float, float], held: Qt.KeyboardModifier = NONE) -> None:
    mouse(editor, QEvent.Type.MouseMove, at, held, Qt.MouseButton.NoButton)


def paint(
    editor: Editor,
    start: tuple[float, float] = START,
    end: tuple[float, float] = END,
    held: Qt.KeyboardModifier = NONE,
) -> None:
    press(editor, start, held)
    for share in (0.3, 0.7, 1.0):
        move(editor, (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])), held)
    release(editor, end, held)


def painted(editor: Editor, frame: int = 50) -> tuple[LaidStroke, ...]:
    return strokes_at(editor.window.document.project.faces[0].matte_strokes, frame)


def kinds(editor: Editor, frame: int = 50) -> list[Shows]:
    return [each.brush.shows for each in painted(editor, frame)]


def way(editor: Editor, stroke: LaidStroke) -> list[list[float]]:
    (face,) = facts_of(50).faces
    assert face.landmarks is not None
    return pixels_of(unpacked(face.landmarks), face.rotation, face.scale, stroke.brush.points).tolist()


def colour(editor: Editor, at: tuple[float, float]) -> QColor:
    return QColor(editor.window.canvas.grab().toImage().pixel(on_canvas(editor, at).toPoint()))


def is_seen(editor: Editor, at: tuple[float, float], wanted: QColor) -> bool:
    """Whether a colour is seen within two canvas pixels of a place."""
    image, middle = editor.window.canvas.grab().toImage(), on_canvas(editor, at).toPoint()
    return any(near(QColor(image.pixel(middle + QPoint(dx, 0))), wanted) for dx in range(-2, 3))


def near(seen: QColor, wanted: QColor) -> bool:
    pairs = ((seen.red(), wanted.red()), (seen.green(), wanted.green()), (seen.blue(), wanted.blue()))
    return max(abs(a - b) for a, b in pairs) < 60


def overlay(editor: Editor) -> Drawing | None:
    return editor.window.canvas.drawing.overlay
