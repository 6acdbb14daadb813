"""The editor's bench runs its whole script, and its figures say whether they reach their bars."""

import math
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.app import worker_bridge
from editor.app.bench import BenchAmount, BenchCase, bench_editor
from editor.app.bench_figures import Figure, percentile
from pipeline.errors import Cancelled, MediaNotFound
from pipeline.ipc.messages import JobDone
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
    amount = BenchAmount(seconds=0.6, steps=3, edits=2, paints=6, starts=0)
    figures = list(bench_editor(media_dir, (CASE,), amount, said.append, lambda: False))
    named = {each.name: each for each in figures}
    assert all(math.isfinite(each.value) and each.value >= 0 for each in figures if each.unit == "ms")
    for name, most in (
        ("2,000 keyframes, 200,000 frames: paint, p95", 16),
        ("stalls, worst", 200),
        ("cached frame after a step, median", 16),
        ("edit to new draft picture, median", 120),
        ("memory, both processes", 1200),
    ):
        assert named[name].most == most
    # The window waits before it sends an edit, so that a drag is not sent point by point.
    assert named["edit to new draft picture, median"].value > named["cached frame after a step, median"].value
    assert said == ["window start, timeline …", "360p: single_face.mp4 …"]
    assert RenderingClient.made[-1].asked[-1] == ("close", None)


def test_it_ends_when_it_is_told_to(
    styled: QApplication, qtbot: QtBot, media_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_bridge, "WorkerClient", RenderingClient)
    with pytest.raises(Cancelled):
        list(bench_editor(media_dir, (CASE,), BenchAmount(paints=3, starts=0), print, lambda: True))


def test_a_missing_clip_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaNotFound, match="synthetic_portrait"):
        list(bench_editor(tmp_path, (CASE,), BenchAmount(), print, lambda: False))


def test_a_figure_without_a_value_misses_its_bar_and_is_null_as_json() -> None:
    figure = Figure("360p", "memory", math.nan, "MB", 1200.0)
    assert (figure.passed, figure.values()["value"]) == (False, None)
    assert Figure("360p", "memory", 3.0, "MB").passed is None


def test_a_percentile_is_a_value_that_was_taken() -> None:
    assert [percentile([4, 1, 3, 2], percent) for percent in (25, 50, 99.9)] == [1, 2, 4]
