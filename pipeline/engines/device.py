"""Whether an NVIDIA GPU is here, and why networks run on the processor all the same."""

import ctypes
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

CUDA = "CUDAExecutionProvider"
_LIBRARY = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
_NVIDIA = "0x10de"
_DISPLAYS = "0x03"
"""How PCI classes of graphics devices begin, those without an output among them."""


def nvidia_seen(root: Path = Path("/")) -> bool:
    """Whether an NVIDIA GPU or its driver is here, as files say below `root`; no library is asked."""
    if (root / "proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi"):
        return True
    if sys.platform == "win32":
        return not driver_problem()
    return any(map(_is_nvidia, (root / "sys/bus/pci/devices").glob("*")))


def _is_nvidia(device: Path) -> bool:
    try:
        maker, kind = ((device / name).read_text().strip() for name in ("vendor", "class"))
    except OSError:
        return False
    return maker == _NVIDIA and kind.startswith(_DISPLAYS)


@cache
def driver_problem() -> str:
    """Why NVIDIA's driver can't be loaded, as the system says it; empty where it can."""
    try:
        ctypes.CDLL(_LIBRARY)
    except OSError as error:
        return str(error)
    return ""


def why_processor(available: list[str]) -> str:
    """What keeps networks off a GPU that is here, and what to do, in sentences; `available` is what this ONNX Runtime
    was built with."""
    if CUDA not in available:
        return (
            "Networks run on the processor although an NVIDIA GPU is here: this ONNX Runtime can't use one. Install "
            "the cuda extra: scripts/install cuda."
        )
    problem = driver_problem()
    if problem:
        return (
            f"Networks run on the processor although an NVIDIA GPU is here: its driver can't be loaded ({problem}). "
            "Install or update NVIDIA's driver."
        )
    if find_spec("nvidia") is None:
        return (
            "Networks run on the processor although an NVIDIA GPU is here: NVIDIA's libraries aren't installed. "
            "Install the cuda extra: scripts/install cuda."
        )
    return (
        "Networks run on the processor although an NVIDIA GPU is here: CUDA doesn't start with its driver. Update "
        "NVIDIA's driver."
    )
