"""Bad input at the command line: a clear sentence, the documented status, nothing overwritten, nothing half-written."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from av import Codec
from av.codec.codec import UnknownCodecError

from pipeline.cli import main
from pipeline.media import output_format
from tests.recut_film import recut

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path: Path, media_dir: Path) -> Path:
    """Inputs, good and bad, and an empty `out`."""
    shutil.copy(media_dir / "single_face.mp4", tmp_path / "plate.mp4")
    shutil.copy(media_dir / "synthetic_portrait.png", tmp_path / "face.png")
    shutil.copy(media_dir / "multi_face.jpg", tmp_path / "group.jpg")
    shutil.copy(media_dir / "speech.mp3", tmp_path / "speech.mp3")
    film = (media_dir / "single_face.mp4").read_bytes()
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "cut.mp4").write_bytes(film[:3000])
    (tmp_path / "text.mp4").write_text("this is no film at all\n" * 40)
    (tmp_path / "text.png").write_text("this is no picture\n" * 40)
    grey = np.full((160, 240, 3), 128, np.uint8)
    cv2.imwrite(str(tmp_path / "grey.png"), grey)
    cv2.imwrite(str(tmp_path / "pixel.png"), grey[:1, :1])
    (tmp_path / "batch").mkdir()
    cv2.imwrite(str(tmp_path / "batch" / "wall.png"), grey)
    face = np.asarray(cv2.imread(str(tmp_path / "face.png")))
    cv2.imwrite(str(tmp_path / "tiny.png"), cv2.resize(face, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA))
    (tmp_path / "nopictures").mkdir()
    (tmp_path / "out").mkdir()
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


CASES: dict[str, tuple[str, int, str]] = {
    "no such plate": ("--plate none.mp4 --source face.png -o out/r.mp4", 3, "none.mp4 does not exist"),
    "not a film": ("--plate text.mp4 --source face.png -o out/r.mp4", 3, "text.mp4"),
    "an empty film": ("--plate empty.mp4 --source face.png -o out/r.mp4", 3, "empty"),
    "a film cut short": ("--plate cut.mp4 --source face.png -o out/r.mp4", 3, "cut.mp4"),
    "no pictures, only sound": ("--plate speech.mp3 --source face.png -o out/r.mp4", 3, "no pictures"),
    "a folder without pictures": ("--plate nopictures --source face.png -o out/r.mp4", 3, "without pictures"),
    "no such source": ("--plate plate.mp4 --source none.png -o out/r.mp4", 3, "none.png does not exist"),
    "a source that is a folder": ("--plate plate.mp4 --source out -o out/r.mp4", 3, "name the photos inside it"),
    "a batch into one file": ("--plate batch --source face.png -o out/r.mp4", 5, "Name a folder for the results"),
    "a source that is no picture": ("--plate plate.mp4 --source text.png -o out/r.mp4", 3, "text.png"),
    "a source without a face": ("--plate plate.mp4 --source grey.png -o out/r.mp4", 4, "No face was found in"),
    "a source with several faces": ("--plate plate.mp4 --source group.jpg -o out/r.mp4", 4, "Say which one is meant"),
    "a face that is not there": ("--plate plate.mp4 --source group.jpg#40 -o out/r.mp4", 4, "no face 40"),
    "a source too small": ("--plate plate.mp4 --source tiny.png -o out/r.mp4", 4, "larger photo"),
    "a plate without a face": ("--plate grey.png --source face.png -o out/r.png", 4, "not too small"),
    "a plate of one pixel": ("--plate pixel.png --source face.png -o out/r.png", 4, "not too small"),
    "no such output folder": ("--plate plate.mp4 --source face.png -o none/r.mp4", 5, "does not exist"),
    "the output is the plate": ("--plate plate.mp4 --source face.png -o plate.mp4", 5, "never overwritten"),
    "the output is the source": ("--plate grey.png --source face.png -o face.png", 5, "never overwritten"),
    "an output of unknown kind": ("--plate plate.mp4 --source face.png -o out/r.xyz", 5, "r.xyz"),
    "an unknown preset": ("--plate plate.mp4 --source face.png -o out/r.mp4 --preset none", 5, "no preset"),
    "a preset of another ending": (
        "--plate plate.mp4 --source face.png -o out/r.mp4 --preset ffv1-lossless",
        5,
        ".mkv",
    ),
    "one picture for many frames": ("--plate plate.mp4 --source face.png -o out/r.png", 5, "one picture"),
    "a frame beyond the plate": ("--plate plate.mp4 --source face.png -o out/r.mp4 --out 999", 8, "frames 0 to 71"),
    "an end before its beginning": (
        "--plate plate.mp4 --source face.png -o out/r.mp4 --in 9 --out 3",
        8,
        "before the in",
    ),
    "neither frame nor timecode": ("--plate plate.mp4 --source face.png -o out/r.mp4 --in soon", 8, "not a timecode"),
    "an empty consent": ("--plate plate.mp4 --source face.png -o out/r.mp4 --consent ''", 9, "empty"),
    "no such consent file": (
        "--plate plate.mp4 --source face.png -o out/r.mp4 --consent none.pdf",
        9,
        "does not exist",
    ),
    "no such project": ("none.likeness -o out/r.mp4", 7, "no project"),
}


@pytest.mark.parametrize("case", CASES)
def test_render_refuses_with_a_sentence_and_leaves_everything_as_it_was(
    case: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line, status, says = CASES[case]
    monkeypatch.chdir(folder)
    before = snapshot(folder)
    assert main(["render", *(part.strip("'") for part in line.split(" ")), "--provider", "cpu"]) == status
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    "line",
    [
        "render -o r.mp4",
        "render --plate p.mp4 -o r.mp4",
        "render a.likeness --plate p.mp4 --source s.png -o r.mp4",
        "render --plate p.mp4 --source s.png",
        "render --plate p.mp4 --source s.png -o r.mp4 --threads 0",
        "render --plate p.mp4 --source s.png -o r.mp4 --memory lots",
        "render --plate p.mp4 --source s.png -o r.mp4 --memory 1M",
        "render --plate p.mp4 --source s.png -o r.mp4 --provider tpu",
        "render --plate p.mp4 --source s.png -o r.mp4 --mark middle",
        "models",
        "nothing",
        "",
    ],
)
def test_wrong_arguments_end_with_status_2_and_the_usage(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_json_errors_are_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["render", "--plate", "none.mp4", "--source", "face.png", "-o", "out/r.mp4", "--json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"]["kind"] == "MediaNotFound"
    assert answer["error"]["exit_code"] == 3


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions don't bind this user")
def test_a_folder_that_takes_no_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "out").chmod(0o500)
    assert main(["render", "--plate", "plate.mp4", "--source", "face.png", "-o", "out/r.mp4"]) == 5


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a folder that binds even the superuser")
def test_a_place_where_nobody_may_write_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    before = snapshot(folder)
    assert main(["render", "--plate", "plate.mp4", "--source", "face.png", "-o", "/proc/self/r.mp4"]) == 5
    told = capsys.readouterr().err
    assert "/proc/self" in told
    assert "cannot be written" in told
    assert "Traceback" not in told
    assert snapshot(folder) == before


def test_an_encoder_that_is_not_in_this_build_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without(name: str, mode: str) -> Codec:
        raise UnknownCodecError(name)

    monkeypatch.chdir(folder)
    monkeypatch.setattr(output_format, "Codec", without)
    before = snapshot(folder)
    assert main(["render", "--plate", "plate.mp4", "--source", "face.png", "-o", "out/r.mp4"]) == 3
    assert "is not in this build of FFmpeg" in capsys.readouterr().err
    assert snapshot(folder) == before


def test_a_project_given_as_a_plate_is_told_how_it_is_rendered(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["render", "--plate", "x.likeness", "--source", "s.png", "-o", "r.mp4"])
    assert ended.value.code == 2
    assert "that is a project: `render x.likeness -o r.mp4`" in capsys.readouterr().err


def test_new_does_not_write_over_a_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    arguments = ["new", "a", "--plate", "plate.mp4", "--source", "face.png"]
    assert main(arguments) == 0
    before = snapshot(folder)
    assert main(arguments) == 5
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("source", "status", "says"),
    [("group.jpg", 4, "Say which one is meant"), ("tiny.png", 4, "larger photo"), ("grey.png", 4, "No face was found"),
     ("none.png", 3, "does not exist"), ("plate.mp4@99", 8, "frames 0 to 71")],
)  # fmt: skip
def test_new_refuses_a_source_that_no_render_could_use(
    source: str,
    status: int,
    says: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    before = snapshot(folder)
    assert main(["new", "a", "--plate", "plate.mp4", "--source", source]) == status
    assert says in capsys.readouterr().err
    assert snapshot(folder) == before


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """This program with a models folder of its own."""
    place = tmp_path_factory.mktemp("installation")
    shutil.copy(ROOT / "main.py", place)
    for name in ("pipeline", "editor", "resources"):
        (place / name).symlink_to(ROOT / name, target_is_directory=True)
    shutil.copytree(models_dir, place / "models")
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_a_model_changed_by_one_byte_is_named_and_refused(installation: Path, folder: Path) -> None:
    network = installation / "models" / "face_landmarks.onnx"
    content = bytearray(network.read_bytes())
    content[len(content) // 2] ^= 1
    network.write_bytes(content)
    before = snapshot(folder)
    for line in ("models verify", "render --plate plate.mp4 --source face.png -o out/r.mp4 --provider cpu"):
        command = [sys.executable, str(installation / "main.py"), *line.split()]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert ended.returncode == 6
        assert "face_landmarks.onnx" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert snapshot(folder) == before


def test_ctrl_c_stops_cleanly_and_the_same_command_again_completes(
    folder: Path, media_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recut(media_dir / "single_face.mp4", folder / "plate.mp4", range(24))
    command = [sys.executable, str(ROOT / "main.py"), "render", "--plate", "plate.mp4", "--source", "face.png"]
    command += ["-o", "out/r.mp4", "--out", "3", "--quality", "draft", "--provider", "cpu"]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    next(line for line in process.stderr if line.startswith("analysing"))
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "stopped" in told.lower()
    assert "Traceback" not in told
    assert not (folder / "out" / "r.mp4").exists()
    monkeypatch.chdir(folder)
    assert main(command[2:]) == 0
    assert [each.name for each in (folder / "out").iterdir()] == ["r.mp4"]
