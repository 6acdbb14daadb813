"""The head of the inspector: which frame is meant, what is known of it, how far its review is, and a note."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from editor.document import edits
from editor.document.document import Document
from editor.document.selection import Selection
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.look import colours
from editor.panels.figure_ink import figure_ink
from editor.panels.parameter_groups import title_of
from editor.playback.draft_figures import AU_ERROR, LANDMARKS, DraftFigures
from editor.playback.playhead import Playhead
from pipeline.project.keyframe import Keyframe
from pipeline.project.parameter_table import PARAMETERS

_ACTIONS = ("keyframe.mark_open", "keyframe.mark_approved", "keyframe.mark_needs_work")


def proposal_text(keyframes: Sequence[Keyframe]) -> str:
    """What accepting the proposals of these keyframes would do; empty where none proposes anything."""
    found = [each.correction for each in keyframes if each.correction is not None]
    if len(found) != 1:
        return tr("{count} corrections are proposed", count=len(found)) if found else ""
    only = found[0]
    known = PARAMETERS.get(only.parameter)
    name = only.parameter if known is None else title_of(known)
    if only.preset:
        name = tr("Expression {preset}", preset=translated(only.preset))
    values = [value for _, value in only.keys]
    change = f"{name} {values[0]:g}"
    if len(values) > 1:
        change = tr("{name} {lowest:g} to {highest:g}", name=name, lowest=min(values), highest=max(values))
    return tr("Proposed: {change}, frames {first} to {last}", change=change, first=only.first, last=only.last)


_FIGURES = (
    (AU_ERROR, mark("AU error {value:.3f}")),
    (LANDMARKS, mark("landmarks {value:.2f} %")),
    ("skin_excess", mark("skin {value:.1f} ΔE")),
    ("seam_worst", mark("seam {value:.1f} ΔE")),
)


class ReviewBar(QWidget):
    """Says what the inspector is aimed at."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        playhead: Playhead,
        figures: DraftFigures,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._playhead, self._figures = document, selection, playhead, figures
        self._title = QLabel()
        self._title.setStyleSheet("font-size: 14px; font-weight: 600;")
        self._where = QLabel()
        self._where.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._reasons = QLabel()
        self._reasons.setWordWrap(True)
        self._reasons.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        # What stands under it stays where it is from frame to frame, under the pointer and on the screen.
        self._reasons.setMinimumHeight(2 * self._reasons.fontMetrics().lineSpacing())
        self._measured = QLabel()
        self._measured.setTextFormat(Qt.TextFormat.RichText)
        self._measured.setWordWrap(True)
        self._measured.setMinimumHeight(self._measured.fontMetrics().lineSpacing())
        self._note = QLineEdit()
        self._note.setPlaceholderText(tr("Note for this keyframe"))
        self._note.setAccessibleName(tr("Note"))
        self._note.editingFinished.connect(self._set_note)
        self._note.returnPressed.connect(self._note.clearFocus)
        self._proposal = QLabel()
        self._proposal.setWordWrap(True)
        accept = QToolButton()
        accept.setDefaultAction(actions["keyframe.accept_correction"])
        accept.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        accept.setStyleSheet(f"QToolButton:!hover {{ background: {colours.RAISED.name()}; }}")
        self._offer = QWidget()
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.addWidget(self._proposal, 1)
        offer.addWidget(accept)
        self._status = QWidget()
        row = QHBoxLayout(self._status)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for each in _ACTIONS:
            button = QToolButton()
            button.setDefaultAction(actions[each])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        row.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._where)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self._reasons)
        column.addWidget(self._measured)
        column.addWidget(self._offer)
        column.addWidget(self._status)
        column.addWidget(self._note)

    def refresh(self) -> None:
        """Show the selected keyframes, or the frame under the playhead."""
        chosen = self._selection.keyframes
        self._note.setEnabled(bool(chosen))
        proposal = proposal_text(chosen)
        self._offer.setVisible(bool(proposal))
        self._proposal.setText(proposal)
        self._show_figures()
        frame = self._playhead.frame
        if not chosen:
            self._title.setText(tr("Frame {frame}", frame=frame))
            self._where.setText(self._playhead.timecode(frame))
            self._reasons.setText(tr("No keyframe here. A change of this frame makes it one."))
            self._note.clear()
            self._note.setPlaceholderText(tr("Note"))
            return
        if len(chosen) == 1:
            only = chosen[0]
            self._title.setText(translated(only.kind.replace("_", " ").capitalize()))
            self._where.setText(f"{only.frame}   {self._playhead.timecode(only.frame)}")
            self._reasons.setText(" · ".join(map(translated, only.reasons)))
        else:
            self._title.setText(tr("{count} keyframes", count=len(chosen)))
            self._where.setText(f"{chosen[0].frame} … {chosen[-1].frame}")
            self._reasons.setText("")
        notes = {each.note for each in chosen}
        if not self._note.hasFocus():
            self._note.setText(chosen[0].note if len(notes) == 1 else "")
            self._note.setPlaceholderText(tr("Note") if len(notes) == 1 else tr("Several notes: typing replaces them"))

    def _show_figures(self) -> None:
        """How far the draft of the frame under the playhead is off."""
        face, frame = self._selection.face, self._playhead.frame
        found = [
            (tr(words, value=figure.value), figure)
            for measure, words in _FIGURES
            if face is not None and (figure := self._figures.figure(face.id, measure, frame)) is not None
        ]
        told = [f"<span style='color: {figure_ink(figure).name()}'>{words}</span>" for words, figure in found]
        self._measured.setText(" · ".join(told))
        late = any(not figure.fresh for _, figure in found)
        self._measured.setToolTip(
            tr("Of the draft of this frame, against the plate.")
            + (" " + tr("It was taken before the last change, and is taken anew when you rest.") if late else "")
        )

    def _set_note(self) -> None:
        face, frames = self._selection.face, self._selection.frames
        notes = {each.note for each in self._selection.keyframes}
        text = self._note.text().strip()
        if face is not None and frames and self._note.isModified() and notes != {text}:
            edits.review(self._document, face.id, frames, note=text)
        self._note.setModified(False)
