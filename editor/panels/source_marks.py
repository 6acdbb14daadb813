"""How good the sources of identities are, as they were looked at: which faces they show, how large, how far turned."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pipeline.project.project import Source

GOOD_WIDTH_PX = 150
GOOD_TURN_DEGREES = 20
"""A face at least so wide, turned by less, looks good; others that can be used look worse."""


@dataclass(frozen=True, slots=True)
class SourceMark:
    """One face that a source shows."""

    width_px: float
    yaw_degrees: float
    why_not: str
    """Empty where it can be used."""

    @property
    def is_good(self) -> bool:
        return not self.why_not and self.width_px >= GOOD_WIDTH_PX and abs(self.yaw_degrees) < GOOD_TURN_DEGREES

    @property
    def words(self) -> str:
        return f"{self.width_px:.0f} px, {self.yaw_degrees:+.0f}°"


class SourceMarks(QObject):
    """What is known of sources, by their content; what isn't is asked for once."""

    wanted = Signal(object)
    """A `Source` that somebody should look at."""
    changed = Signal(object)
    """The `Source` of which something is known now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[Hashable, tuple[SourceMark, ...]] = {}
        self._failed: dict[Hashable, str] = {}
        self._asked: set[Hashable] = set()

    def want(self, source: Source) -> None:
        """Have it looked at, unless it was."""
        if _key(source) not in self._asked:
            self._asked.add(_key(source))
            self.wanted.emit(source)

    def take(self, source: Source, faces: Sequence[SourceMark]) -> None:
        """The faces it shows, from the left."""
        self._known[_key(source)] = tuple(faces)
        self.changed.emit(source)

    def fail(self, source: Source, words: str) -> None:
        """It can't be looked at, or shows nobody."""
        self._failed[_key(source)] = words
        self.changed.emit(source)

    def faces(self, source: Source) -> tuple[SourceMark, ...]:
        """All faces that it shows; none while it wasn't looked at."""
        return self._known.get(_key(source), ())

    def failure(self, source: Source) -> str:
        """Why nothing can be taken of it; empty where nothing stands against it."""
        return self._failed.get(_key(source), "")

    def mark(self, source: Source) -> SourceMark | None:
        """The face that is meant; None while it wasn't looked at, or a choice is open."""
        faces = self.faces(source)
        if source.face is None:
            return faces[0] if len(faces) == 1 else None
        return faces[source.face - 1] if source.face <= len(faces) else None


def _key(source: Source) -> Hashable:
    return source.sha256, source.frame
