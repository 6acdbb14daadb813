"""A render that is killed at any moment goes on to the bytes of an unbroken one."""

import hashlib
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.film_maker import make_film

_ROOT = Path(__file__).resolve().parents[3]

_RENDER = """
import sys, time
from pathlib import Path
from pipeline.media.presets import load_preset
from pipeline.render.sequence import SequenceRequest, render_sequence

def slowly(planes):
    time.sleep(0.01)
    return planes

plate, output, preset = Path(sys.argv[1]), Path(sys.argv[2]), load_preset(sys.argv[3])
request = SequenceRequest(plate, output, preset, segment_frames=12, encoder_threads=2)
report = render_sequence(request, slowly, str, lambda state: print(state.done, flush=True), lambda: False)
print("reused", report.reused)
"""


def start(plate: Path, output: Path, preset: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _RENDER, str(plate), str(output), preset]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT)


def finish(plate: Path, output: Path, preset: str) -> int:
    """Render to the end; returns how many frames were reused."""
    process = start(plate, output, preset)
    text, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return int(text.split()[-1])


def kill_after_frame(plate: Path, output: Path, preset: str, frame: int) -> None:
    """Kill a render as soon as it tells of `frame`."""
    process = start(plate, output, preset)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip().isdigit() and int(line) >= frame:
            break
    process.kill()
    process.wait()
    process.stdout.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_killed_render_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=60, sound="aac")
    finish(plate, tmp_path / "unbroken.mp4", "h264-review")
    output = tmp_path / "result.mp4"
    kill_after_frame(plate, output, "h264-review", 30)
    assert not output.exists()
    assert finish(plate, output, "h264-review") >= 12
    assert digest(output) == digest(tmp_path / "unbroken.mp4")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plate.mp4", "result.mp4", "unbroken.mp4"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("preset", "ending"),
    [
        ("h264-review", ".mp4"),
        ("hevc-10", ".mov"),
        ("prores-422hq", ".mov"),
        ("ffv1-lossless", ".mkv"),
        ("h264-high", ".mkv"),
    ],
)
def test_kills_at_random_moments(tmp_path: Path, media_dir: Path, preset: str, ending: str) -> None:
    """Twelve kills a render, none of them told apart by where the render stood."""
    plate = media_dir / "single_face.mp4"
    unbroken, output = tmp_path / f"unbroken{ending}", tmp_path / f"result{ending}"
    finish(plate, unbroken, preset)
    moments = random.Random(preset)
    for _ in range(12):
        process = start(plate, output, preset)
        time.sleep(moments.uniform(0.2, 3.0))
        process.kill()
        process.communicate()
        if output.exists():
            assert digest(output) == digest(unbroken)
            output.unlink()
    finish(plate, output, preset)
    assert digest(output) == digest(unbroken)
