"""Somebody at the window, with the real worker behind it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.playback.draft_figures import AU_ERROR
from pipeline.ipc.arrays import unpacked
from pipeline.ipc.messages import Layer
from pipeline.project.key_edits import value_of
from pipeline.project.keyframe import Keyframe
from pipeline.project.parameter_table import parameter_named
from tests.unit.editor.viewer.painting import paint

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 300_000


class Sitting:
    """What somebody does at the window, step by step."""

    def __init__(self, editor: Editor, qtbot: QtBot) -> None:
        self.editor, self.qtbot, self.window = editor, qtbot, editor.window

    @property
    def keyframes(self) -> tuple[Keyframe, ...]:
        return self.window.document.project.faces[0].keyframes

    def until(self, what: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
        self.qtbot.waitUntil(what, timeout=patience_ms)

    def wait_for_pictures(self) -> None:
        """The viewer shows the playhead's frame, and nothing is missing in it."""
        window = self.window

        def whole() -> bool:
            found = [window.pictures.picture(window.playhead.frame, layer) for layer in window.view.layers]
            return all(each is not None and each.complete for each in found)

        self.until(whole)

    def result(self) -> QImage:
        found = self.window.pictures.picture(self.window.playhead.frame, "result")
        assert found is not None
        return found.image

    def is_measured(self, frame: int) -> bool:
        """Whether the frame's draft, as it is now, is measured, and not far off."""
        found = self.window.figures.figure("face-1", AU_ERROR, frame)
        return found is not None and found.fresh and 0 < found.value < 0.3

    def smile(self) -> float:
        return value_of(self.window.document.project.faces[0], parameter_named("AU12L"), self.window.playhead.frame)

    def drop(self, plate: Path, photo: Path, project: Path) -> None:
        """A film and a photo are dropped; who agreed is said in the same place."""
        start = self.window.start
        start.put([plate, photo])
        start._project.put([project])
        start.consent.who.setText("Ada")
        start.consent.statement.setPlainText("May be used in this test.")
        start.make.click()
        self.until(lambda: self.window.document.is_open)

    def step_to_the_apex(self) -> None:
        inner = [each for each in self.keyframes if each.kind not in ("first", "last")]
        apex = max(inner, key=lambda each: each.score or 0).frame
        while self.window.playhead.frame != apex:
            self.editor.run("keyframe.go_next")
        self.wait_for_pictures()

    def paint_over_the_nose(self) -> None:
        """A short stroke of a hard brush."""
        if not self.window.brush.active:
            self.editor.run("matte.paint_strokes")
        self.window.canvas.grab()
        self.window.brush.set_softness(0.0)
        x, y = self._nose()
        paint(self.editor, (x - 4.0, y), (x + 4.0, y))
        self.wait_for_pictures()

    def at_the_nose(self, layer: Layer) -> QImage:
        """Nine by nine pixels of a layer's picture in the middle of that stroke."""
        found = self.window.pictures.picture(self.window.playhead.frame, layer)
        assert found is not None
        x, y = self._nose()
        return found.image.copy(round(x) - 4, round(y) - 4, 9, 9)

    def _nose(self) -> tuple[float, float]:
        found = self.window.pictures.picture(self.window.playhead.frame, "result")
        assert found is not None
        landmarks = found.facts.faces[0].landmarks
        assert landmarks is not None
        x, y = unpacked(landmarks)[4, :2].tolist()
        return x, y

    def lower_the_smile(self) -> None:
        line = next(each for each in self.window.inspector.lines if each.line.title == "Smile")
        slider = line.sliders[0]
        self.qtbot.mousePress(slider, LEFT, pos=QPoint(60, 10))
        for x in (40, 20, 5):
            self.qtbot.mouseMove(slider, QPoint(x, 10))
        self.qtbot.mouseRelease(slider, LEFT, pos=QPoint(5, 10))
        self.wait_for_pictures()
