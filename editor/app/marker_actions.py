"""What keys and menus do to markers, and the steps from cut to cut."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from editor.app.window import Window
from editor.document.marker_steps import delete_marker, set_marker, take_markers
from editor.language.catalogue import translated
from editor.language.translation import mark, tr
from editor.playback.stepping import neighbour_frame
from pipeline.errors import LikenessError
from pipeline.project.marker import Marker
from pipeline.project.marker_files import read, written
from pipeline.project.text_file import write_whole

Handler = Callable[[], object]
_FILTER = mark("DaVinci Resolve (*.edl);;Premiere Pro (*.xml);;Table (*.csv);;Lists of markers (*.edl *.xml *.csv)")
_MOST_TOLD = 5


class MarkerActions:
    """Handlers of the actions about markers and shots."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def handlers(self) -> dict[str, Handler]:
        """By the action's id."""
        return {
            "marker.add_here": self._add,
            "marker.remove_here": self._remove,
            "marker.import_list": self._import,
            "marker.export_list": self._export,
            "marker.go_previous": lambda: self._go((each.frame for each in self._window.timeline.markers()), -1),
            "marker.go_next": lambda: self._go((each.frame for each in self._window.timeline.markers()), 1),
            "marker.previous_note": lambda: self._go(self._noted(), -1),
            "marker.next_note": lambda: self._go(self._noted(), 1),
            "transport.previous_cut": lambda: self._go((0, *self._window.record.cuts), -1),
            "transport.next_cut": lambda: self._go(self._window.record.cuts, 1),
        }

    def _here(self) -> Marker | None:
        frame = self._window.playhead.frame
        return next((each for each in self._window.timeline.markers() if each.frame == frame), None)

    def _noted(self) -> set[int]:
        """Frames that something is noted with: a marker, or a keyframe of any face."""
        timeline = self._window.timeline
        markers = (each.frame for each in timeline.markers() if each.note)
        return {*markers, *(each.frame for face in timeline.faces() for each in face.keyframes if each.note)}

    def _add(self) -> None:
        """A marker under the playhead; where one is, its name and note."""
        marker = self._here()
        if marker is None:
            set_marker(self._window.document, self._window.playhead.frame)
        else:
            self._window.transport.stop()
            self._window.timeline.edit_marker(marker)

    def _remove(self) -> None:
        marker = self._here()
        if marker is not None:
            delete_marker(self._window.document, marker)

    def _import(self) -> None:
        w = self._window
        name, _ = QFileDialog.getOpenFileName(w, tr("Import markers"), "", tr(_FILTER))
        plate = w.document.plate
        if not name or plate is None:
            return
        path = Path(name)
        try:
            lines = read(path.suffix, path.read_bytes(), plate)
        except (OSError, LikenessError) as error:
            w.notices.tell("error", f"{path.name}: {translated(str(getattr(error, 'strerror', None) or error))}")
            return
        outside = take_markers(w.document, lines)
        if outside:
            frames = ", ".join(str(each.frame) for each in outside[:_MOST_TOLD])
            more = tr(" and {more} more", more=len(outside) - _MOST_TOLD) if len(outside) > _MOST_TOLD else ""
            w.notices.tell(
                "warning",
                tr(
                    "{name}: left out as outside the plate: frames {frames}{more}.",
                    name=path.name,
                    frames=frames,
                    more=more,
                ),
            )
        w.bring_panel("markers")

    def _export(self) -> None:
        w = self._window
        project, plate = w.document.path, w.document.plate
        if project is None or plate is None:
            return
        name, _ = QFileDialog.getSaveFileName(w, tr("Export markers"), str(project.with_suffix(".edl")), tr(_FILTER))
        if not name:
            return
        path = Path(name)
        try:
            text = written(path.suffix, w.timeline.markers(), plate, project.stem)
            write_whole(path, text.encode())
        except LikenessError as error:
            w.notices.tell("error", str(error))
        else:
            w.notices.tell("good", tr("{count} markers are in {path}.", count=len(w.timeline.markers()), path=path))

    def _go(self, frames: Iterable[int], direction: int) -> None:
        w = self._window
        w.transport.stop()
        frame = neighbour_frame(frames, w.playhead.frame, direction)
        if frame is not None:
            w.playhead.go(frame)
