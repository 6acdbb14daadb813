"""Another film in the plate's place: the last export, or any file that is chosen, frame by frame with the playhead."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from editor.app.compare_link import CompareLink
from editor.app.window import Window
from editor.app.worker_bridge import image_of
from editor.document.face_files import FILMS, STILLS, file_filter
from editor.language.catalogue import translated
from editor.language.translation import tr
from editor.playback.pictures import Picture
from editor.viewer.view_state import Reference
from pipeline.client import ClientEvent, FrameReady
from pipeline.ipc.messages import FILM_PANE, FrameFailed, JobDone

Handler = Callable[[], object]
OF_ONE_FRAME = ("RangeError", "FrameUnreadable", "SizeChanged")
"""Errors after which other frames may still be seen."""


class FilmCompare(QObject):
    """Asks for the film's picture of the playhead's frame, and hands what comes to the viewer."""

    def __init__(self, window: Window, link: CompareLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._link = window, link
        self._chosen = False
        """Whether the film was chosen among all files, not among the exports."""
        self._film: Path | None = None
        self._asked: tuple[int | None, int] | None = None
        """Generation and frame."""
        window.playhead.moved.connect(self._ask)
        window.bridge.back.connect(self._ask)
        window.bridge.heard.connect(self._hear)
        # Queued: how large pictures are wanted is settled by then.
        window.canvas.zoom_changed.connect(self._follow_size, Qt.ConnectionType.QueuedConnection)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {"view.compare_export": self._toggle_export, "view.compare_film": self._toggle_film}

    def show_states(self) -> None:
        """Checked actions show what is."""
        actions = self._window.actions_by_id
        actions["view.compare_export"].setChecked(self._is_on and self._film is None)
        actions["view.compare_film"].setChecked(self._is_on and self._chosen)

    def compare_with(self, film: Path | None, *, chosen: bool = False) -> None:
        """Show a film in the plate's place; None: the last export. `chosen`: it may be any file."""
        self._film, self._chosen = film, chosen
        self._window.view.compare_with("film", Reference(tr("Last export") if film is None else film.name, None))
        self._ask()

    @property
    def shown(self) -> Path | None:
        """The film that is compared with by its name; None: none is, or it is the last export."""
        return self._film if self._is_on else None

    @property
    def _is_on(self) -> bool:
        return self._window.view.against == "film"

    def _toggle_export(self) -> None:
        if self._is_on and self._film is None:
            self._window.view.compare_with("plate")
        else:
            self.compare_with(None)

    def _toggle_film(self) -> None:
        w = self._window
        if self._is_on and self._chosen:
            w.view.compare_with("plate")
            return
        name, _ = QFileDialog.getOpenFileName(w, tr("A film to compare with"), "", file_filter(FILMS + STILLS))
        if name:
            self.compare_with(Path(name), chosen=True)

    def _ask(self) -> None:
        if self._is_on:
            frame = self._window.playhead.frame
            self._asked = self._link.want_film(frame, self._film), frame

    def _follow_size(self) -> None:
        """Looked at closer: the picture is wanted as large as the others."""
        other = self._window.view.reference
        shown = other.picture if self._is_on and other is not None else None
        if shown is not None and shown.reduced and self._window.bridge.max_size is None:
            self._ask()

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case FrameReady() if event.facts.pane == FILM_PANE:
                self._take(event)
            case FrameFailed(pane=pane) if pane == FILM_PANE:
                self._fail(event)
            case JobDone(rendered=rendered) if rendered is not None:
                self._ask()  # There may be a later export now.

    def _is_awaited(self, generation: int) -> bool:
        return self._is_on and self._asked is not None and self._asked[0] == generation

    def _take(self, event: FrameReady) -> None:
        if self._is_awaited(event.facts.generation):
            facts = event.facts
            picture = Picture(facts.frame, facts.layer, image_of(event), facts)
            self._window.view.put_reference("film", Reference(Path(facts.film).name, picture))

    def _fail(self, event: FrameFailed) -> None:
        if not self._is_awaited(event.generation):
            return
        w = self._window
        if event.error.kind in OF_ONE_FRAME:
            known = w.view.reference
            name = tr("Film") if known is None else known.name
            w.view.put_reference("film", Reference(name, None, translated(event.error.message)))
            return
        w.view.compare_with("plate")
        w.notices.tell("error", event.error.message)
