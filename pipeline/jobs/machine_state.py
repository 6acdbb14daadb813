"""What a figure of time was taken on, and what else the machine was doing."""

import os
import platform
from pathlib import Path


def machine_state() -> str:
    """One line: processor, cores and the load average, which says how far wall times are to be trusted."""
    cores = os.cpu_count() or 1
    return f"{_processor()}, {cores} cores; {_load(cores)}"


def _load(cores: int) -> str:
    if not hasattr(os, "getloadavg"):
        return "load unknown"
    one, five, _ = os.getloadavg()
    trust = "" if max(one, five) <= 0.5 * cores else "; other work was running, so trust CPU time, not wall time"
    return f"load {one:.1f} (1 min), {five:.1f} (5 min){trust}"


def _processor() -> str:
    table = Path("/proc/cpuinfo")
    if table.is_file():
        for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
