"""What was corrected on a frame, copied to the keyframe beside it."""

from collections.abc import Callable

from editor.app.window import Window
from editor.document.document import Document
from editor.language.translation import tr
from editor.playback.stepping import neighbour

Copy = Callable[[Document, str, int, int], bool]
"""Of a face, from a frame to another; whether anything changed."""


def copy_beside(window: Window, direction: int, copy: Copy) -> None:
    """Have the keyframe beside as this frame is, and go there; a note says where there is none."""
    face, frame = window.selection.face, window.playhead.frame
    if face is None:
        return
    to = neighbour(face.keyframes, frame, direction)
    if to is None:
        window.notices.tell("note", tr("There is no keyframe on that side."))
    elif copy(window.document, face.id, frame, to):
        window.playhead.go(to)
