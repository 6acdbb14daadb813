"""Tables of figures: values, bars and verdicts, as text for reading and as JSON for comparing."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Relation = Literal["<=", ">=", ">"]
_TESTS: Mapping[Relation, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge, ">": operator.gt}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach."""

    relation: Relation
    limit: float

    def passed(self, value: float) -> bool:
        """Whether the value reaches the bar; a value that could not be taken does not."""
        return math.isfinite(value) and _TESTS[self.relation](value, self.limit)

    def __str__(self) -> str:
        return f"{self.relation} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One measured thing: `figures` by column, and the `bars` that hold for this row."""

    label: str
    figures: Mapping[str, float]
    bars: Mapping[str, Bar] = field(default_factory=dict)

    def failed(self) -> list[str]:
        """Columns whose bar is missed."""
        return [name for name, bar in self.bars.items() if not bar.passed(self.figures.get(name, math.nan))]

    @property
    def passed(self) -> bool | None:
        """Whether all bars are reached; None for a row that has none."""
        return not self.failed() if self.bars else None


@dataclass(frozen=True, slots=True)
class BenchTable:
    """Rows under one title. `columns` are the figures shown, in order; JSON has all of them."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[BenchRow]
    notes: Sequence[str] = ()

    def values(self) -> dict[str, Any]:
        """The table as JSON values."""
        return {
            "name": self.name,
            "title": self.title,
            "notes": list(self.notes),
            "rows": [
                {
                    "label": row.label,
                    "figures": {
                        key: value if math.isfinite(value) else None for key, value in sorted(row.figures.items())
                    },
                    "bars": {key: str(bar) for key, bar in sorted(row.bars.items())},
                    "failed": row.failed(),
                    "passed": row.passed,
                }
                for row in self.rows
            ],
        }

    def text(self) -> str:
        """The table in aligned columns; a figure that misses its bar is marked with an asterisk."""
        shown = [name for name in self.columns if any(name in row.figures for row in self.rows)]
        lines = [["", *shown, "verdict"], *([self._cells(row, shown) for row in self.rows])]
        widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
        out = [self.title, *(f"  {note}" for note in self.notes)]
        for line in lines:
            cells = [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
            out.append("  ".join(cells).rstrip())
        return "\n".join(out)

    @staticmethod
    def _cells(row: BenchRow, shown: Sequence[str]) -> list[str]:
        missed = set(row.failed())
        cells = [number(row.figures.get(name)) + ("*" if name in missed else "") for name in shown]
        verdict = {None: "", True: "passes", False: "misses"}[row.passed]
        return [row.label, *cells, verdict]


def number(value: float | None) -> str:
    """Three significant decimals at most; `-` where there is no value."""
    if value is None or not math.isfinite(value):
        return "-"
    return (
        f"{value:.0f}"
        if abs(value) >= 1000
        else f"{value:.3g}"
        if abs(value) >= 100
        else f"{value:.3f}".rstrip("0").rstrip(".")
    )
