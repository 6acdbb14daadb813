"""What a user should know of faces that are drawn where nobody found them, and of those that are not there to draw."""

from collections.abc import Collection, Sequence

import numpy as np

from pipeline.engines.faces import FaceSolve
from pipeline.jobs.measured_face import spans_told
from pipeline.jobs.render_request import FaceRequest


def bridge_notes(solves: Sequence[FaceSolve], asked: Sequence[FaceRequest], frames: range) -> list[str]:
    """A sentence for each face that is bridged somewhere in `frames`; solves and requests in one order."""
    inside = {
        name: [frame for frame in solve.bridged if frame in frames]
        for name, solve in zip(_names(asked), solves, strict=True)
    }
    return [bridge_told(name, bridged) for name, bridged in inside.items() if bridged]


def absence_notes(solves: Sequence[FaceSolve], asked: Sequence[FaceRequest], frames: range) -> list[str]:
    """A sentence for each face that is seen in none of `frames`."""
    return [
        f"{name} is not seen in frames {frames.start} to {frames.stop - 1}: nothing is replaced there. "
        f"It is seen from frame {int(solve.frames[0])} to {int(solve.frames[-1])}."
        for name, solve in zip(_names(asked), solves, strict=True)
        if not np.isin(solve.frames, frames).any()
    ]


def _names(asked: Sequence[FaceRequest]) -> list[str]:
    return [face.id or f"Face {number}" for number, face in enumerate(asked, start=1)]


def bridge_told(face: str, bridged: Collection[int]) -> str:
    """Of one face, what to know of its bridged frames."""
    return (
        f"{face} was not found in frames {spans_told(sorted(bridged))}: it is drawn there by its motion before and "
        "after. Look at them."
    )
