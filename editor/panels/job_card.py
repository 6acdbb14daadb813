"""One job: how far it is, and what can be done about it."""

import re
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.look import colours
from editor.look.icons import icon
from editor.look.style import figures_font
from editor.panels.job_list import JobList, JobState

_BREAKS = re.compile(r"([_./\\-])")
"""Where a file's name may go on in the next line."""


class JobCard(QWidget):
    """Its buttons: `sooner`, `later` while it waits in line with others; `pause`, `cancel` while it runs; `again` where
    it ended before it was done; `log` always."""

    def __init__(self, jobs: JobList, job: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._title, self._said, self._lines = QLabel(), QLabel(), QLabel()
        # However long a file's name is, the buttons stay inside the panel.
        for label in (self._title, self._said, self._lines):
            label.setMinimumWidth(1)
        self._title.setStyleSheet("font-weight: 600;")
        self._title.setWordWrap(True)
        self._said.setWordWrap(True)
        self._lines.setWordWrap(True)
        self._lines.setFont(figures_font(11))
        self._lines.setStyleSheet(f"color: {colours.TEXT_DIM.name()};")
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.hide()
        self._bar = QProgressBar()
        self._bar.setFixedHeight(6)
        self._bar.setTextVisible(False)
        self.log = _button(tr("Log"), tr("What became of this job, with the time of day"))
        self.log.setCheckable(True)
        self.log.toggled.connect(self._lines.setVisible)
        self.again = _button(tr("Again"), tr("Begin it anew; what is finished is kept"))
        self.again.clicked.connect(lambda: jobs.begin_again(job))
        self.sooner = _button("▲", tr("Begin this export before the one above (Alt+Up)"))
        self.sooner.setAccessibleName(tr("Begin sooner"))
        self.sooner.clicked.connect(lambda: jobs.move(job, -1))
        self.later = _button("▼", tr("Begin this export after the one below (Alt+Down)"))
        self.later.setAccessibleName(tr("Begin later"))
        self.later.clicked.connect(lambda: jobs.move(job, 1))
        # From any of its buttons: a button itself takes the arrows for the focus, with Alt too.
        for arrow, places in ((Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)):
            key = QShortcut(QKeySequence(Qt.Modifier.ALT | arrow), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(jobs.move, job, places))
        self.pause = _button("", "")
        self.pause.clicked.connect(lambda: jobs.hold(job, not self._held))
        self.cancel = _button("", tr("Stop this job; what is finished is kept"))
        self.cancel.setIcon(icon("close"))
        self.cancel.setAccessibleName(tr("Stop"))
        self.cancel.clicked.connect(lambda: jobs.cancel_wanted.emit(job))
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        for each in (self.sooner, self.later, self.log, self.again, self.pause, self.cancel):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 6, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for widget in (self._bar, self._said, self._lines):
            column.addWidget(widget)

    def show_place(self, place: int, length: int) -> None:
        """Where it stands in line, 0 the next to begin; -1: not in line."""
        for button, there in ((self.sooner, place > 0), (self.later, place < length - 1)):
            button.setVisible(place >= 0 and length > 1)
            button.setEnabled(there)

    def show_state(self, state: JobState) -> None:
        self._title.setText(_BREAKS.sub("\\1\u200b", state.title))
        self._title.setToolTip(state.title)
        self._said.setText(translated(state.ended) or state.progress_text)
        colour = colours.BAD if state.failed else colours.WORK if state.paused else colours.TEXT_DIM
        self._said.setStyleSheet(f"color: {colour.name()};")
        self._lines.setText("\n".join(state.log))
        self._held = state.paused
        self.pause.setIcon(icon("play" if state.paused else "pause"))
        words = tr("Let it go on") if state.paused else tr("Hold this job between two frames")
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)
        for each in (self._bar, self.pause, self.cancel):
            each.setVisible(not state.ended)
        self.again.setVisible(state.can_begin_again)
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setStyleSheet("padding-left: 4px; padding-right: 4px;")
    return button
