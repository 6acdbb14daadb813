"""Plates that are damaged, odd or lose their face: the render goes on, says what happened, and writes a whole film."""

import json
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def rendered(plate: Path, output: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    source = str(media_dir / "synthetic_portrait.png")
    arguments = ["render", "--plate", str(plate), "--source", source, "-o", str(output), "--quality", "draft"]
    assert main([*arguments, "--provider", "cpu", "--json"]) == 0, capsys.readouterr().err
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def pictures(path: Path, frames: range) -> list[ImageU8]:
    with open_plate(path) as reader:
        view = view_of(reader.info)
        return [view.rgb8(reader.read(frame)) for frame in frames]


def silent_film(path: Path, frames: Sequence[ImageU8]) -> Path:
    """A lossless film without sound."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("ffv1", rate=Fraction(25))
        stream.pix_fmt = "bgr0"
        stream.height, stream.width = frames[0].shape[:2]
        for number, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts = number
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return path


def test_a_damaged_packet_in_the_middle_is_recorded_and_the_render_goes_on(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray((media_dir / "single_face.mp4").read_bytes())
    with av.open(str(media_dir / "single_face.mp4")) as film:
        packets = [packet for packet in film.demux(video=0) if packet.size]
        damaged = max(packets[20:40], key=lambda packet: packet.size)
        assert damaged.pos is not None
        content[damaged.pos + 8 : damaged.pos + damaged.size] = b"\xa5" * (damaged.size - 8)
    plate, output = tmp_path / "damaged.mp4", tmp_path / "result.mp4"
    plate.write_bytes(content)
    answer = rendered(plate, output, media_dir, capsys)
    assert answer["frames"]["count"] == 72
    assert answer["failed"], "the damaged frame is named"
    assert len(pictures(output, range(72))) == 72


def test_odd_sizes_and_silence_are_kept(tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faces = [picture[:-1, :-3] for picture in pictures(media_dir / "single_face.mp4", range(3))]
    plate, output = silent_film(tmp_path / "odd.mkv", faces), tmp_path / "result.mkv"
    rendered(plate, output, media_dir, capsys)
    with open_plate(output) as reader:
        assert (reader.info.width, reader.info.height) == (637, 359)
        assert reader.info.audio == ()
        assert reader.info.frames == 3


def test_a_face_that_leaves_and_returns_is_replaced_only_while_it_is_there(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = pictures(media_dir / "single_face.mp4", range(5))
    gone = [np.full_like(there[0], 90)] * 4
    plate = silent_film(tmp_path / "plate.mkv", [*there, *gone, *there])
    answer = rendered(plate, tmp_path / "result.mkv", media_dir, capsys)
    assert (answer["faces"], answer["failed"]) == (1, [])
    before, after = pictures(plate, range(14)), pictures(tmp_path / "result.mkv", range(14))
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        change = np.abs(one.astype(int) - other).max(axis=2)
        change[int(change.shape[0] * 0.85) :, : change.shape[1] // 3] = 0
        assert (change.max() == 0) == (5 <= number < 9), f"frame {number}"


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes can't be limited there")
def test_a_full_disk_ends_in_a_sentence_and_the_same_command_goes_on(tmp_path: Path, media_dir: Path) -> None:
    plate, source = media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png"
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, str(ROOT / "main.py"), "render", "--plate", str(plate), "--source", str(source)]
    command += ["-o", str(out / "result.mkv"), "--out", "9", "--quality", "draft", "--provider", "cpu"]

    def nearly_full() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    ended = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=nearly_full)
    assert ended.returncode == 5, ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (out / "result.mkv").exists()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert len(pictures(out / "result.mkv", range(10))) == 10
