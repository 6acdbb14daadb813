"""What is installed is what the lock says, and nothing is done twice."""

from pathlib import Path

import pytest

import environment


def test_an_unknown_extra_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SystemExit, match="no extra called gpu: choose one of cuda, test"):
        environment.lock_file("gpu")


@pytest.mark.parametrize("text", ["", "not json", "[1, 2]"])
def test_a_broken_stamp_means_nothing_is_installed(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    assert environment.installed() == {}
    environment.STAMP.write_text(text)
    assert environment.installed() == {}


def test_an_interpreter_that_is_missing_or_fails_does_not_work(tmp_path: Path) -> None:
    assert environment.works(environment.venv_python(), "-c", "")
    assert not environment.works(environment.venv_python(), "-c", "raise SystemExit(1)")
    assert not environment.works(tmp_path / "python", "-c", "")
