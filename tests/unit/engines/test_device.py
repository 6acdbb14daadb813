"""A GPU is seen by what the system says, and each reason for which it isn't used has its own words."""

import sys
from pathlib import Path

import pytest

from pipeline.engines import device
from pipeline.engines.device import CUDA, nvidia_seen, why_processor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the driver itself is asked")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system without a GPU."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def pci(root: Path, maker: str, kind: str) -> None:
    place = root / "sys/bus/pci/devices/0000:01:00.0"
    place.mkdir(parents=True)
    (place / "vendor").write_text(maker + "\n")
    (place / "class").write_text(kind + "\n")


@pytest.mark.parametrize(
    ("maker", "kind", "seen"),
    [("0x10de", "0x030200", True), ("0x10de", "0x040300", False), ("0x1002", "0x030000", False)],
    ids=["NVIDIA without an output", "the sound of a GPU", "another maker's"],
)
def test_a_gpu_without_its_driver_is_seen(root: Path, maker: str, kind: str, seen: bool) -> None:
    pci(root, maker, kind)
    assert nvidia_seen(root) == seen


def test_a_driver_is_seen_by_its_file_or_its_program(root: Path) -> None:
    assert not nvidia_seen(root)
    (root / "bin").mkdir()
    (root / "bin" / "nvidia-smi").touch(0o755)
    assert nvidia_seen(root)
    (root / "bin" / "nvidia-smi").unlink()
    (root / "proc/driver/nvidia").mkdir(parents=True)
    (root / "proc/driver/nvidia/version").touch()
    assert nvidia_seen(root)


def test_each_reason_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    device.driver_problem.cache_clear()
    monkeypatch.setattr(device, "_LIBRARY", "libnowhere.so.1")
    assert "scripts/install cuda" in why_processor(["CPUExecutionProvider"])
    words = why_processor([CUDA, "CPUExecutionProvider"])
    assert "libnowhere.so.1" in words
    assert "driver" in words
    device.driver_problem.cache_clear()
    monkeypatch.setattr(device, "_LIBRARY", "libc.so.6")
    monkeypatch.setattr(device, "find_spec", lambda name: None)
    assert "libraries aren't installed. Install the cuda extra" in why_processor([CUDA])
    monkeypatch.setattr(device, "find_spec", lambda name: object())
    assert "Update NVIDIA's driver" in why_processor([CUDA])
    device.driver_problem.cache_clear()
