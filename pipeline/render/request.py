"""What a render is asked for, how far it is, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.media.presets import Preset
from pipeline.render.ledger import FailedFrame

SEGMENT_FRAMES = 120
"""Five seconds: what a stop loses."""


@dataclass(frozen=True, slots=True)
class SequenceRequest:
    """A plate, the range of it to render, and where the result goes.

    Attributes
    ----------
    start, stop
        Plate frames, 0-based, `stop` exclusive; None is the plate's end.
    inputs
        Further files that must not be overwritten (source photos, projects).
    metadata
        Tags of the result's file, added to the plate's own.
    encoder_threads
        None: as many as an interrupted run of this render had, else the machine's cores.
    render_threads
        Frames rendered at a time; `render_frame` is called from that many threads.
    memory_bytes
        Bound of the decoded pictures kept at hand.
    segment_frames
        Length of a segment. A crash loses at most the unfinished one.
    work_folder
        Where finished pieces lie until the render is complete. None: a folder beside the result that is
        removed at the end. A folder given here is kept, so that a render with a few changed frame keys
        renders only the pieces they touch.
    gray
        `render_frame` gives pictures of one channel (`gray_plate`), written without the plate's sound.
    """

    plate: Path
    output: Path
    preset: Preset
    start: int = 0
    stop: int | None = None
    inputs: tuple[Path, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    encoder_threads: int | None = None
    render_threads: int = 1
    segment_frames: int = SEGMENT_FRAMES
    memory_bytes: int = 256 << 20
    work_folder: Path | None = None
    gray: bool = False


@dataclass(frozen=True, slots=True)
class SequenceProgress:
    """How far a render is. `done` of `total` frames, `reused` of them from an earlier run.

    `rate` is frames rendered a second in this run, `seconds_left` what remains at that rate (None: unknown yet).
    """

    stage: Literal["render", "join"]
    done: int
    total: int
    reused: int
    rate: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class SequenceReport:
    """What came of a render.

    `failed` lists frames that could not be rendered and what is shown in their place; `notes` say what the
    result does not keep of the plate, or how its sound lies. `pins` are the encoder's build and settings.
    """

    output: Path
    frames: int
    rendered: int
    reused: int
    failed: tuple[FailedFrame, ...]
    notes: tuple[str, ...]
    pins: Mapping[str, str]
    seconds: float


FrameKey = Callable[[int], str]
OnProgress = Callable[[SequenceProgress], None]
IsCancelled = Callable[[], bool]
