"""Jobs with their progress, and the export that begins one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from editor.language.translation import tr
from editor.panels.export_form import ExportForm
from editor.panels.job_card import JobCard
from editor.panels.job_list import JobList


class JobsPanel(QWidget):
    """The export's form above; under it the jobs that run and wait, the next one first, then those that have ended,
    the newest first."""

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
        self.clear = QToolButton()
        self.clear.setText(tr("Clear ended jobs"))
        self.clear.clicked.connect(jobs.clear_ended)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 4, 8, 6)
        foot.addWidget(self.clear)
        foot.addStretch(1)
        column.addLayout(foot)
        jobs.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the jobs as they are."""
        states = {each.job: each for each in self._jobs.jobs}
        for job in [job for job in self.cards if job not in states]:
            self.cards.pop(job).deleteLater()
        line = self._jobs.line
        open_ones = [job for job, state in states.items() if not state.ended]
        ended = [job for job, state in states.items() if state.ended]
        for place, job in enumerate([*open_ones, *reversed(ended)]):
            if job not in self.cards:
                self.cards[job] = JobCard(self._jobs, job)
            card = self.cards[job]
            if self._cards.indexOf(card) != place:
                self._cards.insertWidget(place, card)
            card.show_state(states[job])
            card.show_place(line.index(job) if job in line else -1, len(line))
        self.clear.setVisible(any(each.ended for each in states.values()))
