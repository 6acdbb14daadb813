"""The inspector: parameters at the selected keyframes, or at the playhead where none is selected."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.document import edits, landmark_steps
from editor.document.document import Document, Gesture
from editor.document.edits import Reach
from editor.document.selection import Selection
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.panels.fold import Fold
from editor.panels.landmark_line import LandmarkLine
from editor.panels.matte_line import MatteLine
from editor.panels.parameter_groups import Line, groups
from editor.panels.parameter_line import ParameterLine
from editor.panels.preset_menu import PresetMenu
from editor.panels.review_bar import ReviewBar
from editor.playback.draft_figures import DraftFigures
from editor.playback.playhead import Playhead
from pipeline.project.curve import index_of
from pipeline.project.expression_preset import PLACES, ExpressionPreset
from pipeline.project.key_edits import value_of
from pipeline.project.parameter_table import Parameter
from pipeline.project.project import FaceTrack
from pipeline.project.reached import Reached

REACH_WORDS: dict[Reach, tuple[str, str]] = {
    "keyframe": (mark("This keyframe"), mark("A change fades out to the neighbouring keyframes.")),
    "range": (mark("In – out"), mark("A change is the value of every frame from in to out, and touches no other.")),
    "shot": (mark("Whole shot"), mark("A change raises or lowers the value everywhere by as much.")),
    "plate": (mark("Plate"), mark("A change raises or lowers the value everywhere by as much, across all cuts.")),
}

UnitReading = Callable[[int, str, int], float | None]
"""(action unit, side "L", "R" or "", frame) → how far the unit is active, 0..1, or None."""


class Inspector(QWidget):
    """Shows and changes the parameters of the face in hand."""

    span_shown = Signal(object)
    """Frames that a change here would touch, as ranges; none when the pointer is elsewhere."""
    curve_wanted = Signal(object)
    """The `Parameter` whose curve is to be shown."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        playhead: Playhead,
        figures: DraftFigures,
        reading: UnitReading,
        shots: Callable[[], Sequence[range]],
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._playhead, self._reading = document, selection, playhead, reading
        self._shots = shots
        self._gesture: Gesture | None = None
        self._lit: list[range] | None = None
        """What `span_shown` told last; None where nothing is lit."""
        self.reach: Reach = "keyframe"
        self._reach_buttons: dict[Reach, QToolButton] = {}
        self._linked = QCheckBox(tr("Left and right together"))
        self._linked.setChecked(True)
        self._linked.setToolTip(tr("A change of one side changes the other too, and one bar stands for both."))
        self._linked.toggled.connect(lambda: self.refresh())
        self._review = ReviewBar(document, selection, playhead, figures, actions)
        self.landmarks = LandmarkLine(actions)
        self.matte = MatteLine(actions)
        self.matte.hovered.connect(self.light)
        self._folds: list[Fold] = []
        self._presets = PresetMenu(lambda: selection.face)
        self._presets.chosen.connect(self._mix_in)
        self._presets.unwanted.connect(self._take_out)
        self._presets.refused.connect(document.refused)
        self.lines: list[ParameterLine] = []
        top = QVBoxLayout()
        top.setContentsMargins(10, 8, 10, 6)
        top.setSpacing(7)
        top.addWidget(self._review)
        top.addLayout(self._reach_row())
        top.addWidget(self.landmarks)
        top.addWidget(self.matte)
        top.addWidget(self._linked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._scrolled(), 1)
        for signal in (document.opened, document.changed, selection.changed, playhead.read, playhead.range_changed):
            signal.connect(self.refresh)
        figures.changed.connect(self._review.refresh)
        self.refresh()

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames that a change is made at."""
        return self._selection.frames or (self._playhead.frame,)

    @property
    def where(self) -> Reached:
        """Where a change at the playhead acts."""
        return landmark_steps.reached(self.reach, self._playhead.frame, self._playhead.span, self._shots())

    def set_reach(self, reach: Reach) -> None:
        self.reach = reach
        self._reach_buttons[reach].setChecked(True)
        self.light(True)

    def refresh(self) -> None:
        """Show what the frames have now."""
        face = self._selection.face
        self.setEnabled(face is not None and not self._document.read_only)
        self._review.refresh()
        for line in (self.landmarks, self.matte):
            line.show_frame(face, self._playhead.frame, self._playhead.frames)
        self._show_range()
        if self._lit is not None:
            self.light(True)
        if face is not None:
            self._show_presets(face)
            for each in self.lines:
                if each.isVisibleTo(self):
                    self._show_line(each, face)

    def _reach_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        group = QButtonGroup(self)
        for reach, (words, help_text) in REACH_WORDS.items():
            button = QToolButton()
            button.setText(tr(words))
            button.setToolTip(tr(help_text))
            button.setCheckable(True)
            button.setChecked(reach == self.reach)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.setStyleSheet(
                f"QToolButton {{ background: {colours.FIELD.name()}; border-radius: 0; padding: 4px 0; }}"
                f"QToolButton:checked {{ background: {colours.grey(84).name()}; }}"
            )
            button.clicked.connect(lambda _checked, each=reach: self.set_reach(each))
            group.addButton(button)
            self._reach_buttons[reach] = button
            row.addWidget(button)
        return row

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for group in groups():
            fold = Fold(group.title, partial(self._made, group.lines), folded=group.folded)
            fold.opened.connect(self.refresh)
            column.addWidget(fold)
            self._folds.append(fold)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _made(self, lines: Sequence[Line]) -> list[QWidget]:
        made: list[QWidget] = []
        for line in lines:
            widget = ParameterLine(line, self._linked.isChecked)
            widget.began.connect(self._begin)
            widget.wanted.connect(self._set)
            widget.ended.connect(self._end)
            widget.curve_wanted.connect(self.curve_wanted)
            widget.hovered.connect(self.light)
            self.lines.append(widget)
            made.append(widget)
        if lines and lines[0].parameters[0].name in PLACES:
            made.append(self._presets)
        return made

    def _show_presets(self, face: FaceTrack) -> None:
        """A line for every preset that is mixed in, and none for places that are empty."""
        for line in self.lines:
            place = line.line.parameters[0].name
            if place in PLACES:
                preset = face.presets.get(place)
                line.setVisible(preset is not None)
                if preset is not None:
                    line.show_title(translated(preset.title or preset.name), translated(preset.description))

    def _mix_in(self, preset: ExpressionPreset) -> None:
        face = self._selection.face
        if face is not None:
            edits.mix_in(self._document, face.id, preset, self.frames, self.reach, self._playhead.span, self._shots())

    def _take_out(self, name: str) -> None:
        face = self._selection.face
        if face is not None:
            edits.take_out(self._document, face.id, name)

    def _show_line(self, line: ParameterLine, face: FaceTrack) -> None:
        frames = self.frames
        curves = [face.curves[each.name] for each in line.line.parameters if each.name in face.curves]
        line.show_values(
            lambda parameter: tuple(round(value_of(face, parameter, frame), 6) for frame in frames),
            self._measured,
            bool(curves),
            any(index_of(curve.keys, frame) is not None for curve in curves for frame in frames),
        )

    def _measured(self, line: Line, side: int) -> float | None:
        if line.unit is None:
            return None
        return self._reading(line.unit, "LR"[side] if len(line.parameters) == 2 else "", self.frames[0])

    def _show_range(self) -> None:
        shots = self._shots()
        self._reach_buttons["range"].setToolTip(_with_frames(tr(REACH_WORDS["range"][1]), self._playhead.span))
        self._reach_buttons["plate"].setVisible(len(shots) > 1)
        words = tr(REACH_WORDS["shot"][1])
        if len(shots) > 1:
            shot = next(iter(edits.shots_of(self.frames, shots).values()))
            several = tr("A change raises or lowers the value in this shot by as much, and stops at its cuts.")
            words = _with_frames(several, shot)
        elif self.reach == "plate":
            self.set_reach("shot")
        self._reach_buttons["shot"].setToolTip(words)

    def _spans(self) -> list[range]:
        face = self._selection.face
        if face is None:
            return []
        where = self.reach, self._playhead.span, self._playhead.frames, self._shots()
        return edits.touched_span(face, self.frames, *where)

    def light(self, lit: bool) -> None:
        """Tell what a change would touch now, once for every other answer."""
        spans = self._spans() if lit else None
        if spans != self._lit:
            self._lit = spans
            self.span_shown.emit(spans or [])

    def _begin(self) -> None:
        self._gesture = self._document.begin_gesture()

    def _end(self) -> None:
        self._gesture = None
        self.refresh()

    def _set(self, values: Mapping[Parameter, float]) -> None:
        face = self._selection.face
        if face is None:
            return
        where = self.frames, self.reach, self._playhead.span, self._gesture, self._shots()
        edits.set_values(self._document, face.id, values, *where)
        self.light(True)


def _with_frames(words: str, frames: range) -> str:
    return tr("{words} Now {first} to {last}.", words=words, first=frames.start, last=frames.stop - 1)
