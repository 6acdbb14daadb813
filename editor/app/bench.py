"""What somebody feels at the window, measured: steps, edits, the timeline, stalls, the start, memory.

The window is the editor's own, drawn offscreen at 1600 by 1000, with its real worker; the user is a script.
"""

import math
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import qInstallMessageHandler

from editor.app.bench_figures import Figure, percentile, resident_mb
from editor.app.bench_playing import PLAY_CASES, playing_figures
from editor.app.bench_program import run_own
from editor.app.bench_scrubbing import scrubbing_figures
from editor.app.bench_sitting import BenchSitting, Taken
from editor.app.bench_timeline import timeline_paints
from editor.app.editor import Editor
from editor.app.entry import application
from editor.app.screenshot import pass_on
from editor.app.settings import Settings
from editor.panels.start_page import NewProject
from pipeline.errors import MediaNotFound

ROOT = Path(__file__).parents[2]
MEDIA = ROOT / "tests" / "data" / "media"
"""The clips of a checkout; an installed program is given its own with `--media`."""
SOURCE, RECAST = "synthetic_portrait.png", "single_face.jpg"
_SIZE = (1600, 1000)
_START_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class BenchCase:
    """A plate, and the most milliseconds that an edit may take until its picture is there."""

    label: str
    plate: str
    edit_ms: float


CASES = (
    BenchCase("360p", "WolfgangLanger_Pexels.mp4", 120.0),
    BenchCase("1080p", "synthetic_talker.mp4", 250.0),
)


@dataclass(frozen=True, slots=True)
class BenchAmount:
    """How much is measured. `seconds` is how long the script works at least while jobs run."""

    seconds: float = 30.0
    steps: int = 60
    edits: int = 20
    recasts: int = 3
    paints: int = 300
    drags: int = 24
    film_frames: int = 300
    played_s: float = 10.0
    starts: int = 3


def bench_editor(
    media: Path,
    cases: Sequence[BenchCase],
    amount: BenchAmount,
    say: Callable[[str], object],
    cancelled: Callable[[], bool],
) -> Iterator[Figure]:
    """The figures as they are taken; `say` hears what is begun.

    Raises MediaNotFound: a clip is missing. LikenessError: the window or its worker fails at what is measured.
    Cancelled.
    """
    missing = [name for name in (SOURCE, RECAST, *(each.plate for each in cases)) if not (media / name).is_file()]
    if missing:
        raise MediaNotFound(f"{media} has no {missing[0]}: name the folder of the clips with --media.")
    qInstallMessageHandler(pass_on)
    application()
    say("window start, timeline …")
    yield from _start_figures(amount.starts)
    yield from _timeline_figures(amount.paints)
    for case in cases:
        say(f"{case.label}: {case.plate} …")
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            yield from _case_figures(case, media, Path(scratch), amount, cancelled)
    labels = [case.label for case in cases]
    for played in PLAY_CASES if amount.played_s else ():
        if played.label in labels:
            say(f"playing: {played.label}, {'drawn ahead' if played.ahead else 'live'} …")
            with TemporaryDirectory(prefix="likeness-bench-") as scratch:
                yield from playing_figures(played, media, media / SOURCE, Path(scratch), amount.played_s, cancelled)
    if amount.drags:
        with TemporaryDirectory(prefix="likeness-bench-") as scratch:
            plates = media / cases[-1].plate, media / SOURCE
            yield from scrubbing_figures(*plates, Path(scratch), (amount.drags, amount.film_frames), say, cancelled)


def _start_figures(count: int) -> Iterator[Figure]:
    starts = [_start() for _ in range(count)]
    if starts:
        yield Figure("start", "new process to drawn window, its end included", 1e3 * min(starts), "ms", 2500.0)


def _start() -> float:
    """Seconds from a new process until it has drawn the window, written the picture and ended: more than what somebody
    waits for, with nothing left out.
    """
    with TemporaryDirectory(prefix="likeness-bench-") as scratch:
        began = time.perf_counter()
        run_own("screenshot", "-o", str(Path(scratch) / "start.png"), patience_s=_START_PATIENCE_S)
        return time.perf_counter() - began


def _timeline_figures(count: int) -> Iterator[Figure]:
    walls, busy = timeline_paints(count)
    yield Figure("timeline", "2,000 keyframes, 200,000 frames: paint, p95", percentile(walls, 95), "ms", 16.0)
    yield Figure("timeline", "paint, processor time, p95", percentile(busy, 95), "ms")
    yield Figure("timeline", "paint, processor time, worst", max(busy, default=math.nan), "ms")


def _case_figures(
    case: BenchCase, media: Path, folder: Path, amount: BenchAmount, cancelled: Callable[[], bool]
) -> Iterator[Figure]:
    editor = Editor(Settings(folder / "editor.ini"))
    window = editor.window
    window.resize(*_SIZE)
    window.show()
    project = folder / f"{Path(case.plate).stem}.likeness"
    sitting = BenchSitting(editor, NewProject(project, media / case.plate, (media / SOURCE,), None), cancelled)
    try:
        sitting.begin()
        sitting.work(amount.seconds)
        yield from _stall_figures(case, sitting)
        yield from _taken_figures(case, "cached frame after a step", sitting.steps(amount.steps), 16.0)
        yield from _taken_figures(case, "edit to new draft picture", sitting.edits(amount.edits), case.edit_ms)
        photos = [folder / f"photo-{number}.jpg" for number in range(amount.recasts)]
        for photo in photos:  # Of another name each: nothing is known of any.
            shutil.copy(media / RECAST, photo)
        yield from _taken_figures(case, "photo dropped to new draft picture", sitting.recasts(photos), 1000.0)
        worker = window.bridge.pid
        own, its = resident_mb(os.getpid()), math.nan if worker is None else resident_mb(worker)
        yield Figure(case.label, "memory, window", own, "MB")
        yield Figure(case.label, "memory, worker", its, "MB")
        yield Figure(case.label, "memory, both processes", own + its, "MB", 1200.0)
    finally:
        window.bridge.close()
        window.session.saver.wait()
        window.document.close()
        window.close()


def _stall_figures(case: BenchCase, sitting: BenchSitting) -> Iterator[Figure]:
    gaps = sitting.watch.gaps
    walls = [each.wall_ms for each in gaps]
    own = [max(0.0, each.wall_ms - each.queued_ms) for each in gaps]
    longest = max(gaps, key=lambda each: each.busy_ms)
    doing = longest.doing or "what came of it"
    yield Figure(case.label, f"stalls of {len(gaps)} turns, p99.9", percentile(walls, 99.9), "ms", 50.0)
    yield Figure(case.label, "stalls, worst", max(walls), "ms", 200.0)
    yield Figure(case.label, "stalls but for waiting for a core, p99.9", percentile(own, 99.9), "ms")
    yield Figure(case.label, "stalls but for waiting for a core, worst", max(own), "ms")
    yield Figure(case.label, f"window's processor time in one turn, worst ({doing})", longest.busy_ms, "ms")


def _taken_figures(case: BenchCase, what: str, taken: Sequence[Taken], most: float) -> Iterator[Figure]:
    walls, busy = [each.wall_ms for each in taken], [each.busy_ms for each in taken]
    yield Figure(case.label, f"{what}, median", percentile(walls, 50), "ms", most)
    yield Figure(case.label, f"{what}, p95", percentile(walls, 95), "ms")
    yield Figure(case.label, f"{what}, window's processor time", percentile(busy, 50), "ms")
