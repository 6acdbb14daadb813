"""Another version of the project in the plate's place: the last save, or one before it, frame by frame."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from editor.app.compare_link import CompareLink
from editor.app.film_compare import OF_ONE_FRAME, Handler
from editor.app.window import Window
from editor.app.worker_bridge import image_of
from editor.document.versions import Version, difference, versions_of, with_found_media
from editor.language.catalogue import translated
from editor.language.dates import time_text
from editor.language.translation import tr
from editor.playback.pictures import Picture
from editor.viewer.head_up import waiting_text
from editor.viewer.view_state import Reference
from pipeline.client import ClientEvent, FrameReady
from pipeline.ipc.messages import VERSION_PANE, ErrorNotice, FrameFacts, FrameFailed, Layer


class VersionCompare(QObject):
    """The version is read once, when it is chosen: later saves, edits and undo don't change what is compared with.

    Asks for its picture of the playhead's frame in the layer and quality that are seen, of the result where that is the
    plate; not while the playhead is dragged, nor while nothing of it is seen.
    """

    def __init__(self, window: Window, link: CompareLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._link = window, link
        self._version: Version | None = None
        """As it was chosen; its media where they are now."""
        self._wanted: object = None
        """What was asked for last."""
        self._generation: int | None = None
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        window.actions_by_id["view.choose_version"].setMenu(self.menu)
        window.document.opened.connect(self._end)
        window.bridge.back.connect(self._again)
        window.bridge.heard.connect(self._hear)
        for signal in (window.playhead.moved, window.playhead.rested, window.pictures.quality_changed):
            signal.connect(self._follow)
        window.view.changed.connect(self._follow)
        # Queued: how large pictures are wanted is settled by then.
        window.canvas.zoom_changed.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        canvas = self._window.canvas
        return {
            "view.compare_saved": self._toggle_saved,
            "view.choose_version": lambda: self.menu.popup(canvas.mapToGlobal(QPoint(8, 36))),
        }

    def show_states(self) -> None:
        """Checked actions show what is."""
        saved = self._is_on and self._version is not None and self._version.later == 0
        self._window.actions_by_id["view.compare_saved"].setChecked(saved)

    def compare_with(self, version: Version) -> None:
        """Show a version of the project that is open in the plate's place."""
        document = self._window.document
        assert document.path is not None
        found = with_found_media(version.project, document.project, document.path)
        self._version = Version(found, version.saved, version.later)
        self._put()
        self._window.view.compare_with("version", Reference(self._name(), None))

    @property
    def _is_on(self) -> bool:
        return self._window.view.against == "version"

    def _toggle_saved(self) -> None:
        version, document = self._version, self._window.document
        if self._is_on and version is not None and version.later == 0:
            self._window.view.compare_with("plate")
            return
        found = [] if document.path is None else versions_of(document.path)
        if found:
            self.compare_with(found[0])
        else:
            self._window.notices.tell(
                "note", tr("No save of this project can be read, so there is none to compare with.")
            )

    def _fill(self) -> None:
        """A line a save: when, how many came after it, and where it differs from what is seen now."""
        document, version = self._window.document, self._version
        self.menu.clear()
        for each in [] if document.path is None else versions_of(document.path):
            action = self.menu.addAction(f"{time_text(each.saved)}   {_place(each)}\t{self._differs(each)}")
            action.setCheckable(True)
            action.setChecked(self._is_on and version is not None and version.saved == each.saved)
            action.triggered.connect(lambda _checked, chosen=each: self._choose(chosen))
        if self.menu.isEmpty():
            self.menu.addAction(tr("No save of this project is there yet")).setEnabled(False)

    def _differs(self, version: Version) -> str:
        document = self._window.document
        if document.path is None or document.plate is None:
            return ""
        project = with_found_media(version.project, document.project, document.path)
        where = difference(project, document.project)
        if where is None:
            return tr("same picture as now")
        if where.last - where.first + 1 < document.plate.frames:
            return tr("other in frames {first} – {last}", first=where.first, last=where.last)
        return tr("other in every frame")

    def _choose(self, version: Version) -> None:
        """The one that is compared with, chosen again, ends it."""
        known = self._version
        if self._is_on and known is not None and known.saved == version.saved:
            self._window.view.compare_with("plate")
        else:
            self.compare_with(version)

    def _name(self) -> str:
        version, plate = self._version, self._window.document.plate
        assert version is not None
        name = tr("Saved {when}", when=time_text(version.saved))
        if plate is not None and plate.sha256 not in {each.sha256 for each in version.project.plates}:
            name = tr("{name}, of another plate", name=name)
        return name

    def _again(self) -> None:
        """A fresh worker knows of no version, or hasn't drawn it."""
        if self._is_on and self._version is not None:
            self._put()
            self._follow()

    def _put(self) -> None:
        """Have the version beside the document; what was asked for before is of another one."""
        assert self._version is not None
        self._link.put_version(self._version.project)
        self._wanted = self._generation = None

    def _follow(self) -> None:
        """Ask for what is to be seen, where that is something else than was asked for last."""
        w = self._window
        if not self._is_on:
            self._end()
        elif w.view.reference is not None and not w.playhead.dragging:
            layer: Layer = "result" if w.view.layer == "plate" else w.view.layer
            wanted = w.playhead.frame, layer, w.pictures.quality, w.bridge.max_size
            if wanted != self._wanted:
                self._wanted = wanted
                self._generation = self._link.want_version(*wanted[:3])

    def _end(self) -> None:
        """Nobody compares with it any more: what the worker holds for it is let go."""
        if self._version is not None:
            self._version = self._generation = self._wanted = None
            self._link.put_version(None)

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case FrameReady() if event.facts.generation == self._generation and event.facts.pane == VERSION_PANE:
                self._take(event)
            case FrameFailed() if event.generation == self._generation and event.pane == VERSION_PANE:
                self._fail(event.error)

    def _take(self, event: FrameReady) -> None:
        facts, own = event.facts, self._window.canvas.picture(self._window.view.layer)
        if own is not None and own.facts.size != facts.size:
            self._give_up(_other_size(facts, own.facts))
            return
        name = self._name()
        if facts.missing:
            name = tr("{name} ({waits})", name=name, waits=waiting_text(facts.missing))
        picture = Picture(facts.frame, facts.layer, image_of(event), facts)
        self._window.view.put_reference("version", Reference(name, picture))

    def _fail(self, error: ErrorNotice) -> None:
        w, why = self._window, translated(error.message)
        if error.kind in OF_ONE_FRAME:
            w.view.put_reference("version", Reference(self._name(), None, why))
        else:
            self._give_up(why)

    def _give_up(self, why: str) -> None:
        """The plate is compared with again, and a notice says why."""
        w, name = self._window, self._name()
        w.view.compare_with("plate")
        w.notices.tell("error", tr("{name} can't be compared with. {why}", name=name, why=why))


def _place(version: Version) -> str:
    """Which of the saves it is."""
    if version.later == 0:
        return tr("as saved last")
    return tr("one save earlier") if version.later == 1 else tr("{count} saves earlier", count=version.later)


def _other_size(version: FrameFacts, own: FrameFacts) -> str:
    """Its plate has another size than the one that is open."""
    return tr(
        "Its plate is {width} × {height}, and this one {own_width} × {own_height}.",
        width=version.size[0],
        height=version.size[1],
        own_width=own.size[0],
        own_height=own.size[1],
    )
