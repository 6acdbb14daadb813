"""Jobs with their progress, and the export that begins one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QScrollArea, QToolButton, QVBoxLayout, QWidget

from editor.look import colours
from editor.look.icons import icon
from editor.panels.export_form import ExportForm
from editor.panels.job_list import JobList, JobState


class JobCard(QWidget):
    """One job."""

    def __init__(self, jobs: JobList, job: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setStyleSheet("font-weight: 600;")
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setFixedHeight(6)
        self._bar.setTextVisible(False)
        self.cancel = QToolButton()
        self.cancel.setIcon(icon("close"))
        self.cancel.setToolTip("Stop this job; what is finished is kept")
        self.cancel.setAccessibleName("Stop")
        self.cancel.clicked.connect(lambda: jobs.cancel_wanted.emit(job))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 6, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._said)

    def show_state(self, state: JobState) -> None:
        self._title.setText(state.title)
        self._said.setText(state.ended or state.progress_text)
        colour = colours.BAD if state.failed else colours.TEXT_DIM
        self._said.setStyleSheet(f"color: {colour.name()};")
        self._bar.setVisible(not state.ended)
        self.cancel.setVisible(not state.ended)
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)


class JobsPanel(QWidget):
    """The export's form above, the jobs under it, the newest first."""

    def __init__(self, jobs: JobList, export: ExportForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.cards: dict[int, JobCard] = {}
        self._inside = QWidget()
        self._cards = QVBoxLayout(self._inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(1)
        self._cards.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(export)
        column.addWidget(area, 1)
        jobs.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the jobs as they are."""
        states = {each.job: each for each in self._jobs.jobs}
        for job in [job for job in self.cards if job not in states]:
            self.cards.pop(job).deleteLater()
        for job, state in states.items():
            if job not in self.cards:
                self.cards[job] = JobCard(self._jobs, job)
                self._cards.insertWidget(0, self.cards[job])
            self.cards[job].show_state(state)
