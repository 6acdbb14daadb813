"""The first command on a machine that has never seen the program."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("main.py", "editor", "models", "pipeline", "requirements", "resources", "scripts")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="the POSIX scripts")
def test_the_first_command_makes_its_environment_and_answers(tmp_path: Path) -> None:
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tmp_path / name)
    outside = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    command: list[str | Path] = [tmp_path / "scripts" / "run", "doctor", "--json"]
    first = subprocess.run(command, env=outside, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["problems"] == []
    assert "Installing requirements/lock.txt" in first.stderr

    second = subprocess.run(command, env=outside, capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    assert "Installing" not in second.stderr
