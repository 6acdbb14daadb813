"""The render job and the commands around it, on a few frames of a real film."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import c2pa
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.commands.console import Interrupt
from pipeline.jobs.finish import synthetic_metadata
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from tests.recut_film import recut


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    """The JSON answer of a command that succeeds."""
    assert main([*map(str, arguments), "--json"]) == 0, capsys.readouterr().err
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def pictures(path: Path) -> list[Any]:
    with open_plate(path) as reader:
        view = view_of(reader.info)
        return [view.rgb8(reader.read(frame)) for frame in range(reader.info.frames)]


def test_consent_decides_the_mark_and_everything_says_synthetic(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str], lay_analysis: Callable[[Path], None]
) -> None:
    lay_analysis(tmp_path)
    plate, source = media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png"
    common: list[str | Path] = ["render", "--plate", plate, "--source", source, "--out", "5", "--provider", "cpu"]
    common += ["--mark", "top-right"]
    draft = run(capsys, *common, "-o", tmp_path / "draft.mp4")
    agreed = run(capsys, *common, "-o", tmp_path / "agreed.mp4", "--consent", "Both agreed to this test in writing.")
    assert draft["mark"] == {"kind": "draft", "place": "top-right"}
    assert agreed["mark"] == {"kind": "small", "place": "top-right"}
    assert draft["frames"] == {"first": 0, "last": 5, "count": 6}
    one, other = pictures(tmp_path / "draft.mp4")[3], pictures(tmp_path / "agreed.mp4")[3]
    change = np.abs(one.astype(int) - other).max(axis=2) > 24
    height, width = change.shape
    assert change[: height // 4, width // 2 :].mean() > 0.02
    change[: height // 4, width // 2 :] = False
    assert change.mean() < 1e-3, "only the mark differs, but for the encoder's noise"
    for name in ("draft.mp4", "agreed.mp4"):
        with av.open(str(tmp_path / name)) as film:
            assert "AI-generated" in film.metadata["comment"]
        with c2pa.Reader(str(tmp_path / name)) as reader:
            assert reader.get_validation_state() == "Valid"
            assert "compositeWithTrainedAlgorithmicMedia" in reader.json()
    log = [json.loads(line) for line in (tmp_path / "config" / "exports.jsonl").read_text("utf-8").splitlines()]
    assert [bool(entry["consent_sha256"]) for entry in log] == [False, True]


def test_a_project_renders_a_frame_alike_in_every_range(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "job.likeness"
    plate = recut(media_dir / "single_face.mp4", tmp_path / "plate.mp4", range(16))
    made = run(
        capsys, "new", tmp_path / "job", "--plate", plate,
        "--source", media_dir / "synthetic_portrait.png", "--consent", "Both agreed to this test in writing.",
    )  # fmt: skip
    assert made["project"] == str(project)
    found = run(capsys, "analyze", project, "--provider", "cpu")
    assert [face["seen"] for face in found["faces"]] == [16]
    assert list((tmp_path / ".likeness" / "analysis").glob("*.sqlite"))
    whole = run(capsys, "render", project, "-o", tmp_path / "a.mkv", "--in", "6", "--out", "11", "--provider", "cpu")
    part = run(capsys, "render", project, "-o", tmp_path / "b.mkv", "--in", "9", "--out", "10", "--provider", "cpu")
    assert whole["preset"] == part["preset"] == "ffv1-lossless"
    assert whole["credentials"]["place"] == "sidecar"
    assert whole["mark"]["kind"] == "small"
    first, second = pictures(tmp_path / "a.mkv"), pictures(tmp_path / "b.mkv")
    assert np.array_equal(first[3], second[0])
    assert np.array_equal(first[4], second[1])


def test_a_folder_of_stills_is_a_batch_and_one_without_a_face_does_not_end_it(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stills = tmp_path / "stills"
    stills.mkdir()
    (stills / "person.jpg").write_bytes((media_dir / "single_face.jpg").read_bytes())
    grey = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 128, np.uint8), format="rgb24")
    grey.to_image().save(stills / "wall.png")
    arguments = ["render", "--plate", str(stills), "--source", str(media_dir / "synthetic_portrait.png")]
    arguments += ["-o", str(tmp_path / "out"), "--provider", "cpu", "--json"]
    assert main(arguments) == 4
    answer = json.loads(capsys.readouterr().out)
    assert [Path(each["output"]).name for each in answer["results"]] == ["person.jpg"]
    assert [Path(each["plate"]).name for each in answer["refused"]] == ["wall.png"]
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["person.jpg"]


def test_metadata_names_the_consent_by_its_hash_alone() -> None:
    assert "no consent" in synthetic_metadata(None)["comment"]
    assert "ab" * 32 in synthetic_metadata("ab" * 32)["comment"]


def test_what_stands_there_is_replaced_only_when_asked_and_never_an_input(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str], lay_analysis: Callable[[Path], None]
) -> None:
    lay_analysis(tmp_path)
    plate, output = tmp_path / "plate.mp4", tmp_path / "result.mp4"
    plate.write_bytes((media_dir / "single_face.mp4").read_bytes())
    common: list[str] = ["render", "--plate", str(plate), "--source", str(media_dir / "synthetic_portrait.png")]
    common += ["--quality", "draft", "--provider", "cpu", "--out"]
    first = run(capsys, *common, "3", "-o", output)
    content = output.read_bytes()
    again = run(capsys, *common, "3", "-o", output)
    assert (first["rendered"], again["rendered"], again["reused"]) == (4, 0, 4)
    assert again["credentials"] == {"place": "embedded", "path": str(output)}
    assert main([*common, "2", "-o", str(output)]) == 5
    assert "--overwrite" in capsys.readouterr().err
    assert output.read_bytes() == content
    assert run(capsys, *common, "2", "-o", output, "--overwrite")["rendered"] == 3
    assert main([*common, "3", "-o", str(plate), "--overwrite"]) == 5
    assert "never overwritten" in capsys.readouterr().err
    output.write_bytes(b"somebody else's")
    assert main([*common, "2", "-o", str(output)]) == 5
    assert output.read_bytes() == b"somebody else's"


def test_single_pictures_that_stand_there_are_not_replaced_either(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    (folder / "single_face.000001.png").write_bytes(b"not ours")
    arguments = ["render", "--plate", str(media_dir / "single_face.mp4"), "--out", "1", "--provider", "cpu"]
    arguments += ["--source", str(media_dir / "synthetic_portrait.png"), "--preset", "png-16", "-o", str(folder)]
    assert main([*arguments, "--quality", "draft"]) == 5
    assert "single_face.000001.png exists already" in capsys.readouterr().err
    assert [each.read_bytes() for each in folder.iterdir()] == [b"not ours"]


def test_an_interrupted_sequence_of_pictures_goes_on_over_what_it_wrote(
    tmp_path: Path,
    media_dir: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lay_analysis: Callable[[Path], None],
) -> None:
    lay_analysis(tmp_path)
    folder = tmp_path / "frames"
    arguments = ["render", "--plate", str(media_dir / "single_face.mp4"), "--out", "9", "--provider", "cpu"]
    arguments += ["--source", str(media_dir / "synthetic_portrait.png"), "--preset", "png-16", "-o", str(folder)]
    arguments += ["--quality", "draft"]
    with monkeypatch.context() as stopped:
        stopped.setattr(Interrupt, "__call__", lambda self: len(list(folder.glob("*.png"))) > 2)
        assert main(arguments) == 130
    answer = run(capsys, *arguments)
    assert answer["rendered"] + answer["reused"] == 10
    assert answer["reused"] >= 1
    assert run(capsys, *arguments)["rendered"] == 0
