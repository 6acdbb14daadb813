"""Edits of markers: set, changed, moved, taken away."""

from collections.abc import Iterable
from itertools import count

from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.marker import Marker, MarkerColour
from pipeline.project.marker_files import MarkerLine
from pipeline.project.project import Plate, Project


def markers_of(project: Project, plate: str) -> tuple[Marker, ...]:
    """The markers of a plate, in order of their frames."""
    return tuple(sorted((each for each in project.markers if each.plate == plate), key=lambda each: each.frame))


def marker_on(project: Project, plate: str, frame: int) -> Marker | None:
    """The marker on a frame of a plate; None where there is none."""
    return next((each for each in project.markers if each.plate == plate and each.frame == frame), None)


def add_marker(project: Project, plate: str, frame: int, colour: MarkerColour = "blue") -> Project:
    """A marker without a name on a frame. Raises ProjectError: no such plate, or one is there. RangeError."""
    _see_that_it_fits(project, plate, frame)
    taken = {each.id for each in project.markers}
    free = next(name for number in count(1) if (name := f"marker-{number}") not in taken)
    return replace(project, markers=(*project.markers, Marker(id=free, plate=plate, frame=frame, colour=colour)))


def put_markers(project: Project, plate: str, lines: Iterable[MarkerLine]) -> tuple[Project, tuple[MarkerLine, ...]]:
    """A list taken in: what is on a frame already gets the list's name, colour and note. Second, what lies outside
    the plate and was left out. Raises ProjectError: no such plate.
    """
    outside = []
    for line in lines:
        found = marker_on(project, plate, line.frame)
        if found is None:
            try:
                project = add_marker(project, plate, line.frame)
            except RangeError:
                outside.append(line)
                continue
            found = project.markers[-1]
        project = change_marker(project, found.id, name=line.name, colour=line.colour, note=line.note)
    return project, tuple(outside)


def change_marker(
    project: Project,
    marker: str,
    *,
    name: str | None = None,
    colour: MarkerColour | None = None,
    note: str | None = None,
) -> Project:
    """A marker with another name, colour or note; None leaves each as it is. Raises ProjectError: there is none."""
    old = _found(project, marker)
    new = replace(
        old,
        name=old.name if name is None else name,
        colour=old.colour if colour is None else colour,
        note=old.note if note is None else note,
    )
    return _with(project, new)


def move_marker(project: Project, marker: str, frame: int) -> Project:
    """A marker on another frame. Raises ProjectError: there is none, or another one is there. RangeError."""
    old = _found(project, marker)
    if old.frame == frame:
        return project
    _see_that_it_fits(project, old.plate, frame)
    return _with(project, replace(old, frame=frame))


def remove_marker(project: Project, marker: str) -> Project:
    """The project without a marker. Raises ProjectError: there is none."""
    old = _found(project, marker)
    return replace(project, markers=tuple(each for each in project.markers if each is not old))


def _found(project: Project, marker: str) -> Marker:
    found = next((each for each in project.markers if each.id == marker), None)
    if found is None:
        raise ProjectError(f"There is no marker {marker} in the project.")
    return found


def _with(project: Project, marker: Marker) -> Project:
    return replace(project, markers=tuple(marker if each.id == marker.id else each for each in project.markers))


def _see_that_it_fits(project: Project, plate: str, frame: int) -> None:
    found: Plate | None = next((each for each in project.plates if each.id == plate), None)
    if found is None:
        raise ProjectError(f"The project has no plate {plate}.")
    if not 0 <= frame < found.frames:
        raise RangeError(f"The plate {plate} has frames 0 to {found.frames - 1}, so there is no frame {frame}.")
    if marker_on(project, plate, frame) is not None:
        raise ProjectError(f"There is a marker on frame {frame} already.")
