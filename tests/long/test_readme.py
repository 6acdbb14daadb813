"""The lines under "Use" in the README, one after the other as somebody copies them, on real files of those names."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import OpenEXR
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOT_FRAMES = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, media_dir: Path) -> Path:
    """Every input that the lines name."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("photo.jpg", "a.jpg", "b.jpg"):
        shutil.copy(media_dir / "single_face.jpg", folder / name)
    shutil.copy(media_dir / "single_face.mp4", folder / "film.mp4")
    shutil.copy(media_dir / "WolfgangLanger_Pexels.mp4", folder / "plate.mov")
    (folder / "agreement.pdf").write_bytes(b"%PDF-1.4 both agreed to this test")
    with av.open(str(folder / "film.mp4")) as film:
        for number, picture in zip(range(1001, 1001 + SHOT_FRAMES), film.decode(video=0), strict=False):
            light = np.asarray((picture.to_ndarray(format="rgb24") / 255.0) ** 2.2, np.float16)
            OpenEXR.File({}, {"RGB": np.ascontiguousarray(light)}).write(str(folder / f"shot.{number}.exr"))
    return folder


@pytest.mark.long
def test_the_lines_of_the_readme_do_what_they_say(folder: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    use = text[text.index("## Use") :].split("\n## ")[0]
    lines = [line.split("   # ")[0].strip() for line in re.findall(r"^    (scripts/run.*)$", use, re.MULTILINE)]
    # Left out are a window, which wants a screen, and the figures of an hour.
    chosen = [line for line in lines if line not in ("scripts/run", "scripts/run bench")]
    assert len(chosen) >= 7
    outside = os.environ | {"LIKENESS_CACHE": str(folder / "cache"), "LIKENESS_CONFIG": str(folder / "config")}
    for each in chosen:
        for line in each.split(" && "):
            words = shlex.split(line)[1:]
            ended = subprocess.run(
                [sys.executable, str(ROOT / "main.py"), *words],
                cwd=folder, env=outside, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert ended.returncode == 0, f"{line}\n{ended.stderr}"
    for name in ("result.mov", "part.mov", "shot.likeness", "shot.mov", "sheet.png", "review/score.html"):
        assert (folder / name).is_file(), name
    assert len(list(folder.glob("graded.*.exr"))) == SHOT_FRAMES
