"""What is told of results that left: what came of a render, and which of them are still there."""

import msgspec

from pipeline.project.project import Quality


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a render; `first`, `last` inclusive. `failed`: frames that show something else, and why."""

    output: str
    first: int
    last: int
    rendered: int
    reused: int
    failed: tuple[tuple[int, str], ...]
    mark: str
    notes: tuple[str, ...]
    seconds: float


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A result of a plate that is still there; `first`, `last` inclusive."""

    path: str
    """The film, or the pattern of its frames."""
    time: str
    """UTC, ISO 8601."""
    quality: Quality | None
    """None: it was logged by a version that didn't say."""
    first: int
    last: int
