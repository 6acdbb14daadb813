"""What the editor does to markers, each as one undoable step."""

from collections.abc import Sequence

from editor.document.document import Document, Gesture
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.marker import Marker, MarkerColour
from pipeline.project.marker_edits import add_marker, change_marker, move_marker, put_markers, remove_marker
from pipeline.project.marker_files import MarkerLine
from pipeline.project.project import Project


def set_marker(document: Document, frame: int, colour: MarkerColour = "blue") -> bool:
    """A marker on a frame of the plate that is shown."""
    plate = document.plate
    return plate is not None and document.edit(
        tr("Marker at {frame}", frame=frame), lambda project: add_marker(project, plate.id, frame, colour)
    )


def take_markers(document: Document, lines: Sequence[MarkerLine]) -> tuple[MarkerLine, ...]:
    """The markers of a list, in one step; what lies outside the plate and was left out."""
    plate = document.plate
    left: list[MarkerLine] = []

    def take(project: Project) -> Project:
        changed, outside = put_markers(project, "" if plate is None else plate.id, lines)
        left.extend(outside)
        return changed

    document.edit(tr("Markers taken in"), take)
    return tuple(left)


def write_marker(document: Document, marker: Marker, name: str, note: str) -> bool:
    """What a marker is called and what is noted with it."""
    return document.edit(
        tr("Marker {name}", name=name or marker.frame),
        lambda project: change_marker(project, marker.id, name=name, note=note),
    )


def colour_marker(document: Document, marker: Marker, colour: MarkerColour) -> bool:
    return document.edit(
        tr("Marker at {frame} {colour}", frame=marker.frame, colour=translated(colour)),
        lambda project: change_marker(project, marker.id, colour=colour),
    )


def shift_marker(document: Document, marker: Marker, frame: int, gesture: Gesture) -> bool:
    """A marker on another frame; one step a gesture."""
    return document.edit(
        tr("Move marker to {frame}", frame=frame), lambda project: move_marker(project, marker.id, frame), gesture
    )


def delete_marker(document: Document, marker: Marker) -> bool:
    return document.edit(
        tr("Remove marker at {frame}", frame=marker.frame), lambda project: remove_marker(project, marker.id)
    )
