"""What is known of the networks, asked of the program's own commands: their cards, their files, where they run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from editor.app.notices import Choice, Notice, Notices
from editor.app.own_command import OwnCommand
from editor.app.settings import Settings
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.panels.networks_panel import NetworksPanel

LOOK_AFTER_MS = 2500
"""How long after a project opened the networks' files are looked at: its first picture has the processor till then."""
_EXPLAINED = 3
"""So many networks are told with what they do; more only by name."""


class NetworkFeed(QObject):
    """Answers what the panel asks; after a project opened, one notice names the networks whose files aren't good, and
    one says, the first time, why a GPU that is here isn't used.

    `show_panel` brings the panel forward.
    """

    restored = Signal()
    """Files of networks were put in their places: what failed for want of them can be done now."""

    def __init__(
        self,
        panel: NetworksPanel,
        notices: Notices,
        settings: Settings,
        show_panel: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._notices, self._settings, self._show_panel = panel, notices, settings, show_panel
        self._told: Notice | None = None
        self._cards: dict[str, Mapping[str, Any]] = {}
        self._states: Mapping[str, str] = {}
        self._listing, self._checking = OwnCommand(self), OwnCommand(self)
        self._listing.answered.connect(self._listed)
        self._checking.answered.connect(self._checked)
        self._checking.failed.connect(lambda: self._checked(self._checking.last_answer))
        for each in (self._listing, self._checking):
            each.failed.connect(panel.told.setText)
        panel.check_wanted.connect(self._check)
        panel.files_given.connect(self.add)
        self._verifying, self._adding = OwnCommand(self), OwnCommand(self)
        self._verifying.answered.connect(self._verified)
        self._verifying.failed.connect(lambda: self._verified(self._verifying.last_answer))
        self._to_add: list[Path] = []
        self._adding.answered.connect(self._added)
        self._adding.failed.connect(self._not_added)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._verify)

    @property
    def busy(self) -> bool:
        """Whether something is being asked for the panel."""
        return any(each.busy for each in (self._listing, self._checking, self._adding))

    def add(self, paths: Sequence[Path]) -> None:
        """Put files of networks in their places; what became of them is told, and the panel shows it."""
        self._to_add += paths
        if not self._adding.busy and self._to_add:
            files, self._to_add = self._to_add, []
            self._panel.told.setText(tr("The files are being compared with the networks' cards."))
            self._adding.run(["models", "add", "--json", "--", *map(str, files)])

    def look_later(self) -> None:
        """Look at the files, without hurry; a notice follows where they aren't all good."""
        self._later.start(LOOK_AFTER_MS)

    def close(self) -> None:
        """End what is under way."""
        self._later.stop()
        for each in (self._listing, self._checking, self._verifying, self._adding):
            each.stop()

    def _check(self) -> None:
        if not self._listing.busy and not self._checking.busy:
            self._listing.run(["models", "list", "--json"])

    def _listed(self, answer: Mapping[str, Any]) -> None:
        self._cards = {each["id"]: each for each in answer["models"]}
        self._panel.show_networks(answer["models"])
        self._checking.run(["doctor", "--json"])

    def _checked(self, answer: Mapping[str, Any]) -> None:
        self._panel.show_states(answer.get("models", {}), answer.get("networks", {}))
        self._take_states(answer)

    def _verify(self) -> None:
        if not self._verifying.busy:
            self._verifying.run(["models", "verify", "--json"], yielding=True)

    def _verified(self, answer: Mapping[str, Any]) -> None:
        self._cards = {each["id"]: each for each in answer.get("cards", ())}
        self._take_states(answer)

    def _take_states(self, answer: Mapping[str, Any]) -> None:
        self._states = answer.get("models", {})
        if "device" in answer:
            self._take_device(answer["device"])
        if self._wrong():
            self._tell()
        elif self._states and self._told is not None:
            self._notices.take_back(self._told)
            self._told = None

    def _take_device(self, device: Mapping[str, str]) -> None:
        """A GPU that isn't used is told once; the panel says it as long as it is so."""
        words = device.get("words", "")
        self._panel.show_device(device.get("runs_on", ""), words)
        if words != self._settings.told_device:
            self._settings.keep_told_device(words)
            if words:
                self._notices.tell("note", words, (Choice(tr("Show the networks"), self._show_panel),))

    def _added(self, answer: Mapping[str, Any]) -> None:
        self._take_addition(answer)
        self.add(())

    def _not_added(self, words: str) -> None:
        self._take_addition(self._adding.last_answer)
        self._notices.tell("error", "\n".join(map(translated, words.splitlines())))
        self.add(())

    def _take_addition(self, answer: Mapping[str, Any]) -> None:
        """Tell what was put in its place, and look at all files anew."""
        titles = [translated(each) for each in answer.get("added", ())]
        there = [translated(each) for each in answer.get("good_already", ())]
        if titles:
            self._notices.tell("good", tr("Restored: {networks}.", networks=", ".join(titles)))
        elif there:
            self._notices.tell("note", tr("Was there already: {networks}.", networks=", ".join(there)))
        # What is being asked already may have seen the files as they were.
        for each in (self._listing, self._checking, self._verifying):
            each.stop()
        if self._panel.is_filled:
            self._check()
        else:
            self._verify()
        if titles:
            self.restored.emit()

    def _wrong(self) -> list[str]:
        return [each for each, state in self._states.items() if state != "good"]

    def _tell(self) -> None:
        wrong = [(translated(self._cards[each]["title"]), each) for each in self._wrong()]
        if len(wrong) <= _EXPLAINED:
            names = "\n".join(
                tr(
                    "{network} ({state}): {purpose}",
                    network=title,
                    state=translated(self._states[each]),
                    purpose=translated(self._cards[each]["purpose"]),
                )
                for title, each in wrong
            )
        else:
            names = ", ".join(title for title, _ in wrong)
        words = tr(
            "Files of networks are missing or changed. Work that needs them stops until they are restored:\n{networks}",
            networks=names,
        )
        if self._told is not None:
            self._notices.take_back(self._told)
        self._told = self._notices.tell("warning", words, (Choice(tr("Show the networks"), self._show_panel),))
