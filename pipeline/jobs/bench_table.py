"""Tables of figures: values, bars and verdicts, as text for reading and as JSON for comparing."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import MediaUnreadable
from pipeline.media.output_file import writing
from pipeline.quality.bars import Bar


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

    @staticmethod
    def of_values(values: Mapping[str, Any]) -> "BenchTable":
        """The table that gave these `values`."""
        rows = [
            BenchRow(
                row["label"],
                {key: math.nan if value is None else float(value) for key, value in row["figures"].items()},
                {key: Bar.of_text(bar) for key, bar in row["bars"].items()},
            )
            for row in values["rows"]
        ]
        return BenchTable(values["name"], values["title"], values["columns"], rows, values["notes"])

    def values(self) -> dict[str, Any]:
        """The table as JSON values."""
        return {
            "name": self.name,
            "title": self.title,
            "columns": list(self.columns),
            "notes": list(self.notes),
            "rows": [
                {
                    "label": row.label,
                    "figures": {
                        key: value if math.isfinite(value) else None for key, value in sorted(row.figures.items())
                    },
                    "bars": {key: str(bar) for key, bar in sorted(row.bars.items())},
                    "failed": sorted(row.failed()),
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


def merged(tables: Sequence[BenchTable]) -> BenchTable:
    """One table of several of the same kind, at least one: rows and notes in order, a note only once."""
    first = tables[0]
    rows = [row for table in tables for row in table.rows]
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    return BenchTable(first.name, first.title, first.columns, rows, notes)


def keep_table(table: BenchTable, path: Path) -> None:
    """Write the table as JSON. Raises OutputNotWritable, DiskFull."""
    with writing(path) as file:
        file.write(json.dumps(table.values(), indent=1).encode())


def kept_tables(paths: Sequence[Path]) -> list[BenchTable]:
    """The tables that lie in files of `keep_table`, those of one name merged. Raises MediaUnreadable."""
    named: dict[str, list[BenchTable]] = {}
    for path in paths:
        try:
            table = BenchTable.of_values(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MediaUnreadable(f"{path} is no table of an earlier bench. Name files that --keep left.") from error
        named.setdefault(table.name, []).append(table)
    return [merged(tables) for tables in named.values()]


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
