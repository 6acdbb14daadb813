"""Automatic balance of a project: one save, from the kept analysis, the same every time."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.project.recipe import recipe_for
from pipeline.project.storage import load_project, saves_of


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    assert main([*map(str, arguments), "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_grin_is_balanced_in_one_save_and_taken_back(
    tmp_path: Path,
    media_dir: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lay_analysis: Callable[[Path], None],
) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    lay_analysis(tmp_path)
    path = tmp_path / "job.likeness"
    plate, source = media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png"
    answer(capsys, "new", path, "--plate", plate, "--source", source)
    before = load_project(path).project
    (told,) = answer(capsys, "balance", path, "--provider", "cpu")
    assert told["face"] == "face-1"
    assert sorted(told["written"]) == ["expression", "lip_shape", "matching", "shape"]
    assert not told["left"]
    assert len(saves_of(path)) == 1, "one save"
    once = load_project(path).project
    calm, grin = (recipe_for(once, "plate-1", frame).faces[0] for frame in (2, 60))
    assert calm.settings.shape > grin.settings.shape + 0.1
    assert calm.expression.matching < grin.expression.matching
    answer(capsys, "balance", path, "--provider", "cpu")
    assert load_project(path).project == once
    answer(capsys, "balance", path, "--remove")
    assert load_project(path).project == before
