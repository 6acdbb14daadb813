"""What the menu does to the language: it is kept for the next start, because the window's parts have their texts."""

from collections.abc import Callable
from functools import partial

from editor.app.window import Window
from editor.language.languages import CHINESE, ENGLISH, SYSTEM
from editor.language.translation import tr

Handler = Callable[[], object]
_CHOICES = {"language.use_system": SYSTEM, "language.use_english": ENGLISH.code, "language.use_chinese": CHINESE.code}


class LanguageActions:
    """Handlers of the actions about the language."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {action: partial(self._choose, choice) for action, choice in _CHOICES.items()}

    def show_states(self) -> None:
        """Checked actions show what is."""
        chosen = self._window.settings.language
        for action, choice in _CHOICES.items():
            self._window.actions_by_id[action].setChecked(choice == chosen)

    def _choose(self, choice: str) -> None:
        settings = self._window.settings
        if choice != settings.language:
            settings.keep_language(choice)
            self._window.notices.tell("note", tr("The language changes when Likeness is started the next time."))
