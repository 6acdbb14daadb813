"""Writes docs/actions.md from the editor's table of actions; a test compares the two."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from editor.app.action_spec import ActionSpec  # noqa: E402
from editor.app.action_table import ACTIONS, MENUS  # noqa: E402

PAGE = ROOT / "docs" / "actions.md"
OPENING = """# Actions

Everything that the editor does by a menu, a key or the palette. The id is what `screenshot --action` takes
([commands.md](commands.md)) and what own keys are kept under; the keys are the program's own, and F1 gives others, or
those of DaVinci Resolve, Premiere Pro or RV. Made from the code by `scripts/action_page.py`.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join([OPENING, *(line for menu in MENUS for line in _section(menu))])


def _section(menu: str) -> Iterator[str]:
    yield f"## {menu}"
    yield ""
    yield "| action | keys | what it does | id |"
    yield "|---|---|---|---|"
    yield from (_row(each) for each in ACTIONS if each.menu == menu)
    yield ""


def _row(each: ActionSpec) -> str:
    keys = ", ".join(f"`{key}`" for key in each.keys)
    return f"| {each.text} | {keys} | {each.help} | `{each.id}` |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
