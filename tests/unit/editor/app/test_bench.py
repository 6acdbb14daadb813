"""The editor's bench runs its whole script, and its figures say whether they reach their bars."""

import math
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import bench_scrubbing, worker_bridge
from editor.app.bench import BenchAmount, BenchCase, bench_editor
from editor.app.bench_figures import Figure, percentile, processor_s
from editor.app.bench_playing import PlayCase, playing_figures
from editor.app.bench_scrubbing import scrubbing_figures
from pipeline.errors import Cancelled, MediaNotFound
from pipeline.ipc.messages import JobDone, Kept
from tests.ui.stand_in import StandInClient

CASE = BenchCase("360p", "single_face.mp4", 120.0)


class RenderingClient(StandInClient):
    """Its renders are done at once, too."""

    def render(self, plate: str, output: Path, **options: object) -> int:
        job = super().render(plate, output, **options)
        self.on_event(JobDone(job=job))
        return job


def test_every_figure_is_taken(
    styled: QApplication, qtbot: QtBot, media_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", RenderingClient)
    said: list[str] = []
    amount = BenchAmount(seconds=0.6, steps=3, edits=2, recasts=1, paints=6, starts=0, drags=0, played_s=0)
    figures = list(bench_editor(media_dir, (CASE,), amount, said.append, lambda: False))
    named = {each.name: each for each in figures}
    assert all(math.isfinite(each.value) and each.value >= 0 for each in figures if each.unit == "ms")
    for name, most in (
        ("2,000 keyframes, 200,000 frames: paint, p95", 16),
        ("stalls, worst", 200),
        ("cached frame after a step, median", 16),
        ("edit to new draft picture, median", 120),
        ("photo dropped to new draft picture, median", 1000),
        ("memory, both processes", 1200),
    ):
        assert named[name].most == most
    # The window waits before it sends an edit, so that a drag is not sent point by point.
    assert named["edit to new draft picture, median"].value > worker_bridge.UPDATE_MS / 2
    assert said == ["window start, timeline …", "360p: single_face.mp4 …"]
    assert RenderingClient.made[-1].asked[-1] == ("close", None)


class DraggedClient(StandInClient):
    """Its proxies are there once they were asked for."""

    def make_proxies(self, plate: str) -> int:
        self.has_proxies = True
        return super().make_proxies(plate)


@pytest.mark.long
def test_a_dragged_playhead_is_timed_near_and_far_from_sync_frames_and_with_proxies(
    styled: QApplication, qtbot: QtBot, media_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", DraggedClient)
    films: list[tuple[str, ...]] = []

    def bench_film(*arguments: str, patience_s: float) -> None:
        films.append(arguments)
        shutil.copy(media_dir / CASE.plate, arguments[3])

    monkeypatch.setattr(bench_scrubbing, "run_own", bench_film)
    plates = media_dir / CASE.plate, media_dir / "synthetic_portrait.png"
    figures = list(scrubbing_figures(*plates, tmp_path, (2, 72), lambda _: None, lambda: False))
    assert [(film[0], film[5]) for film in films] == [("bench-film", "60"), ("bench-film", "250")]
    bars = {(each.case, each.name): each.most for each in figures if each.most is not None}
    assert bars == {
        ("sync 60", "frame dragged to, median"): 150.0,
        ("sync 250", "waiting, as a multiple of decoding"): 1.15,
        ("proxies", "frame dragged to, median"): 60.0,
        ("proxies", "end of a stroke, median"): 60.0,
    }
    cases = {each.case for each in figures if each.name == "end of a stroke, worst"}
    assert cases == {"sync 60", "sync 250", "proxies"}
    assert next(each.value for each in figures if each.unit == "%") == 100.0


class PlayedClient(StandInClient):
    """Draws ahead at once; one frame never comes."""

    def prefetch(self, plate: str, frames: range, **options: object) -> int:
        job = super().prefetch(plate, frames, **options)
        runs = ((frames.start, frames.stop),)
        self.on_event(Kept(job=job, plate=plate, layer="result", quality="draft", ranges=runs))
        return job

    def request_frame(self, plate: str, frame: int, **options: Any) -> int:
        return 0 if frame == 3 else super().request_frame(plate, frame, **options)


@pytest.mark.long
@pytest.mark.parametrize(("ahead", "words"), [(True, ["fitted in", "at 100 %"]), (False, ["live"])])
def test_playing_counts_frames_that_the_canvas_was_not_painted_with(
    ahead: bool,
    words: list[str],
    styled: QApplication,
    qtbot: QtBot,
    media_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", PlayedClient)
    case, source = PlayCase("360p", "single_face.mp4", None, ahead), media_dir / "synthetic_portrait.png"
    figures = list(playing_figures(case, media_dir, source, tmp_path, 0.3, lambda: False))
    left_out = [each for each in figures if each.name.endswith("frames left out")]
    assert [each.name.split(": ")[0].split(" ", 3)[-1] for each in left_out] == words
    assert all(each.most == 0 and each.value >= 1 and each.passed is False for each in left_out)
    assert {each.unit for each in figures} == {"", "fps", "ms"}


def test_processor_time_is_told_of_processes_that_are_there() -> None:
    before = processor_s(os.getpid())
    while processor_s(os.getpid()) == before:
        sum(range(10_000))
    assert before < processor_s(os.getpid()) < before + 5
    assert math.isnan(processor_s(0))


def test_it_ends_when_it_is_told_to(
    styled: QApplication, qtbot: QtBot, media_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", RenderingClient)
    with pytest.raises(Cancelled):
        list(
            bench_editor(media_dir, (CASE,), BenchAmount(paints=3, starts=0, drags=0, played_s=0), print, lambda: True)
        )


def test_a_missing_clip_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFound, match="synthetic_portrait"):
        list(bench_editor(tmp_path, (CASE,), BenchAmount(), print, lambda: False))


def test_a_figure_without_a_value_misses_its_bar_and_is_null_as_json() -> None:
    figure = Figure("360p", "memory", math.nan, "MB", 1200.0)
    assert (figure.passed, figure.values()["value"]) == (False, None)
    assert Figure("360p", "memory", 3.0, "MB").passed is None


def test_a_percentile_is_a_value_that_was_taken() -> None:
    assert [percentile([4, 1, 3, 2], percent) for percent in (25, 50, 99.9)] == [1, 2, 4]
