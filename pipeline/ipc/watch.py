"""What the worker is working on, as far as its client knows: who has been silent too long, and who brought it down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

STRIKES = 2
"""A piece of work during which the worker died so often, without getting any further, is quarantined."""


@dataclass(slots=True)
class _Piece:
    patience_s: float
    heard: float
    stage: str = ""
    done: int = 0


@dataclass(slots=True)
class _Blame:
    strikes: int = 0
    stage: str = ""
    done: int = -1


@dataclass(slots=True)
class WorkWatch:
    """Pieces of work under way in one worker after another. Safe to use from several threads.

    `heartbeat_s` is how long the whole process may be silent; a piece of work that declared more patience extends it,
    since loading half a gigabyte or compiling may keep every thread waiting.
    """

    heartbeat_s: float
    now: Callable[[], float] = monotonic
    _pieces: dict[str, _Piece] = field(default_factory=dict)
    _blames: dict[str, _Blame] = field(default_factory=dict)
    _alive: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """A fresh worker is there."""
        with self._lock:
            self._pieces.clear()
            self._alive = self.now()

    def heard(self) -> None:
        """Anything came from the worker."""
        self._alive = self.now()

    def rested(self) -> None:
        """Nobody listened for a while, which is not the worker's fault."""
        with self._lock:
            self._alive = self.now()
            for piece in self._pieces.values():
                piece.heard = self._alive

    def working(self, work: str, patience_s: float) -> None:
        """A piece of work has begun, or entered a stage of another patience."""
        with self._lock:
            known = self._pieces.get(work)
            stage, done = ("", 0) if known is None else (known.stage, known.done)
            self._pieces[work] = _Piece(patience_s, self.now(), stage, done)

    def progressed(self, work: str, stage: str, done: int) -> None:
        """A piece of work has got so far in a stage."""
        with self._lock:
            piece = self._pieces.get(work)
            if piece is not None:
                piece.heard, piece.stage, piece.done = self.now(), stage, done

    def idle(self, work: str) -> None:
        """A piece of work is held, or put away."""
        with self._lock:
            self._pieces.pop(work, None)

    def finished(self, work: str) -> None:
        """A piece of work has ended: whatever it was blamed for is forgotten."""
        with self._lock:
            self._pieces.pop(work, None)
            self._blames.pop(work, None)

    def overdue(self) -> str | None:
        """Who has been silent too long, in words; None: nobody."""
        with self._lock:
            now = self.now()
            patience = max((self.heartbeat_s, *(each.patience_s for each in self._pieces.values())))
            if now - self._alive > patience:
                return f"it gave no sign of life for {now - self._alive:.0f} seconds"
            for work, piece in self._pieces.items():
                if now - piece.heard > piece.patience_s:
                    return f"{work} got no further for {now - piece.heard:.0f} seconds"
        return None

    def lost(self) -> list[str]:
        """The worker is gone: blame what was under way; the pieces of work to be quarantined for it."""
        with self._lock:
            for work, piece in self._pieces.items():
                blame = self._blames.setdefault(work, _Blame())
                # Another stage is farther: what brings the worker down again does so at the same place.
                farther = piece.stage not in ("", blame.stage) or piece.done > blame.done
                blame.strikes = 1 if farther else blame.strikes + 1
                blame.stage, blame.done = piece.stage, piece.done
            bad = [work for work in self._pieces if self._blames[work].strikes >= STRIKES]
            self._pieces.clear()
            return bad

    def forgive(self, prefix: str) -> None:
        """What these pieces of work are made of has changed: they are blamed for nothing."""
        with self._lock:
            for work in [each for each in self._blames if each.startswith(prefix)]:
                del self._blames[work]
