import base64
import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.jobs.measure import MeasureRequest, measure
from pipeline.jobs.measured_face import spans
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.media.presets import load_preset
from pipeline.quality.figure_names import GROUPS
from pipeline.quality.identity import IdentityDistances
from pipeline.render.sequence import SequenceRequest, render_sequence


@pytest.fixture(scope="module")
def part(media_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Frames 10 to 33 of single_face.mp4, as some other program may have written them."""
    output = tmp_path_factory.mktemp("measured") / "part.mkv"
    request = SequenceRequest(media_dir / "single_face.mp4", output, load_preset("ffv1-lossless"), start=10, stop=34)
    render_sequence(request, lambda planes: planes, lambda number: "copy", lambda state: None, lambda: False)
    return output


def test_a_part_of_a_film_is_measured_against_it_with_keyframes_shots_and_series(
    media_dir: Path,
    part: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    lay_analysis: Callable[[Path], None],
) -> None:
    lay_analysis(tmp_path)
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    plate = media_dir / "single_face.mp4"
    arguments = ["measure", str(plate), str(part), "--in", "10", "--out", "33", "--threads", "1"]
    assert main([*arguments, "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["first_frame"], values["last_frame"]) == (10, 33)
    face = values["faces"][0]
    assert face["figures"]["au_weighted"] == pytest.approx(1)
    assert face["frames"]["first"] == 10
    assert all(floor["passed"] for floor in face["floors"].values())
    assert face["shots"][0]["first"] == 10
    assert all(10 <= mark["frame"] <= 33 for mark in face["keyframes"])
    assert face["keyframes"]
    assert len(face["series"]["landmarks"]) == 24
    check_described(face)
    assert (face["outline"], face["kept"]) == ("mesh", "tracked")
    assert any("motion_mouth" in note for note in face["notes"])
    assert any("too little speech: 0 frames, 50 are needed" in note for note in face["notes"])
    page = tmp_path / "report.html"
    assert main([*arguments, "--html", str(page)]) == 0
    told = capsys.readouterr().out
    assert "24 of 24 frames measured" in told
    assert "reaches >= 0.89" in told
    check_page(page.read_text(encoding="utf-8"), face)


def check_described(face: dict[str, Any]) -> None:
    """Every name that can be among figures and series stands in the documentation."""
    text = (Path(__file__).parents[3] / "docs" / "measuring.md").read_text(encoding="utf-8")
    figures = {*face["figures"], *(name for _, names in GROUPS for name, _ in names)}
    identity = {f"identity_{each.name}" for each in fields(IdentityDistances)}
    series = {name for name in face["series"] if not name.endswith("_plate")}
    assert {name for name in figures | identity | series if f"`{name}`" not in text} == set()


def check_page(text: str, face: dict[str, Any]) -> None:
    """A page with everything in it, and nothing to fetch."""
    assert not re.findall(r"https?://|<script|<link|@import|url\(", text)
    assert text.count("data:image/jpeg;base64,") == 3 * len(face["worst_frames"]) > 0
    assert text.count('class="reached"') == len(face["floors"])
    assert all(f"<td>{mark['frame']}</td>" in text for mark in face["keyframes"])
    assert text.count("<svg") >= 5
    first = base64.b64decode(re.findall(r"base64,([^\"]+)", text)[0])
    picture = cv2.imdecode(np.frombuffer(first, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert max(picture.shape) == 480


def test_films_that_do_not_match_are_refused_before_any_analysis(
    media_dir: Path, part: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plate = media_dir / "single_face.mp4"
    assert main(["measure", str(plate), str(part)]) == 3
    assert "equal length" in capsys.readouterr().err
    assert main(["measure", str(plate), str(part), "--in", "10", "--out", "20"]) == 3
    assert "name the range" in capsys.readouterr().err
    assert main(["measure", str(media_dir / "single_face.jpg"), str(part)]) == 3
    assert "single_face.jpg has 1:" in capsys.readouterr().err
    assert main(["measure", str(part), str(media_dir / "single_face.jpg")]) == 3
    assert "single_face.jpg has 1 frame and" in capsys.readouterr().err


def test_a_project_measures_only_its_own_plate(media_dir: Path, part: Path, tmp_path: Path) -> None:
    from pipeline.errors import MediaUnreadable

    project = tmp_path / "job.likeness"
    arguments = ["new", str(project), "--plate", str(media_dir / "single_face.mp4")]
    assert main([*arguments, "--source", str(media_dir / "synthetic_portrait.png")]) == 0
    with pytest.raises(MediaUnreadable, match="is not the plate of"):
        measure(MeasureRequest(part, part, project), no_progress, never_cancelled, no_note)


def test_options_that_exclude_each_other_are_a_usage_error(media_dir: Path, part: Path) -> None:
    for options in (["--project", "p.likeness", "--source", "a.png"], ["--quality", "draft"]):
        with pytest.raises(SystemExit) as ended:
            main(["measure", str(part), str(part), *options])
        assert ended.value.code == 2


def test_frames_are_told_in_spans() -> None:
    assert spans([3, 4, 5, 9, 11, 12]) == [[3, 5], [9, 9], [11, 12]]
    assert spans([]) == []
