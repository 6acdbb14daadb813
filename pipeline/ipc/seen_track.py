"""What is told of somebody who is seen in a plate."""

import msgspec


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is seen in a plate: the frames, how many of them, the mean width of the face in pixels, and the
    frame in which it is widest, with the box (x0, y0, x1, y1) around it."""

    track: int
    first: int
    last: int
    seen: int
    width_px: float
    runs: tuple[tuple[int, int], ...]
    """Start and stop of each run of frames."""
    portrait: int
    box: tuple[float, float, float, float]
    face: str | None
    """The document's face that takes it."""
