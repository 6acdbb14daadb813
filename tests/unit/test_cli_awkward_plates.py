"""Plates that are damaged, odd, huge, transparent or lose their face: what happened is said, and the film is whole."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from pipeline.cli import main
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.sheet import write_png
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def rendered(
    plate: Path, output: Path, media_dir: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> dict[str, Any]:
    source = str(media_dir / "synthetic_portrait.png")
    arguments = ["render", "--plate", str(plate), "--source", source, "-o", str(output), "--quality", "draft"]
    assert main([*arguments, *options, "--provider", "cpu", "--json"]) == 0, capsys.readouterr().err
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


def test_silent_sound_is_kept_packet_for_packet(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plate, output = tmp_path / "silent.mp4", tmp_path / "result.mp4"
    faces = pictures(media_dir / "single_face.mp4", range(5))
    with av.open(str(plate), "w") as film:
        video, sound = film.add_stream("libx264", rate=Fraction(25)), film.add_stream("aac", rate=48000)
        assert isinstance(video, VideoStream)
        assert isinstance(sound, AudioStream)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        for number, picture in enumerate(faces):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts = number
            film.mux(video.encode(frame))
        film.mux(video.encode(None))
        silence = av.AudioFrame.from_ndarray(np.zeros((2, 9600), np.float32), format="fltp", layout="stereo")
        silence.rate, silence.pts = 48000, 0
        film.mux(sound.encode(silence))
        film.mux(sound.encode(None))
    rendered(plate, output, media_dir, capsys)
    one, other = packets_of_sound(plate), packets_of_sound(output)
    assert len(one) > 8
    assert one == other


def packets_of_sound(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [bytes(packet) for packet in film.demux(audio=0) if packet.size]


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
def test_a_full_disk_ends_in_a_sentence_and_the_same_command_goes_on(
    tmp_path: Path, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> None:
    plate, source = media_dir / "single_face.mp4", media_dir / "synthetic_portrait.png"
    out = tmp_path / "out"
    out.mkdir()
    lay_analysis(tmp_path)
    command = [sys.executable, str(ROOT / "main.py"), "render", "--plate", str(plate), "--source", str(source)]
    command += ["-o", str(out / "result.mkv"), "--out", "9", "--quality", "draft", "--provider", "cpu"]

    def nearly_full() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    ended = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=nearly_full)
    assert ended.returncode == 5, ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (out / "result.mkv").exists()
    assert main(command[2:]) == 0
    assert len(pictures(out / "result.mkv", range(10))) == 10


def refused(plate: Path, output: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a render says that ends with the status of unusable media, leaving nothing behind."""
    source = str(media_dir / "synthetic_portrait.png")
    arguments = ["render", "--plate", str(plate), "--source", source, "-o", str(output), "--quality", "draft"]
    assert main([*arguments, "--provider", "cpu"]) == 3
    assert not list(output.parent.iterdir())
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


def test_a_size_that_changes_midway_is_refused_with_its_frame(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [tmp_path / "first.ts", tmp_path / "second.ts"]
    for number, (part, scale) in enumerate(zip(parts, (1, 2), strict=True)):
        with av.open(str(part), "w") as film:
            stream = film.add_stream("libx264", rate=Fraction(25), options={"bf": "0"})
            assert isinstance(stream, VideoStream)
            stream.width, stream.height, stream.pix_fmt = 320 * scale, 180 * scale, "yuv420p"
            for count in range(8):
                frame = av.VideoFrame(320 * scale, 180 * scale, "yuv420p")
                frame.pts, frame.time_base = 8 * number + count, Fraction(1, 25)
                film.mux(stream.encode(frame))
            film.mux(stream.encode(None))
    plate = tmp_path / "joined.ts"
    plate.write_bytes(b"".join(part.read_bytes() for part in parts))
    (tmp_path / "out").mkdir()
    told = refused(plate, tmp_path / "out" / "result.mp4", media_dir, capsys)
    assert "joined.ts changes size at frame 8: 320x180 becomes 640x360" in told


def test_a_film_without_a_frame_is_refused(tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plate = tmp_path / "empty.mkv"
    with av.open(str(plate), "w") as film:
        stream = film.add_stream("ffv1", rate=Fraction(25))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        film.start_encoding()
    (tmp_path / "out").mkdir()
    assert "empty.mkv" in refused(plate, tmp_path / "out" / "result.mp4", media_dir, capsys)


@pytest.mark.long
def test_a_face_in_8k_is_replaced_and_the_rest_stays(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    face = read_photo(media_dir / "single_face.jpg")
    height, width = face.shape[:2]
    wall = np.full((4320, 7680, 3), 120, np.uint8)
    wall[2000 : 2000 + height, 3000 : 3000 + width] = face
    write_png(tmp_path / "plate.png", wall)
    rendered(tmp_path / "plate.png", tmp_path / "result.png", media_dir, capsys)
    change = (read_photo(tmp_path / "result.png") != wall).any(axis=2)
    assert change[2000 : 2000 + height, 3000 : 3000 + width].mean() > 0.1
    change[2000 : 2000 + height, 3000 : 3000 + width] = False
    assert not change[:3600].any(), "but for the mark below"


def transparent_film(path: Path, codec: str, pixel_format: str, frames: Sequence[ImageU8]) -> Path:
    """A film whose left edge is a quarter opaque, a little further in every frame."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream(codec, rate=Fraction(25))
        assert isinstance(stream, VideoStream)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = pixel_format
        for number, picture in enumerate(frames):
            opacity = np.full((*picture.shape[:2], 1), 255, np.uint8)
            opacity[:, : 100 + 20 * number] = 64
            frame = av.VideoFrame.from_ndarray(np.concatenate([picture, opacity], axis=2), format="rgba")
            frame.pts = number
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("codec", "pixel_format", "ending", "preset", "most"),
    [("ffv1", "bgra", ".mkv", "ffv1-lossless", 0), ("prores_ks", "yuva444p10le", ".mov", "prores-4444", 4)],
)
def test_alpha_is_kept(
    tmp_path: Path,
    media_dir: Path,
    capsys: pytest.CaptureFixture[str],
    codec: str,
    pixel_format: str,
    ending: str,
    preset: str,
    most: int,
) -> None:
    """Sample for sample; in ProRes, whose 12 bits become 10, to the rounding."""
    frames = pictures(media_dir / "single_face.mp4", range(2))
    plate = transparent_film(tmp_path / f"plate{ending}", codec, pixel_format, frames)
    result = tmp_path / f"result{ending}"
    answer = rendered(plate, result, media_dir, capsys, "--preset", preset)
    assert (answer["frames"]["count"], answer["failed"]) == (2, [])
    with open_plate(plate) as one, open_plate(result) as other:
        assert other.info.format == one.info.format
        for number in range(2):
            before, after = one.read(number), other.read(number)
            assert np.abs(before.data[3].astype(int) - after.data[3]).max() <= most
            assert not np.array_equal(before.data[0], after.data[0])
