"""What a user should know of faces that are drawn where nobody found them."""

from collections.abc import Sequence

from pipeline.engines.faces import FaceSolve
from pipeline.jobs.measured_face import spans_told
from pipeline.jobs.render_request import FaceRequest


def bridge_notes(solves: Sequence[FaceSolve], asked: Sequence[FaceRequest], frames: range) -> list[str]:
    """A sentence for each face that is bridged somewhere in `frames`; solves and requests in one order."""
    notes = []
    for number, (solve, face) in enumerate(zip(solves, asked, strict=True), start=1):
        bridged = [frame for frame in solve.bridged if frame in frames]
        if bridged:
            notes.append(
                f"{face.id or f'Face {number}'} was not found in frames {spans_told(bridged)}: it is drawn there by "
                "its motion before and after. Look at them."
            )
    return notes
