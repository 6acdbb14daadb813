"""A dragged playhead, measured: sync frames near, far, and far with proxies.

The films are made of one plate, so that they differ in nothing but their sync frames. Each frame that is dragged to is
fresh: neither the window nor the worker has its picture.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from editor.app.bench_figures import Figure, percentile
from editor.app.bench_program import run_own
from editor.app.bench_sitting import BenchSitting, Dragged
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.panels.start_page import NewProject

NEAR, FAR = 60, 250
"""Frames from sync frame to sync frame."""
NEAR_MS, PROXY_MS = 150.0, 60.0
OVER_DECODING = 1.15
"""What a frame far from its sync frame may take, as a multiple of decoding from there."""
_STROKE = 10
"""Frames that a stroke passes before it stops."""
_FILM_PATIENCE_S = 600.0
_SIZE = (1600, 1000)


def scrubbing_figures(
    plate: Path,
    source: Path,
    folder: Path,
    amount: tuple[int, int],
    say: Callable[[str], object],
    cancelled: Callable[[], bool],
) -> Iterator[Figure]:
    """`amount`: how many frames are dragged to each time, and how many a film has."""
    count, frames = amount
    for group in (NEAR, FAR):
        say(f"scrubbing: {plate.name} with a sync frame every {group} …")
        film = folder / f"sync-{group}.mp4"
        run_own(
            *("bench-film", str(plate), "-o", str(film), "--group", str(group), "--frames", str(frames)),
            patience_s=_FILM_PATIENCE_S,
        )
        yield from _film_figures(group, film, source, folder, (count, frames), cancelled)


def _film_figures(
    group: int, film: Path, source: Path, folder: Path, amount: tuple[int, int], cancelled: Callable[[], bool]
) -> Iterator[Figure]:
    settings = Settings(folder / f"{film.stem}.ini")
    settings.keep_shows_proxies(False)
    editor = Editor(settings)
    window = editor.window
    editor.quality_feed.enable(False)
    window.resize(*_SIZE)
    window.show()
    sitting = BenchSitting(editor, NewProject(film.with_suffix(".likeness"), film, (source,), None), cancelled)
    fresh = _fresh_frames(*amount)
    try:
        sitting.begin()
        sitting.rest()
        case = f"sync {group}"
        drags, strokes = sitting.drags(next(fresh)), sitting.strokes(_strokes(next(fresh), next(fresh)))
        yield from _waits(case, "frame dragged to", drags, NEAR_MS if group == NEAR else None)
        yield _over_decoding(case, drags, OVER_DECODING if group == FAR else None)
        yield from _waits(case, "end of a stroke", strokes, None)
        if group == FAR:
            sitting.make_proxies()
            drags, strokes = sitting.drags(next(fresh)), sitting.strokes(_strokes(next(fresh), next(fresh)))
            share = 100.0 * sum(each.proxy for each in drags) / len(drags)
            yield Figure("proxies", "frames seen by their proxy", share, "%")
            yield from _waits("proxies", "frame dragged to", drags, PROXY_MS)
            yield from _waits("proxies", "end of a stroke", strokes, PROXY_MS)
    finally:
        window.bridge.close()
        window.session.saver.wait()
        window.document.close()
        window.close()


def _fresh_frames(count: int, frames: int) -> Iterator[list[int]]:
    """Frames to drag to, none of them twice."""
    order = random.Random(0).sample(range(1, frames), frames - 1)
    for start in range(0, len(order), count):
        yield order[start : start + count]


def _strokes(ends: Sequence[int], passed: Sequence[int]) -> list[list[int]]:
    """To each of these frames over others, all over the film."""
    chance = random.Random(1)
    return [[*chance.choices(passed, k=_STROKE), end] for end in ends]


def _waits(case: str, what: str, dragged: Sequence[Dragged], most: float | None) -> Iterator[Figure]:
    walls = [each.wall_ms for each in dragged]
    yield Figure(case, f"{what}, median", percentile(walls, 50), "ms", most)
    yield Figure(case, f"{what}, worst", max(walls), "ms")


def _over_decoding(case: str, dragged: Sequence[Dragged], most: float | None) -> Figure:
    decoded = sum(each.decode_ms for each in dragged)
    over = sum(each.wall_ms for each in dragged) / decoded if decoded else float("nan")
    return Figure(case, "waiting, as a multiple of decoding", over, "×", most)
