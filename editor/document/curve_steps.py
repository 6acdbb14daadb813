"""What the curve editor does to a document, each as one undoable step: keys added, moved, shaped and taken away."""

from editor.document.document import Document, Gesture
from editor.document.edits import spoken
from editor.language.catalogue import translated
from editor.language.translation import tr
from pipeline.project.curve import Curve, Handle, Interpolation
from pipeline.project.curve_edits import Side
from pipeline.project.key_edits import remove_keys
from pipeline.project.key_moves import insert_key, interpolate_key, move_key, pull_handle
from pipeline.project.parameter_table import Parameter


def add(document: Document, face: str, parameter: Parameter, frame: int) -> bool:
    """A key where the curve is now, so that no value changes."""
    name = parameter.name
    return document.edit(
        tr("Key of {parameter} at {frame}", parameter=spoken(name), frame=frame),
        lambda project: insert_key(project, face, name, frame),
    )


def remove(document: Document, face: str, parameter: Parameter, frame: int) -> bool:
    name = parameter.name
    return document.edit(
        tr("Remove key of {parameter} at {frame}", parameter=spoken(name), frame=frame),
        lambda project: remove_keys(project, face, name, frame, frame),
    )


def move(
    document: Document,
    face: str,
    parameter: Parameter,
    frame: int,
    to: int,
    value: float,
    gesture: Gesture | None = None,
) -> bool:
    """The key of `frame`, which is counted where the gesture began, on `to` with a value held inside its bounds."""
    held = parameter.held(value)
    return document.edit(
        tr("Key of {parameter} at {frame}: {value:.2f}", parameter=spoken(parameter.name), frame=to, value=held),
        lambda project: move_key(project, face, parameter.name, frame, to, held),
        gesture,
    )


def interpolate(document: Document, face: str, parameter: Parameter, frame: int, interpolation: Interpolation) -> bool:
    name = parameter.name
    return document.edit(
        tr(
            "{interpolation} from {frame}, {parameter}",
            interpolation=translated(interpolation.capitalize()),
            frame=frame,
            parameter=spoken(name),
        ),
        lambda project: interpolate_key(project, face, name, frame, interpolation),
    )


def pull(
    document: Document,
    face: str,
    parameter: Parameter,
    frame: int,
    side: Side,
    handle: Handle,
    *,
    tied: bool,
    gesture: Gesture,
) -> bool:
    """Another bezier handle at the key of `frame`."""
    name = parameter.name
    return document.edit(
        tr("Handle of {parameter} at {frame}", parameter=spoken(name), frame=frame),
        lambda project: pull_handle(project, face, name, frame, side, handle, tied=tied),
        gesture,
    )


def room(curve: Curve, i: int, frames: int) -> range:
    """The frames that key `i` may be moved to: between its neighbours, on a plate of so many frames."""
    keys = curve.keys
    first = keys[i - 1].frame + 1 if i else 0
    return range(first, keys[i + 1].frame if i + 1 < len(keys) else frames)
