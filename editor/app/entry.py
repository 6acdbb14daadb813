"""Starting the editor: the Qt application, its window, and what it opens with."""

import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from editor.app.collector import Collector
from editor.app.editor import Editor
from editor.app.settings import Settings
from editor.language.languages import ENGLISH, font_advice, lacks_font, speak, spoken_language
from editor.look.style import apply_style


def application() -> QApplication:
    """The one Qt application of this process, with the editor's look."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Likeness")
    apply_style(made)
    return made


def speak_as_chosen(settings: Settings, app: QApplication) -> str:
    """Speak the language of the settings, or English where no font has its letters; then what to do, else empty."""
    language = spoken_language(settings.language)
    if language is not ENGLISH and lacks_font(language):
        speak(ENGLISH, app)
        return font_advice(language)
    speak(language, app)
    return ""


def run_editor(project: Path | None) -> int:
    """Show the window until it is closed; the process's exit status."""
    app = application()
    Collector(app)
    # While Qt waits, Python hears no signal: Ctrl-C in the terminal ends the process at once, and the journal is there.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    settings = Settings()
    advice = speak_as_chosen(settings, app)
    editor = Editor(settings)
    if advice:
        editor.window.notices.tell("warning", advice)
    editor.window.restore_layout(editor.window.settings.layout)
    editor.window.show()
    if project is not None:
        editor.window.session.open(project)
    return app.exec()
