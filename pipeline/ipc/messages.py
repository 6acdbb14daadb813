"""What the worker tells the editor's process: frozen values, tagged by kind. `ipc.requests` holds the way there.

Frames are plate frames, 0-based; ranges are start..stop-1. Pixel coordinates belong to the plate's picture as it is
shown (upright, square pixels) at its full size.
"""

from typing import Literal, get_args

import msgspec

from pipeline.ipc.exported import Export, Rendered
from pipeline.ipc.message import Message
from pipeline.ipc.samples import Samples
from pipeline.ipc.seen_track import Track
from pipeline.project.detection import DetectionOptions
from pipeline.project.project import Quality
from pipeline.project.proposal import Proposal
from pipeline.project.timebase import Rational

Layer = Literal["plate", "result", "matte", "difference", "alpha"]
"""What a picture shows: the plate; the faces replaced; how far each pixel is replaced (grey, black is the plate's
own); how far the result lies from the plate (absolute difference of code values, eight-bit); the plate's own alpha
channel, which no face changes (grey)."""
LAYERS: tuple[Layer, ...] = get_args(Layer)

Size = tuple[int, int]
"""(width, height) in pixels."""

FILM_PANE = "film"
"""The pane of pictures of another film, to compare with."""
VERSION_PANE = "version"
"""The pane of pictures of another version of the document, to compare with."""

Source = Literal["drawn", "memory", "disk"]
"""Where a picture came from: drawn now, or kept from earlier."""

Missing = Literal["", "analysis", "preparation", "match"]
"""What a picture still waits for, and is shown without: the plate's analysis (asked for by `analyse`), the faces'
preparation, the match of expression that `final` quality has. The picture comes again by itself when it is there,
except for the analysis of a plate, which somebody must ask for."""


class ErrorNotice(msgspec.Struct, frozen=True, kw_only=True):
    """An error in words: what happened, to which file or frame, what to do."""

    kind: str
    """Name of its class in `pipeline.errors`; `Unexpected` for a fault of the program, `Quarantined` for a job that
    took the worker down twice."""
    message: str
    detail: str = ""
    """A trace for the log; empty for errors that the program expects."""


class ArrayBytes(msgspec.Struct, frozen=True, kw_only=True):
    """A small array: little-endian values in C order. `ipc.arrays` packs and unpacks it."""

    dtype: str
    shape: tuple[int, ...]
    content: bytes


class Hello(Message, frozen=True, kw_only=True):
    """The worker is there."""

    pid: int


class Heartbeat(Message, frozen=True, kw_only=True):
    """The process lives; sent from a thread of its own."""


class Working(Message, frozen=True, kw_only=True):
    """A job, or a pane's picture, is being worked on. Unless something is heard of it within `patience_s`, it hangs.

    Sent when work begins and whenever a job enters a stage of another patience.
    """

    work: str
    """`job-N`, `pane-NAME`, or `prepare-PLATE`."""
    patience_s: float


class Idle(Message, frozen=True, kw_only=True):
    """A piece of work is held, or has `ended`: it may be silent as long as it likes."""

    work: str
    ended: bool = False


Axes = tuple[float, float, float, float, float, float, float, float, float]
"""A matrix (3, 3), row by row."""
Trust = tuple[float, float, float, float, float]
"""0..1, of left brow, right brow, left eye, right eye, mouth."""


class FaceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A face in one frame. `box`: x0, y0, x1, y1. `landmarks` (478, 3) float32: x, y, z, the smoothed ones, as the
    document corrects them.
    """

    face: str | None
    """Id in the document; None: the document has taken it away since."""
    box: tuple[float, float, float, float]
    landmarks: ArrayBytes | None
    drawn: bool
    """Whether the identity is drawn on it in this picture."""
    covered: ArrayBytes | None = None
    """(468,) uint8, 1 at landmarks that something lies before; None: nothing does."""
    trust: Trust = (1.0, 1.0, 1.0, 1.0, 1.0)
    """How far these parts are believed, for what lies before them."""
    scale: float = 0.0
    """Pixels a centimetre of the canonical face."""
    rotation: Axes = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    """Takes the canonical face's axes (x to the performer's left, y up, z out of the face) to the picture's (x right, y
    up, z towards the camera).
    """


class FrameFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture shows."""

    pane: str
    generation: int
    plate: str
    frame: int
    pts: int
    time_base: Rational
    timecode: str
    layer: Layer
    """As drawn: a result that still waits for something (`missing`) is the plate."""
    quality: Quality
    """As drawn: `draft` while the match is missing."""
    size: Size
    """Of the plate's picture; the picture handed out may be smaller."""
    revision: int = 0
    """Of the document that it was made of, as `WorkerClient.update` numbered it: not always the one it was asked
    with. 0 for small pictures of the plate alone."""
    missing: Missing = ""
    source: Source = "drawn"
    milliseconds: float = 0.0
    """From taking the request up to handing the picture out."""
    decode_ms: float = 0.0
    draw_ms: float = 0.0
    assumed: tuple[str, ...] = ()
    """Of matrix, transfer and primaries what the plate's file doesn't state, nor anybody has chosen."""
    proxy: bool = False
    """The plate's proxy in place of what was asked for: smaller, coded with loss, and without a face drawn."""
    film: str = ""
    """The file, where it is another one than the plate's; `pts` and `time_base` are then that file's."""
    faces: tuple[FaceFacts, ...] = ()


class FrameSent(Message, frozen=True, kw_only=True):
    """A picture (h, w, 3) RGB 0..255 on its way: in a leased slot of the ring, or in `content` where none is free.

    The client hands it on as `FrameReady`.
    """

    facts: FrameFacts
    height: int
    width: int
    slot: int | None
    content: bytes


class FrameFailed(Message, frozen=True, kw_only=True):
    """A picture that can't be made; the next request may still be."""

    pane: str
    generation: int
    plate: str
    frame: int
    error: ErrorNotice


class Kept(Message, frozen=True, kw_only=True):
    """Frames that a prefetch has found or drawn, for a cache bar: ready as long as the document is as it was."""

    job: int
    plate: str
    layer: Layer
    quality: Quality
    ranges: tuple[tuple[int, int], ...]
    """Start and stop of each run."""


class Tracks(Message, frozen=True, kw_only=True):
    """A plate is analysed: who is seen in it, the most prominent first, and where shots begin."""

    plate: str
    tracks: tuple[Track, ...]
    cuts: tuple[int, ...]


class Progress(Message, frozen=True, kw_only=True):
    """How far a job is. `total` 0: the stage can't be counted. Rate in units a second, `seconds_left` None: unknown."""

    job: int
    """0: faces are prepared in the background for pictures that wait for them."""
    stage: str
    done: int
    total: int
    rate: float
    seconds_left: float | None


class Said(Message, frozen=True, kw_only=True):
    """A sentence of a job that the user should read."""

    job: int
    text: str


class SignalBlock(Message, frozen=True, kw_only=True):
    """Signals of a face, in buckets of `step` plate frames from `start` on: the least and greatest value in each.

    `low` and `high` (channels, buckets) float32, NaN where the face isn't seen. With `step` 1 both are the signal.
    """

    job: int
    face: str
    channels: tuple[str, ...]
    start: int
    step: int
    low: ArrayBytes
    high: ArrayBytes


class QualityBlock(Message, frozen=True, kw_only=True):
    """What was measured of a face's drafts in some plate frames, of any order.

    `frames` (n,) int32. `fresh` (n,) uint8: 1 where the picture that was measured is the one the document of `revision`
    draws, 0 where it was an earlier one. `values` (measures, n) float32 in the order of `measures`, NaN where one could
    not be taken; all NaN: something lies before the face. `limits` (measures,) are the values up to which a frame is
    good, NaN where a measure has none.
    """

    job: int
    plate: str
    face: str
    revision: int
    measures: tuple[str, ...]
    """Named as in docs/measuring.md."""
    limits: ArrayBytes
    frames: ArrayBytes
    fresh: ArrayBytes
    values: ArrayBytes


