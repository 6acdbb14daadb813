"""A render that is killed goes on where it was, and ends in the bytes of an unbroken run."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def command(media_dir: Path, output: Path) -> list[str]:
    plate, source = media_dir / "WolfgangLanger_Pexels.mp4", media_dir / "synthetic_portrait.png"
    arguments = ["render", "--plate", str(plate), "--source", str(source), "-o", str(output)]
    return [
        sys.executable,
        str(ROOT / "main.py"),
        *arguments,
        "--quality",
        "draft",
        "--provider",
        "cpu",
        "--threads",
        "2",
    ]


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(("stage", "lines"), [("analysing", 2), ("rendering", 3)])
def test_a_killed_render_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, media_dir: Path, stage: str, lines: int
) -> None:
    def places(name: str) -> dict[str, str]:
        return {**os.environ, "LIKENESS_CONFIG": str(tmp_path / "config"), "LIKENESS_CACHE": str(tmp_path / name)}

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole, broken = tmp_path / "a" / "result.mkv", tmp_path / "b" / "result.mkv"
    subprocess.run(command(media_dir, whole), env=places("cache-a"), check=True, capture_output=True)
    process = subprocess.Popen(command(media_dir, broken), env=places("cache-b"), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    seen = 0
    for line in process.stderr:
        seen += line.startswith(stage)
        if seen == lines:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not broken.exists()
    subprocess.run(command(media_dir, broken), env=places("cache-b"), check=True, capture_output=True)
    assert broken.read_bytes() == whole.read_bytes()
    assert sorted(each.name for each in broken.parent.iterdir()) == ["result.mkv", "result.mkv.credentials.json"]
