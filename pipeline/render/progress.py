"""Counting a render's frames: rate, time left, and where it is asked to stop."""

import time
from dataclasses import dataclass, field

from pipeline.errors import Cancelled
from pipeline.render.request import IsCancelled, OnProgress, SequenceProgress


@dataclass
class FrameCount:
    """Counts frames of one render and tells whoever waits for it."""

    total: int
    reused: int
    on_progress: OnProgress
    cancelled: IsCancelled
    rendered: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the render began."""
        return time.monotonic() - self.begun

    def begin(self) -> None:
        """Say where the render stands before its first frame."""
        self._tell("render")

    def frame_done(self) -> None:
        """One more frame is rendered. Raises Cancelled: the user wants no more of them."""
        self.rendered += 1
        self._tell("render")
        self.check()

    def check(self) -> None:
        """Raises Cancelled: the user stopped the job."""
        if self.cancelled():
            raise Cancelled(
                f"Stopped after {self.reused + self.rendered} of {self.total} frames. "
                "Run the same command again to go on; finished segments are kept."
            )

    def joining(self) -> None:
        """All frames are there and become one film."""
        self._tell("join")

    def _tell(self, stage: str) -> None:
        rate = self.rendered / self.seconds if self.rendered else 0.0
        left = self.total - self.reused - self.rendered
        self.on_progress(
            SequenceProgress(
                "join" if stage == "join" else "render",
                self.reused + self.rendered,
                self.total,
                self.reused,
                rate,
                left / rate if rate else None,
            )
        )
