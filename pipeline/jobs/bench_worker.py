"""What a window feels: how long a picture takes from the edit to the event, and what a render leaves of that.

Everything is timed at the door (`client.WorkerClient`), transport included, in a worker of its own.
"""

import queue
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

from pipeline.client import ClientEvent, FrameReady, WorkerClient, WorkerLost
from pipeline.errors import LikenessError
from pipeline.ipc.messages import Figures, FrameFailed, Hello, JobDone, JobFailed, Progress, Size
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import Progress as JobProgress
from pipeline.jobs.source_choice import SourceChoice
from pipeline.project.project import Project
from pipeline.quality.bars import Bar

SOURCE = "synthetic_portrait.png"
OTHER = "single_face.jpg"
PLATE = "plate-1"
EDITS = 24
PREVIEWS_A_SECOND = 2
_PATIENCE_S = 600.0
COLUMNS = (
    "start_ms", "first_plate_ms", "prepare_ms", "edit_ms", "edit_p95_ms", "matte_edit_ms", "recast_ms",
    "step_ms", "kept_ms", "render_fps", "render_kept", "preview_slower", "rss_mb",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkerCase:
    """A plate at a size, and the most an edit may take until its picture is there."""

    label: str
    plate: str
    edit_ms: float


CASES = (
    WorkerCase("360p", "WolfgangLanger_Pexels.mp4", 120.0),
    WorkerCase("1080p", "synthetic_talker.mp4", 250.0),
)

E = TypeVar("E")


@dataclass(slots=True)
class _Ear:
    """A client and what it hears."""

    events: "queue.Queue[ClientEvent]" = field(default_factory=queue.Queue)

    def until(self, kind: type[E], such: Callable[[E], bool] = lambda event: True) -> E:
        """The next event of a kind. Raises LikenessError: the worker failed at what is measured."""
        while True:
            event = self.events.get(timeout=_PATIENCE_S)
            if isinstance(event, FrameFailed | JobFailed):
                raise LikenessError(event.error.message)
            if isinstance(event, WorkerLost):
                raise LikenessError(event.reason)
            if isinstance(event, kind) and such(event):
                return event


def bench_worker(media: BenchMedia) -> BenchTable:
    """A row a size. Edits are of a frame that is shown, draft quality, at the plate's own size."""
    rows = []
    for number, case in enumerate(CASES):
        media.progress(JobProgress("worker", number, len(CASES)))
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            rows.append(worker_row(case, media.path(case.plate), media.path(SOURCE), media.path(OTHER), Path(scratch)))
    media.progress(JobProgress("worker", len(CASES), len(CASES)))
    notes = [
        "milliseconds of wall time at the client, transport included; medians but for p95",
        f"render_kept: share of a draft render's speed that {PREVIEWS_A_SECOND} previews a second leave",
        "preview_slower: how many times as long a preview takes during that render",
    ]
    return BenchTable("worker", "The worker, seen from its client", COLUMNS, rows, notes)


def worker_row(case: WorkerCase, plate: Path, source: Path, other: Path, folder: Path) -> BenchRow:
    """One plate's figures, in a project of its own in `folder`."""
    path, project = new_project(folder / "job", plate, None, [SourceChoice(source)], None)
    ear = _Ear()
    client = WorkerClient(ear.events.put)
    try:
        figures = _Session(client, ear, project, path, folder, other).figures()
    finally:
        client.close()
    bars = {
        "edit_ms": Bar("<=", case.edit_ms),
        "recast_ms": Bar("<=", 1000.0),
        "render_kept": Bar(">=", 0.7),
        "preview_slower": Bar("<=", 2.0),
    }
    return BenchRow(f"{case.label}, {plate.stem}", figures, bars)


@dataclass(slots=True)
class _Session:
    """One sitting at one plate."""

    client: WorkerClient
    ear: _Ear
    project: Project
    path: Path
    folder: Path
    other: Path
    """A photo of somebody else."""
    _latencies: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """All of them, in the order in which a user meets them."""
        frames = self.project.plates[0].frames
        shown = frames // 2
        found = {"start_ms": self._timed(self.client.start, Hello)}
        self.client.open_project(self.project, self.path)
        found["first_plate_ms"] = self._timed(lambda: self.client.request_frame(PLATE, 0, layer="plate"), FrameReady)
        analysed = self.client.analyse(PLATE)
        self.ear.until(JobDone, lambda event: event.job == analysed)
        found["prepare_ms"] = self._picture(shown)
        edits = [self._edit(shown, expression=1.0 - 0.02 * number) for number in range(1, EDITS + 1)]
        found["edit_ms"] = statistics.median(edits)
        found["edit_p95_ms"] = statistics.quantiles(edits, n=20)[-1]
        mattes = [self._edit(shown, feather=0.1 + 0.005 * number) for number in range(1, EDITS + 1)]
        found["matte_edit_ms"] = statistics.median(mattes)
        found["recast_ms"] = self._recast(shown)
        found["step_ms"] = statistics.median(self._picture(shown + number) for number in range(1, EDITS + 1))
        found["kept_ms"] = statistics.median(self._picture(shown + number) for number in range(1, EDITS + 1))
        alone, quiet = self._rendered("alone.mp4", False), self._previews_without_render()
        busy, disturbed = self._rendered("busy.mp4", True), self._latencies
        found["render_fps"] = alone
        found["render_kept"] = busy / alone
        found["preview_slower"] = statistics.median(disturbed) / statistics.median(quiet)
        self.client.figures()
        found["rss_mb"] = self.ear.until(Figures).rss_bytes / (1 << 20)
        return found

    def _timed(self, begin: Callable[[], object], kind: type[E]) -> float:
        started = time.perf_counter()
        begin()
        self.ear.until(kind)
        return 1e3 * (time.perf_counter() - started)

    def _picture(self, frame: int, max_size: Size | None = None) -> float:
        """Milliseconds until the whole picture of a frame is there."""
        started = time.perf_counter()
        generation = self.client.request_frame(PLATE, frame, max_size=max_size)
        self.ear.until(FrameReady, lambda event: event.facts.generation == generation and not event.facts.missing)
        return 1e3 * (time.perf_counter() - started)

    def _edit(self, frame: int, **values: float) -> float:
        """Milliseconds from a changed document to its picture; parameters of the face by name."""
        face = self.project.faces[0]
        expression, settings = face.expression, face.settings
        for name, value in values.items():
            if name in settings.__struct_fields__:
                settings = msgspec.structs.replace(settings, **{name: value})
            else:
                expression = msgspec.structs.replace(expression, **{name: value})
        face = msgspec.structs.replace(face, settings=settings, expression=expression)
        self.project = msgspec.structs.replace(self.project, faces=(face,))
        started = time.perf_counter()
        self.client.update(self.project, self.path)
        self._picture(frame)
        return 1e3 * (time.perf_counter() - started)

    def _recast(self, frame: int) -> float:
        """Milliseconds until a frame shows another identity, whose photo nobody has looked at yet."""
        identity = self.project.identities[0]
        other = msgspec.structs.replace(identity.sources[0], path=str(self.other))
        identity = msgspec.structs.replace(identity, sources=(other,))
        self.project = msgspec.structs.replace(self.project, identities=(identity,))
        started = time.perf_counter()
        self.client.update(self.project, self.path)
        self._picture(frame)
        return 1e3 * (time.perf_counter() - started)

    def _rendered(self, name: str, looked_at: bool) -> float:
        """Frames a second of a draft render; `looked_at`: pictures are asked for meanwhile, never the same twice."""
        job = self.client.render(PLATE, self.folder / name, quality="draft")
        first = self.ear.until(Progress, lambda event: event.job == job and event.stage == "rendering")
        began = time.perf_counter()
        pending, next_look, seen = dict[int, float](), began, 0
        while True:
            now = time.perf_counter()
            if looked_at and now >= next_look:
                next_look, seen = now + 1 / PREVIEWS_A_SECOND, seen + 1
                pending[self.client.request_frame(PLATE, 7 * seen % self.project.plates[0].frames)] = now
            try:
                event = self.ear.events.get(timeout=max(0.001, next_look - now) if looked_at else _PATIENCE_S)
            except queue.Empty:
                continue
            if isinstance(event, FrameReady) and event.facts.generation in pending:
                self._latencies.append(1e3 * (time.perf_counter() - pending.pop(event.facts.generation)))
            elif isinstance(event, Progress) and (event.job, event.stage) == (job, "rendering"):
                if event.done == event.total:
                    break
            elif isinstance(event, JobFailed):
                raise LikenessError(event.error.message)
        seconds = time.perf_counter() - began
        self.ear.until(JobDone, lambda end: end.job == job)
        return (event.total - first.done) / seconds

    def _previews_without_render(self) -> list[float]:
        """The latencies of the pictures that a busy render is asked for, taken at rest, of other frames."""
        count = self.project.plates[0].frames
        return [self._picture((7 * number + 3) % count) for number in range(1, EDITS // 2)]
