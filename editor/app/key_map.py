"""Which keys run which action: the table's own, a preset's in their place, and before both what the user chose.

A key has one meaning: where two layers want it, the user's choice goes before the preset, the preset before the table.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from editor.app.action_table import ACTIONS
from editor.app.settings import Settings

OURS = "likeness"
"""The preset that changes nothing."""
_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "keys"

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyPreset:
    """Keys as another program has them; actions that aren't named keep the table's."""

    name: str
    title: str
    keys: Mapping[str, Keys]


def key_presets() -> tuple[KeyPreset, ...]:
    """Ours, then those of the files in `resources/keys` by title."""
    found = []
    for path in _FOLDER.glob("*.toml"):
        content = tomllib.loads(path.read_text("utf-8"))
        keys = {action: tuple(portable(key) for key in wanted) for action, wanted in content["keys"].items()}
        found.append(KeyPreset(path.stem, content["title"], keys))
    return KeyPreset(OURS, "Likeness", {}), *sorted(found, key=lambda each: each.title)


def portable(keys: str) -> str:
    """Keys in the one way they are written in files; empty for what is none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


class KeyMap(QObject):
    """The keys in force, kept in the settings."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._presets = {each.name: each for each in key_presets()}
        known = {each.id for each in ACTIONS}
        self._own = {action: keys for action, keys in settings.own_keys.items() if action in known}
        self._preset = settings.key_preset if settings.key_preset in self._presets else OURS
        self._keys: dict[str, Keys] = {}
        self._settle()

    @property
    def preset(self) -> str:
        """The name of the preset in force."""
        return self._preset

    @property
    def presets(self) -> tuple[KeyPreset, ...]:
        return tuple(self._presets.values())

    def keys(self, action: str) -> Keys:
        """An action's keys, portable."""
        return self._keys[action]

    def is_own(self, action: str) -> bool:
        """Whether the user chose an action's keys."""
        return action in self._own

    def owner(self, key: str) -> str | None:
        """The action that a key runs."""
        wanted = portable(key)
        return next((action for action, keys in self._keys.items() if wanted in keys), None)

    def assign(self, action: str, keys: Keys) -> None:
        """Give an action these keys and no others; whoever had one of them loses it."""
        wanted = tuple(dict.fromkeys(each for key in keys if (each := portable(key))))
        for other, theirs in self._keys.items():
            if other != action and set(theirs) & set(wanted):
                self._own[other] = tuple(key for key in theirs if key not in wanted)
        self._own[action] = wanted
        self._keep()

    def reset(self, action: str) -> None:
        """An action's keys as the preset has them, but for those that the user gave to others."""
        self._own.pop(action, None)
        self._keep()

    def use_preset(self, name: str) -> None:
        """Keys as a preset has them; what the user chose stays."""
        self._preset = name
        self._keep()

    def reset_all(self) -> None:
        """Our keys, and nothing of one's own."""
        self._own.clear()
        self._preset = OURS
        self._keep()

    def _keep(self) -> None:
        self._settings.keep_keys(self._preset, self._own)
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        table = {each.id: tuple(portable(key) for key in each.keys) for each in ACTIONS}
        preset = {action: keys for action, keys in self._presets[self._preset].keys.items() if action in table}
        found: dict[str, Keys] = {}
        taken: set[str] = set()
        for layer in (self._own, preset, table):
            for action, keys in layer.items():
                if action not in found:
                    found[action] = tuple(key for key in keys if key not in taken)
                    taken.update(keys)
        self._keys = {each.id: found[each.id] for each in ACTIONS}
