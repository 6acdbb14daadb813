import math
from pathlib import Path

import pytest

from pipeline.errors import MediaUnreadable
from pipeline.jobs.bench_table import BenchRow, BenchTable, keep_table, kept_tables, merged, number
from pipeline.quality.bars import Bar


@pytest.fixture
def table() -> BenchTable:
    bars = {"r": Bar(">=", 0.95), "drop": Bar("<=", 0.3)}
    rows = [
        BenchRow("good", {"r": 0.97, "drop": 0.1, "extra": 1}, bars),
        BenchRow("bad", {"r": 0.94, "drop": 0.1}, bars),
        BenchRow("quoted", {"r": 0.5}),
    ]
    return BenchTable("t", "A table", ("r", "drop"), rows, ["a note"])


def test_a_row_passes_when_every_bar_is_reached(table: BenchTable) -> None:
    assert [row.passed for row in table.rows] == [True, False, None]
    assert table.rows[1].failed() == ["r"]


def test_a_figure_that_is_missing_or_not_a_number_reaches_no_bar() -> None:
    bars = {"r": Bar(">=", 0.0)}
    assert BenchRow("none", {}, bars).failed() == ["r"]
    assert BenchRow("nan", {"r": math.nan}, bars).failed() == ["r"]


def test_bars_compare_as_they_say() -> None:
    assert Bar("<=", 1.0).passed(1.0)
    assert not Bar(">", 28.0).passed(28.0)
    assert str(Bar(">=", 0.95)) == ">= 0.95"


def test_the_text_marks_what_misses(table: BenchTable) -> None:
    lines = table.text().splitlines()
    assert lines[0] == "A table"
    assert "a note" in lines[1]
    good, bad, quoted = lines[3:]
    assert "passes" in good
    assert "*" not in good
    assert "0.94*" in bad
    assert "misses" in bad
    assert quoted.rstrip().endswith("-")


def test_json_values_carry_everything(table: BenchTable) -> None:
    import json

    values = json.loads(json.dumps(table.values(), allow_nan=False))
    assert values["rows"][0]["figures"]["extra"] == 1
    assert values["rows"][1]["failed"] == ["r"]
    assert values["rows"][0]["bars"]["drop"] == "<= 0.3"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.12345, "0.123"), (1.0, "1"), (123.456, "123"), (1234.5, "1234"), (None, "-"), (math.inf, "-")],
)
def test_numbers_are_short(value: float | None, text: str) -> None:
    assert number(value) == text


def test_tables_kept_in_files_are_merged_again(table: BenchTable, tmp_path: Path) -> None:
    more = BenchTable("t", "A table", ("r", "drop"), [BenchRow("odd", {"r": math.nan})], ["a note", "another"])
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for each, path in zip((table, more), paths, strict=True):
        keep_table(each, path)
    (again,) = kept_tables(paths)
    assert [row.label for row in again.rows] == ["good", "bad", "quoted", "odd"]
    assert again.notes == ["a note", "another"]
    assert again.text() == merged([table, more]).text()
    assert again.values() == merged([table, more]).values()


def test_a_file_that_holds_no_table_is_named(tmp_path: Path) -> None:
    stray = tmp_path / "stray.json"
    stray.write_text('{"rows": 3}')
    with pytest.raises(MediaUnreadable, match=r"stray\.json"):
        kept_tables([stray])
