"""What is known of the networks, asked of the program's own commands: their cards, their files, where they run."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from editor.app.own_command import OwnCommand
from editor.panels.networks_panel import NetworksPanel


class NetworkFeed(QObject):
    """Answers what the panel asks."""

    def __init__(self, panel: NetworksPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._listing, self._checking = OwnCommand(self), OwnCommand(self)
        self._listing.answered.connect(self._listed)
        self._checking.answered.connect(self._checked)
        self._checking.failed.connect(lambda: self._checked(self._checking.last_answer))
        for each in (self._listing, self._checking):
            each.failed.connect(panel.told.setText)
        panel.check_wanted.connect(self._check)

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return self._listing.busy or self._checking.busy

    def close(self) -> None:
        """End what is under way."""
        self._listing.stop()
        self._checking.stop()

    def _check(self) -> None:
        if not self.busy:
            self._listing.run(["models", "list", "--json"])

    def _listed(self, answer: Mapping[str, Any]) -> None:
        self._panel.show_networks(answer["models"])
        self._checking.run(["doctor", "--json"])

    def _checked(self, answer: Mapping[str, Any]) -> None:
        self._panel.show_states(answer.get("models", {}), answer.get("networks", {}))
