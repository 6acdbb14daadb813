"""What the worker is doing for the user: jobs with how far they are, and how they ended."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class JobState:
    """One job. `total` 0: it can't be counted. `ended`: done, failed or cancelled, in words; "" while it goes on."""

    job: int
    title: str
    stage: str = "waiting"
    done: int = 0
    total: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    ended: str = ""
    failed: bool = False

    @property
    def progress_text(self) -> str:
        """Counts, rate and time left, as far as they are known."""
        if self.total == 0:
            return self.stage
        text = f"{self.stage}: {self.done} / {self.total}"
        if self.rate > 0:
            text += f", {self.rate:.1f}/s"
        if self.seconds_left is not None:
            text += f", {_clock(self.seconds_left)} left"
        return text


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


class JobList(QObject):
    """The jobs in the order they were begun."""

    changed = Signal()
    cancel_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, JobState] = {}

    @property
    def jobs(self) -> tuple[JobState, ...]:
        return tuple(self._jobs.values())

    @property
    def running(self) -> tuple[JobState, ...]:
        return tuple(each for each in self._jobs.values() if not each.ended)

    def begin(self, job: int, title: str) -> None:
        self._jobs[job] = JobState(job, title)
        self.changed.emit()

    def knows(self, job: int) -> bool:
        return job in self._jobs

    def progress(self, job: int, stage: str, done: int, total: int, rate: float, seconds_left: float | None) -> None:
        if job in self._jobs:
            self._jobs[job] = replace(
                self._jobs[job], stage=stage, done=done, total=total, rate=rate, seconds_left=seconds_left
            )
            self.changed.emit()

    def end(self, job: int, words: str, *, failed: bool = False) -> None:
        if job in self._jobs:
            self._jobs[job] = replace(self._jobs[job], ended=words, failed=failed)
            self.changed.emit()

    def clear_ended(self) -> None:
        self._jobs = {number: each for number, each in self._jobs.items() if not each.ended}
        self.changed.emit()

    def clear(self) -> None:
        self._jobs.clear()
        self.changed.emit()
