"""What the editor remembers between sittings, typed; no part of any document."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from pipeline.project.user_folders import config_folder

_RECENT_KEPT = 12


class Settings:
    """Recent projects and the window's layout, in an INI file among the user's configuration."""

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

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        self._store.setValue("geometry", geometry)
        self._store.setValue("state", state)
