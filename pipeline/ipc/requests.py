"""What the worker is asked for: frozen values, tagged by kind. `WorkerClient` sends them; `ipc.messages` answer.

Frames are plate frames, 0-based; ranges are start..stop-1. A job's number is the client's, and never used twice.
"""

import msgspec

from pipeline.ipc.message import Message
from pipeline.ipc.messages import Layer, Size
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import Quality


class Part(msgspec.Struct, frozen=True):
    """One subtree of a document: where it stands (`faces`, `export`, …), the hash of its content."""

    place: str
    sha256: str


class SetDocument(Message, frozen=True, kw_only=True):
    """The document as it is now: all its parts in order, and the content of those that the worker lacks."""

    revision: int
    """The client's number of this state; pictures tell which one they were made of."""
    path: str
    """Where the project file lies, or will lie: media paths are relative to it, caches stand beside it."""
    parts: tuple[Part, ...]
    contents: dict[str, bytes]
    """By hash, msgpack."""
    avoid: tuple[str, ...] = ()
    """Pieces of work (`messages.Working`) that took the worker down twice: they are refused, not begun."""


class SetVersion(Message, frozen=True, kw_only=True):
    """Another version of the document, which pictures are drawn of beside it (`WantFrame.version`), in place of an
    earlier one. It changes nothing of the document and of what is prepared for it."""

    version: SetDocument | None
    """With the contents of all its parts; None: there is none any more, and what was held for it is let go."""


class WantFrame(Message, frozen=True, kw_only=True):
    """A picture for a pane of the editor. A later request for the same pane takes its place."""

    generation: int
    pane: str
    plate: str
    frame: int
    layer: Layer
    quality: Quality
    max_size: Size | None
    """The picture is reduced to fit; None: the plate's full size."""
    dragged: bool = False
    """The playhead is being dragged: where the picture isn't kept, the plate's proxy will do for plate and result."""
    version: bool = False
    """Of the version beside the document (`SetVersion`), not of the document."""


class Prefetch(Message, frozen=True, kw_only=True):
    """Draw and keep frames before they are asked for, in order. A later one takes its place."""

    job: int
    plate: str
    start: int
    stop: int
    layer: Layer
    quality: Quality
    max_size: Size | None


class Filmstrip(Message, frozen=True, kw_only=True):
    """Small pictures of the plate at these frames, each a `FrameReady` whose pane is `strip-JOB`."""

    job: int
    plate: str
    frames: tuple[int, ...]
    max_size: Size


class Analyse(Message, frozen=True, kw_only=True):
    """The one pass over a plate; goes on where an earlier one stopped."""

    job: int
    plate: str
    options: DetectionOptions | None
    """How keyframes are found meanwhile (`messages.KeyframesSoFar`); None: not at all."""


class MakeProxies(Message, frozen=True, kw_only=True):
    """Small pictures of the plate for a dragged playhead, where they help; goes on where an earlier one stopped."""

    job: int
    plate: str


class FindKeyframes(Message, frozen=True, kw_only=True):
    """Proposals for one face, or for all faces of the document's plate; analyses first where that is missing."""

    job: int
    face: str | None
    options: DetectionOptions


class TryDetection(Message, frozen=True, kw_only=True):
    """What detection would propose for a face with other options; nothing is kept of it."""

    job: int
    face: str
    options: DetectionOptions


class WantSignals(Message, frozen=True, kw_only=True):
    """A face's signals in plate frames start..stop-1, in at most `columns` buckets."""

    job: int
    face: str
    start: int
    stop: int
    columns: int


class MeasureDrafts(Message, frozen=True, kw_only=True):
    """Measure the drafts of a plate's faces while nothing else is to do; ends when the document changes."""

    job: int
    plate: str


class WantWaveform(Message, frozen=True, kw_only=True):
    """The outline of a plate's sound."""

    job: int
    plate: str


class Render(Message, frozen=True, kw_only=True):
    """A result; what is None is as the document says."""

    job: int
    plate: str
    output: str
    first: str | None
    """Frame or timecode, inclusive, as `last`."""
    last: str | None
    preset: str | None
    quality: Quality | None
    overwrite: bool


class WantSound(Message, frozen=True, kw_only=True):
    """`count` samples of a plate's sound for playing, from number `start` on (`messages.SoundPiece`); never waits for
    pictures or jobs."""

    plate: str
    start: int
    count: int


class WantFilm(Message, frozen=True, kw_only=True):
    """The picture that another film shows where a plate shows `frame`: a `FrameReady` of the pane `FILM_PANE`, or
    `FrameFailed`. A later one takes its place."""

    generation: int
    plate: str
    frame: int
    film: str | None
    """None: the plate's last export that is still there."""
    max_size: Size | None


class WantExports(Message, frozen=True, kw_only=True):
    """Ask for the results of a plate that are still there: `Exports`."""

    plate: str


class WantSamples(Message, frozen=True, kw_only=True):
    """The code values under a rectangle of the shown picture: `Samples`. A later one takes its place; never waits for
    pictures or jobs."""

    generation: int
    plate: str
    frame: int
    layer: Layer
    """The plate's samples as they were decoded, the result's as the encoder gets them, or how far these lie from those.
    A matte has none."""
    quality: Quality
    rect: tuple[int, int, int, int]
    """x0, y0, x1, y1 in pixels of the plate's picture as it is shown at full size; the last two exclusive."""


class Cancel(Message, frozen=True, kw_only=True):
    """Stop a job between two frames; what is finished is kept."""

    job: int


class Pause(Message, frozen=True, kw_only=True):
    """Hold a job between two frames, or let it go on."""

    job: int
    paused: bool


class OrderRenders(Message, frozen=True, kw_only=True):
    """The renders that wait, in the order in which they are to begin."""

    jobs: tuple[int, ...]


class WantFigures(Message, frozen=True, kw_only=True):
    """Ask for `Figures`."""


class SlotFree(Message, frozen=True, kw_only=True):
    """A slot of the frame ring was copied out."""

    slot: int


class Stop(Message, frozen=True, kw_only=True):
    """End the worker in good order."""


JobRequest = (
    Prefetch
    | Filmstrip
    | Analyse
    | MakeProxies
    | FindKeyframes
    | TryDetection
    | WantSignals
    | MeasureDrafts
    | WantWaveform
    | Render
)
"""Work that ends with `JobDone` or `JobFailed`."""

Request = (
    SetDocument
    | SetVersion
    | WantFrame
    | WantSound
    | WantFilm
    | WantExports
    | WantSamples
    | JobRequest
    | Cancel
    | Pause
    | OrderRenders
    | WantFigures
    | SlotFree
    | Stop
)
