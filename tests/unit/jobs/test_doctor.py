"""The doctor proves what it says: sessions run, encoders take a frame, a changed model and a shut folder are seen."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.engines.registry import cards
from pipeline.jobs.doctor import diagnose
from pipeline.media.presets import preset_names


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))


def test_every_network_and_every_preset_is_proved_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert set(found["networks"]) == {card.id for card in cards() if card.inputs}
    assert all(providers[-1] == "CPUExecutionProvider" for providers in found["networks"].values())
    assert {each["name"] for each in found["presets"] if each["works"]} == set(preset_names())
    assert found["memory_bytes"] > 0
    assert any(name.startswith("onnxruntime") for name in found["versions"])
    assert not any("not installed" in version for version in found["versions"].values())


def test_a_model_changed_by_one_byte_is_a_problem(tmp_path: Path, models_dir: Path) -> None:
    copied = Path(shutil.copytree(models_dir, tmp_path / "models"))
    network = copied / "palm_detection_full.onnx"
    content = bytearray(network.read_bytes())
    content[len(content) // 2] ^= 1
    network.write_bytes(content)
    found = diagnose(copied)
    assert found.models["palm-detection"] == "changed"
    assert any("palm-detection is changed" in problem for problem in found.problems)
    assert set(found.networks) == {card.id for card in cards() if card.inputs} - {"palm-detection"}, "the others run"


def test_a_folder_that_cannot_be_made_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "file" / "cache"))
    assert main(["doctor"]) == 1
    assert f"PROBLEM: {tmp_path / 'file' / 'cache'}" in capsys.readouterr().out
