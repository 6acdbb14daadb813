"""Code values under a pointer: read by a thread of its own, the latest request alone, so that no picture waits for it.

The lane's last decoded picture and the kept steps of the result are used where they are the frame's; else the frame is
decoded and drawn here once, and kept while somebody points at it.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import msgspec
import numpy as np

from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.errors import ProjectError
from pipeline.imaging.arrays import AnyArray, Rect
from pipeline.imaging.coded_samples import channel_names, samples_under
from pipeline.imaging.planes import Planes
from pipeline.ipc.requests import WantSamples
from pipeline.ipc.samples import ChannelSamples, SampleKind, Samples
from pipeline.jobs.render_request import Compute
from pipeline.media.plate_info import PlateInfo
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.worker.desk import Desk
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Send
from pipeline.worker.outcome import notice_of
from pipeline.worker.stages import Recipe, Stages

_READ_BYTES = 1 << 20
"""The one frame that is pointed at is kept beside the decoder."""
_Read = tuple[tuple[ChannelSamples, ...], PlateInfo]


class SampleDesk:
    """`want` may be called by any thread."""

    def __init__(self, document: WorkingDocument, desks: Desks, stages: Stages, compute: Compute, send: Send) -> None:
        self._document, self._desks, self._stages, self._compute, self._send = document, desks, stages, compute, send
        self._swapper = MeshSwapper(1)
        self._reader: tuple[str, PlateReader] | None = None
        self._decoded: tuple[str, Planes] | None = None
        self._finished: tuple[str, Planes] | None = None
        self._latest = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="samples")

    def want(self, request: WantSamples) -> None:
        """Answer with `Samples`; not at all where a later request has come meanwhile."""
        self._latest = request.generation
        self._thread.submit(self._read, request).add_done_callback(partial(self._answer, request))

    def close(self) -> None:
        """Read no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._put_away()

    def _answer(self, request: WantSamples, done: "Future[_Read | None]") -> None:
        if done.cancelled():
            return
        error = done.exception()
        found = None if error is not None else done.result()
        answer = Samples(generation=request.generation, plate=request.plate, frame=request.frame)
        if error is not None:
            self._send(_told(answer, problem=notice_of(error).message))
        elif found is not None:
            self._send(_told(answer, *found))

    def _read(self, request: WantSamples) -> _Read | None:
        """None: a later request has come. Raises LikenessError."""
        if request.generation != self._latest:
            return None
        desk = next((each for each in self._desks.open_ones() if each.plate == request.plate), None)
        if desk is None:
            raise ProjectError("No picture of this plate is open, so there is no code value to be read.")
        rect = desk.view.under(Rect(*request.rect))
        plate = self._planes(desk, request.frame)
        shown = self._drawn(desk, request, plate)
        samples = samples_under(shown, rect)
        if request.layer == "difference":
            samples = tuple(
                after.astype(np.float64) - before
                for after, before in zip(samples, samples_under(plate, rect), strict=True)
            )
        names = channel_names(shown.format)
        return tuple(_summed(name, each) for name, each in zip(names, samples, strict=True)), desk.reader.info

    def _planes(self, desk: Desk, frame: int) -> Planes:
        """The plate's own samples."""
        last, key = desk.last_decoded, f"{desk.identity} {frame}"
        if last is not None and last.frame == frame:
            return last
        if self._decoded is None or self._decoded[0] != key:
            self._decoded = None
            self._decoded = key, self._own_reader(desk).read(frame)
        return self._decoded[1]

    def _own_reader(self, desk: Desk) -> PlateReader:
        """A decoder of its own, since the desk's is the lane's."""
        if self._reader is None or self._reader[0] != desk.identity:
            self._put_away()
            opened = open_plate(desk.path, cache_bytes=_READ_BYTES, threads=1, colour_space=desk.colour_space)
            self._reader = desk.identity, opened
        return self._reader[1]

    def _drawn(self, desk: Desk, request: WantSamples, plate: Planes) -> Planes:
        """What the encoder would get; the plate's own samples where no face can be drawn yet."""
        if request.layer in ("plate", "alpha"):
            return plate
        asked = self._document.request(request.plate, request.quality, self._compute)
        choice = desk.choice(asked) if asked.faces else None
        if choice is None or choice.faces is None or choice.digests is None:
            return plate
        faces = tuple(replace(each, swapper=self._swapper) for each in choice.faces)
        recipe = Recipe(desk.view, faces, choice.digests, asked.mark)
        key = f"{desk.identity} {recipe.key(request.frame)}"
        if self._finished is None or self._finished[0] != key:
            self._finished = key, self._stages.finished(recipe, plate)
        return self._finished[1]

    def _put_away(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader[1].close()


def _summed(name: str, samples: AnyArray) -> ChannelSamples:
    values = samples.astype(np.float64)
    return ChannelSamples(name=name, mean=float(values.mean()), low=float(values.min()), high=float(values.max()))


def _told(
    answer: Samples, channels: tuple[ChannelSamples, ...] = (), info: PlateInfo | None = None, problem: str = ""
) -> Samples:
    if info is None:
        return msgspec.structs.replace(answer, problem=problem)
    return msgspec.structs.replace(answer, channels=channels, depth=info.format.depth, kind=_kind(info))


def _kind(info: PlateInfo) -> SampleKind:
    if info.format.is_float:
        return "half" if "f16" in info.coded_format else "float"
    return "legal" if info.colour.range == "limited" else "full"
