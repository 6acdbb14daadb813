"""The figures of the editor's bench: each with its unit and the most it may be, as text and as JSON."""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `most` is its bar; None where it is only told."""

    case: str
    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def passed(self) -> bool | None:
        """Whether the bar is reached; None without one."""
        return None if self.most is None else self.value <= self.most

    def text(self) -> str:
        words = f"{self.case:<10} {self.name:<52} {self.value:9.1f} {self.unit}"
        if self.most is None:
            return words
        return f"{words:<78}<= {self.most:g}{'' if self.passed else '   missed'}"

    def values(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "name": self.name,
            "value": self.value if math.isfinite(self.value) else None,
            "unit": self.unit,
            "most": self.most,
            "passed": self.passed,
        }


def percentile(values: Sequence[float], percent: float) -> float:
    """The least value that so many percent of all do not exceed; NaN of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan


def load_average() -> tuple[float, float] | None:
    """The machine's load over one and five minutes; None where the system doesn't say."""
    if not hasattr(os, "getloadavg"):
        return None
    one, five, _ = os.getloadavg()
    return one, five


def load_text() -> str:
    """The load and the cores that bear it, for a reader who judges wall times by them."""
    load, cores = load_average(), os.cpu_count() or 1
    return f"{cores} cores; " + (
        "load unknown" if load is None else f"load {load[0]:.1f} (1 min), {load[1]:.1f} (5 min)"
    )


def processor_s(process: int) -> float:
    """Seconds of processor time that a process has taken so far in all its threads; NaN where the system is silent."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return math.nan
    # The name, which stands in brackets, may hold anything.
    user, system = status.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident_mb(process: int) -> float:
    """Resident memory of a process in megabytes; NaN where the system doesn't say."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return math.nan
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(found[0]) * 1024 / 1e6 if found else math.nan
