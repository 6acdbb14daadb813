"""What the editor remembers between sittings, typed; no part of any document."""

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QSettings

from editor.language.languages import SYSTEM
from pipeline.project.detection import DetectionOptions
from pipeline.project.user_folders import config_folder

_RECENT_KEPT = 12


class Settings:
    """Recent projects, layout, workspaces, the user's keys, the bigger step, whether drafts are measured, how keyframes
    are found, and the language, in an INI file among the user's configuration."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or config_folder() / "editor.ini"), QSettings.Format.IniFormat)

    @property
    def recent(self) -> list[Path]:
        """Projects that were open, the latest first."""
        value = self._store.value("recent", [])
        names = value if isinstance(value, list) else [value]
        return [Path(each) for each in names if isinstance(each, str) and each]

    def add_recent(self, project: Path) -> None:
        kept = [each for each in self.recent if each != project]
        self._store.setValue("recent", [str(each) for each in [project, *kept][:_RECENT_KEPT]])

    @property
    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """The window's geometry and the state of its panels; None where nothing was kept."""
        geometry, state = self._store.value("geometry"), self._store.value("state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    @property
    def workspace(self) -> str:
        """The name of the workspace in use; empty where none was chosen."""
        value = self._store.value("workspace", "")
        return value if isinstance(value, str) else ""

    def keep_workspace(self, name: str) -> None:
        self._store.setValue("workspace", name)

    @property
    def workspaces(self) -> dict[str, QByteArray]:
        """The user's own workspaces: the state of the panels by name; what can't be read counts as none."""
        try:
            found = json.loads(str(self._store.value("workspaces", "{}")))
            return {str(name): QByteArray.fromBase64(str(state).encode()) for name, state in found.items()}
        except (ValueError, AttributeError):
            return {}

    def keep_workspaces(self, workspaces: Mapping[str, QByteArray]) -> None:
        kept = {name: bytes(state.toBase64().data()).decode() for name, state in workspaces.items()}
        self._store.setValue("workspaces", json.dumps(kept, sort_keys=True))

    @property
    def key_preset(self) -> str:
        """The name of the key preset; empty where none was chosen."""
        value = self._store.value("key_preset", "")
        return value if isinstance(value, str) else ""

    @property
    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """By the action's id, the keys that the user gave it; what can't be read counts as none."""
        try:
            found = json.loads(str(self._store.value("own_keys", "{}")))
            return {str(action): tuple(map(str, keys)) for action, keys in found.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def keep_keys(self, preset: str, own: Mapping[str, tuple[str, ...]]) -> None:
        self._store.setValue("key_preset", preset)
        self._store.setValue("own_keys", json.dumps(own, sort_keys=True))

    @property
    def measures_drafts(self) -> bool:
        """Whether drafts are measured while nothing else is done; they are unless somebody chose otherwise."""
        return str(self._store.value("measures_drafts", "true")) == "true"

    def keep_measures_drafts(self, measures: bool) -> None:
        self._store.setValue("measures_drafts", "true" if measures else "false")

    @property
    def detection(self) -> DetectionOptions:
        """How keyframes are found; as the program thinks best where nothing was chosen or it can't be read."""
        try:
            return msgspec.json.decode(str(self._store.value("detection", "{}")), type=DetectionOptions)
        except msgspec.MsgspecError:
            return DetectionOptions()

    def keep_detection(self, options: DetectionOptions) -> None:
        self._store.setValue("detection", msgspec.json.encode(options).decode())

    @property
    def stride(self) -> str:
        """How far the bigger step goes, as an action's last words say it; empty where nothing was chosen."""
        return str(self._store.value("stride", ""))

    def keep_stride(self, stride: str) -> None:
        self._store.setValue("stride", stride)

    @property
    def language(self) -> str:
        """The code of the language that was chosen; `system` where none was."""
        return str(self._store.value("language", SYSTEM))

    def keep_language(self, choice: str) -> None:
        self._store.setValue("language", choice)

    @property
    def shows_proxies(self) -> bool:
        """Whether proxies are made, and shown while the playhead is dragged; they are unless chosen otherwise."""
        return str(self._store.value("shows_proxies", "true")) == "true"

    def keep_shows_proxies(self, shows: bool) -> None:
        self._store.setValue("shows_proxies", "true" if shows else "false")

    @property
    def told_device(self) -> str:
        """What was said last of a GPU that isn't used: the same isn't said again."""
        return str(self._store.value("told_device", ""))

    def keep_told_device(self, words: str) -> None:
        self._store.setValue("told_device", words)

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        self._store.setValue("geometry", geometry)
        self._store.setValue("state", state)
