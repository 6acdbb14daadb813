"""What the action table says of one action."""

from dataclasses import dataclass
from typing import Literal

Need = Literal["", "project", "face", "selection", "correction", "grab"]
"""What must be there for an action to make sense: nothing, an open project, a face, a selected keyframe, one that
proposes a correction, a grabbed picture."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `id` is `area.verb_noun`; `keys` as Qt writes them; `menu` is where it is found."""

    id: str
    text: str
    help: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: Need = "project"
    checkable: bool = False
    icon: str = ""
    short: str = ""
    """The text of its button, where the menu's is too long for one."""
    section: bool = False
    """A line above it in the menu."""
    submenu: str = ""
    """The menu inside the menu where it is found; none for most."""
