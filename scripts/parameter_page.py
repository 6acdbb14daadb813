"""Writes docs/parameters.md from the structs that hold the parameters; a test compares the two."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.project.parameter_table import PARAMETERS, PARTS, Parameter  # noqa: E402

PAGE = ROOT / "docs" / "parameters.md"
OPENING = """# Parameters

Every number of the built-in engine that changes the picture, with its bounds, default, unit and meaning. Each may be
animated: `key set PROJECT --parameter NAME --value V` ([commands.md](commands.md)). Made from the code by
`scripts/parameter_page.py`. Not among them: sizes of grids and filters, the limits of edited expressions
([expression.md](expression.md)), the steps of the closed loop.

The first table holds what is reached for every day; the finer ones, stage by stage, have defaults that suit faces and
plates of all kinds. Shares, gains and powers have no unit. Log light is ln(v + 0.03) of display-referred v; lengths in
face widths are shares of the distance between the cheeks. Names that end in `_start` and `_end` are the edges of a
smooth step: nothing up to the start, all from the end on; an end at or below its start makes the step a hard one.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join([OPENING, *(line for part in PARTS for line in _section(part))])


def _section(part: str) -> Iterator[str]:
    name = part.rpartition(".")[2]
    yield f"## {name.capitalize()}"
    yield ""
    yield inspect.cleandoc(PARTS[part].__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    yield ""
    yield "| name | bounds | default | unit | meaning |"
    yield "|---|---|---|---|---|"
    yield from (_row(each) for each in PARAMETERS.values() if each.part == part)
    yield ""


def _row(each: Parameter) -> str:
    bounds = f"{each.lowest:g} to {each.highest:g}"
    return f"| `{each.name}` | {bounds} | {each.default:g} | {each.unit} | {each.description} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
