"""Final quality in the viewer: wanted or not, and how far what it needs is."""

from PySide6.QtCore import QObject

from editor.app.window import Window
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.client import ClientEvent
from pipeline.ipc.messages import Progress

BACKGROUND_JOB = 0
"""Under which the worker tells how far faces are prepared."""


class FinalQuality(QObject):
    """Turns final pictures on and off; the status bar tells what they wait for."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        window.pictures.arrived.connect(self._arrived)
        window.pictures.quality_changed.connect(lambda: window.show_resting("final", ""))
        window.bridge.heard.connect(self._hear)

    @property
    def wanted(self) -> bool:
        return self._window.pictures.quality == "final"

    def toggle(self) -> None:
        """The other quality, of the frame that is shown and all that follow."""
        self._window.pictures.want_quality("draft" if self.wanted else "final")

    def _hear(self, event: ClientEvent) -> None:
        if isinstance(event, Progress) and event.job == BACKGROUND_JOB and self.wanted:
            count = f" — {event.done} / {event.total}" if event.total else ""
            self._window.show_resting(
                "final", tr("Final quality: {stage}{count}", stage=translated(event.stage), count=count)
            )

    def _arrived(self, frame: int, layer: str) -> None:
        """A picture of the frame that is shown came; where it is final, nothing is waited for any more."""
        window = self._window
        found = window.pictures.picture(window.playhead.frame, window.view.layer)
        if found is not None and found.complete:
            window.show_resting("final", "")
