"""A screen that can't be used ends in a sentence, not in an abort."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.display import system_packages, why_no_window
from pipeline.jobs.doctor import _try_window

ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")


@linux
def test_the_editor_on_a_screen_that_is_not_there_says_so_with_status_1() -> None:
    outside = {key: value for key, value in os.environ.items() if key not in {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}}
    command = [sys.executable, str(ROOT / "main.py")]
    ended = subprocess.run(
        command, env={**outside, "DISPLAY": ":987"}, capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 1, ended.stderr
    assert "could not connect to display :987" in ended.stderr
    assert f"apt-get install {system_packages()}" in ended.stderr
    assert "Traceback" not in ended.stderr


@linux
def test_the_doctor_says_whether_and_why_not_a_window_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert why_no_window() is None, "it draws"
    assert not _try_window().works, "and shows nothing"
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    assert ":987" in _try_window().why
    monkeypatch.delenv("DISPLAY")
    assert "no screen" in _try_window().why
