"""What the client itself tells the editor: pictures copied out of shared memory, and the worker's fate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.ipc.messages import (
    DetectionTried,
    Exports,
    Figures,
    FrameFacts,
    FrameFailed,
    Hello,
    JobDone,
    JobFailed,
    Kept,
    KeyframesFound,
    KeyframesSoFar,
    Progress,
    QualityBlock,
    Said,
    SignalBlock,
    SoundFailed,
    SoundPiece,
    Tracks,
    Waveform,
)
from pipeline.ipc.samples import Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FrameReady:
    """A picture (h, w, 3) RGB 0..255, contiguous, the receiver's own; and what it shows."""

    picture: "NDArray[np.uint8]"
    facts: FrameFacts


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """The worker died or was ended because it hung. `final`: it could not be started again; close and start anew."""

    reason: str
    quarantined: tuple[str, ...] = ()
    """Work that is refused from now on, because it brought the worker down twice."""
    final: bool = False


@dataclass(frozen=True, slots=True)
class WorkerBack:
    """A fresh worker has the document and the unfinished jobs. `starts` counts the workers so far."""

    starts: int
    pid: int


ClientEvent = (
    FrameReady
    | FrameFailed
    | Progress
    | Said
    | Tracks
    | DetectionTried
    | Exports
    | Samples
    | KeyframesFound
    | KeyframesSoFar
    | SignalBlock
    | QualityBlock
    | Waveform
    | SoundPiece
    | SoundFailed
    | Kept
    | JobDone
    | JobFailed
    | Figures
    | Hello
    | WorkerLost
    | WorkerBack
)
"""All that the client's `on_event` is called with."""
