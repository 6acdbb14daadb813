"""What a user should know of faces that are drawn where nobody found them."""

from collections.abc import Collection, Sequence

from pipeline.engines.faces import FaceSolve
from pipeline.jobs.measured_face import spans_told
from pipeline.jobs.render_request import FaceRequest


def bridge_notes(solves: Sequence[FaceSolve], asked: Sequence[FaceRequest], frames: range) -> list[str]:
    """A sentence for each face that is bridged somewhere in `frames`; solves and requests in one order."""
    pairs = enumerate(zip(solves, asked, strict=True), start=1)
    inside = {
        face.id or f"Face {number}": [frame for frame in solve.bridged if frame in frames]
        for number, (solve, face) in pairs
    }
    return [bridge_told(name, bridged) for name, bridged in inside.items() if bridged]


def bridge_told(face: str, bridged: Collection[int]) -> str:
    """Of one face, what to know of its bridged frames."""
    return (
        f"{face} was not found in frames {spans_told(sorted(bridged))}: it is drawn there by its motion before and "
        "after. Look at them."
    )
