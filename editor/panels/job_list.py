"""What the worker is doing for the user: jobs with how far they are, what was said of them, and how they ended."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from editor.language.catalogue import translated
from editor.language.translation import tr

_LINES_KEPT = 200


WAITING = "waiting"
"""The stage of a job that hasn't begun."""


@dataclass(frozen=True, slots=True)
class JobState:
    """One job. `total` 0: it can't be counted. `ended`: done, failed or cancelled, in words; "" while it goes on."""

    job: int
    title: str
    stage: str = WAITING
    done: int = 0
    total: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    paused: bool = False
    ended: str = ""
    failed: bool = False
    again: Callable[[], object] | None = None
    """Begins the same anew."""
    in_line: bool = False
    """Whether it waits until others of its kind have ended; while it does, it may be moved."""
    log: tuple[str, ...] = ()
    """What became of it, a line each, with the time of day."""

    @property
    def progress_text(self) -> str:
        """Counts, rate and time left, as far as they are known."""
        stage = translated(self.stage)
        if self.total == 0:
            return tr("held: {stage}", stage=stage) if self.paused else stage
        text = tr("{stage}: {done} / {total}", stage=stage, done=self.done, total=self.total)
        if self.paused:
            return tr("held: {stage}", stage=text)
        if self.rate > 0:
            text += f", {self.rate:.1f}/s"
        if self.seconds_left is not None:
            text += tr(", {time} left", time=_clock(self.seconds_left))
        return text

    @property
    def waits(self) -> bool:
        """Whether it stands in line: nothing of it has begun."""
        return self.in_line and not self.ended and self.stage == WAITING

    @property
    def can_begin_again(self) -> bool:
        """Whether it ended before it was done."""
        return self.again is not None and (self.failed or self.ended == STOPPED)


STOPPED = "stopped"
"""How a job ends that the user stops; its English is what is compared."""


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


class JobList(QObject):
    """The jobs in the order they were begun; those that wait in line, in which they will begin."""

    changed = Signal()
    cancel_wanted = Signal(int)
    pause_wanted = Signal(int, bool)
    """A job, and whether it is to be held; else it goes on."""
    order_wanted = Signal(object)
    """The numbers of the jobs that wait in line, the next one first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, JobState] = {}

    @property
    def jobs(self) -> tuple[JobState, ...]:
        return tuple(self._jobs.values())

    @property
    def running(self) -> tuple[JobState, ...]:
        return tuple(each for each in self._jobs.values() if not each.ended)

    @property
    def line(self) -> tuple[int, ...]:
        """The jobs that wait in line, the next one first."""
        return tuple(each.job for each in self._jobs.values() if each.waits)

    def begin(self, job: int, title: str, again: Callable[[], object] | None = None, *, in_line: bool = False) -> None:
        self._jobs[job] = JobState(job, title, again=again, in_line=in_line)
        self.say(job, tr("begun"))

    def knows(self, job: int) -> bool:
        return job in self._jobs

    def goes_on(self, job: int) -> bool:
        """Whether a job is known and hasn't ended."""
        return job in self._jobs and not self._jobs[job].ended

    def say(self, job: int, words: str) -> None:
        """Put a line into a job's log."""
        line = f"{datetime.now().astimezone():%H:%M:%S}  {translated(words)}"
        self._change(job, log=(*self._jobs[job].log, line)[-_LINES_KEPT:] if job in self._jobs else ())

    def progress(self, job: int, stage: str, done: int, total: int, rate: float, seconds_left: float | None) -> None:
        if job in self._jobs:
            if self._jobs[job].stage != stage:
                words = translated(stage)
                self.say(job, words if total == 0 else tr("{stage}, {total} in all", stage=words, total=total))
            self._change(job, stage=stage, done=done, total=total, rate=rate, seconds_left=seconds_left)

    def hold(self, job: int, held: bool) -> None:
        """Hold a job between two frames, or let it go on."""
        if job in self._jobs and not self._jobs[job].ended:
            self._change(job, paused=held)
            self.say(job, tr("held") if held else tr("goes on"))
            self.pause_wanted.emit(job, held)

    def move(self, job: int, places: int) -> None:
        """Have a job that waits in line begin sooner, by places below 0, or later; as far as the line goes."""
        line = list(self.line)
        if job in line:
            to = max(0, min(len(line) - 1, line.index(job) + places))
            line.remove(job)
            line.insert(to, job)
            if tuple(line) != self.line:
                others = {number: each for number, each in self._jobs.items() if number not in line}
                self._jobs = others | {number: self._jobs[number] for number in line}
                self.order_wanted.emit(tuple(line))
                self.changed.emit()

    def end(self, job: int, words: str, *, failed: bool = False) -> None:
        self._change(job, ended=words, failed=failed, paused=False)
        self.say(job, words)

    def begin_again(self, job: int) -> None:
        """Begin what ended before it was done anew, as a job of its own."""
        state = self._jobs.get(job)
        if state is not None and state.again is not None and state.can_begin_again:
            del self._jobs[job]
            state.again()
            self.changed.emit()

    def clear_ended(self) -> None:
        self._jobs = {number: each for number, each in self._jobs.items() if not each.ended}
        self.changed.emit()

    def clear(self, but: Collection[int] = ()) -> None:
        """Forget the jobs, but for some that go on."""
        self._jobs = {number: each for number, each in self._jobs.items() if number in but}
        self.changed.emit()

    def _change(self, job: int, **values: object) -> None:
        if job in self._jobs:
            self._jobs[job] = replace(self._jobs[job], **values)  # type: ignore[arg-type]
            self.changed.emit()
