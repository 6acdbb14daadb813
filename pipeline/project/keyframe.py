"""A keyframe: a frame that carries the performance, found or set by hand, and how far its review is.

It is a marker on a face track and holds no values: those are keys on the track's curves. One keyframe a frame.
"""

from typing import Annotated, Literal, get_args

import msgspec

from pipeline.project.correction import Correction

Origin = Literal["detected", "edited", "manual"]
"""detected: proposed, and nothing was changed at it. edited: proposed, then given keys. manual: set by hand."""

Status = Literal["open", "approved", "needs_work"]
STATUSES: tuple[Status, ...] = get_args(Status)

MANUAL = "manual"
"""The kind of a keyframe that was set by hand."""

Frame = Annotated[int, msgspec.Meta(ge=0)]


class Keyframe(msgspec.Struct, frozen=True, kw_only=True):
    """One keyframe of one face track."""

    frame: Frame
    """Plate frame, 0-based."""
    origin: Origin
    kind: str = MANUAL
    """A `ProposalKind`, or `MANUAL`; one that only a newer version knows is kept as it is."""
    score: float | None = None
    """0..1, how much it is worth; None: nobody measured it."""
    reasons: tuple[str, ...] = ()
    """In words, the strongest first."""
    status: Status = "open"
    note: str = ""
    correction: Correction | None = None
    """A change that was proposed with it and that nobody has taken over yet."""


class Dismissed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that somebody took away: detection doesn't bring it back."""

    frame: Frame
    kind: str