class Waveform(Message, frozen=True, kw_only=True):
    """The outline of a plate's sound from its first frame on; empty arrays where there is nothing to be heard.

    `low`, `high` (frames · `bins`,) int8: the least and greatest sample times 127. `speech` (frames,) uint8:
    probability of speech times 255; empty while nobody has listened to the plate.
    """

    job: int
    plate: str
    bins: int
    """A frame."""
    low: ArrayBytes
    high: ArrayBytes
    speech: ArrayBytes


SOUND_RATE = 48000
"""Samples a second of a `SoundPiece`."""


class SoundPiece(Message, frozen=True, kw_only=True):
    """A stretch of a plate's sound: `samples` (n, 2) int16, left and right, the first of them number `start` from the
    plate's first frame on. None: the plate has no sound."""

    plate: str
    start: int
    samples: ArrayBytes | None


class SoundFailed(Message, frozen=True, kw_only=True):
    """A stretch of sound that can't be read."""

    plate: str
    start: int
    error: ErrorNotice


class KeyframesFound(Message, frozen=True, kw_only=True):
    """Proposals for a face, to be merged on the document (`project.keyframe_edits.merge_proposals`)."""

    job: int
    face: str
    proposals: tuple[Proposal, ...]


class KeyframesSoFar(Message, frozen=True, kw_only=True):
    """While a plate is analysed: what is found of a face in frames `start`..`stop`-1, in place of what was told of them
    before. To be shown, not kept: `KeyframesFound` replaces all of it."""

    job: int
    face: str
    start: int
    stop: int
    proposals: tuple[Proposal, ...]


class DetectionTried(Message, frozen=True, kw_only=True):
    """What detection proposes for a face with options that are tried, and all it could propose: at each of `seen`,
    frames ascending, with its worth of 0..1."""

    job: int
    face: str
    options: DetectionOptions
    proposals: tuple[Proposal, ...]
    seen: tuple[tuple[int, float], ...]


class Exports(Message, frozen=True, kw_only=True):
    """The results of a plate that are still there, the newest first; of each file its last one."""

    plate: str
    exports: tuple[Export, ...]


class JobDone(Message, frozen=True, kw_only=True):
    """A job has ended well."""

    job: int
    rendered: Rendered | None = None


class JobFailed(Message, frozen=True, kw_only=True):
    """A job has ended; `Cancelled` in the notice's kind where the user stopped it."""

    job: int
    error: ErrorNotice


class Figures(Message, frozen=True, kw_only=True):
    """What the worker holds and does. Bytes are what the caches count; `rss_bytes` is what the system does."""

    rss_bytes: int
    stage_bytes: int
    """Pictures before the encoder, face by face."""
    picture_bytes: int
    """Finished pictures in memory."""
    disk_bytes: int
    """Finished pictures on disk."""
    decoded_bytes: int
    """Decoded pictures of the plates that are open."""
    performer_bytes: int
    """The plates' own faces, at most."""
    prepared_bytes: int
    """Prepared faces, but for the plates' own in them; those of another version are left out."""
    photo_bytes: int
    network_bytes: int
    networks: tuple[str, ...]
    """Each with where it really runs."""
    ring_slots: int
    """0: pictures go as bytes."""
    ring_slots_free: int
    faces_drawn: int
    """Since the start; `faces_reused` were in a kept stage."""
    faces_reused: int
    from_memory: int
    """Pictures found in memory since the start, and on disk."""
    from_disk: int
    jobs: tuple[int, ...]
    """Waiting, held or under way."""


WorkerEvent = (
    Hello
    | Heartbeat
    | Working
    | Idle
    | FrameSent
    | FrameFailed
    | Kept
    | Tracks
    | Progress
    | Said
    | SignalBlock
    | QualityBlock
    | Waveform
    | SoundPiece
    | SoundFailed
    | KeyframesFound
    | KeyframesSoFar
    | DetectionTried
    | Exports
    | Samples
    | JobDone
    | JobFailed
    | Figures
)
