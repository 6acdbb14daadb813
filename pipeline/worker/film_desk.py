"""Pictures of another film, to compare with: decoded by a thread of its own, the latest request alone."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.errors import LikenessError, MediaNotFound, MediaUnreadable, RangeError
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.reduced import reduced
from pipeline.imaging.view import DisplayView
from pipeline.ipc.exported import Export
from pipeline.ipc.messages import FILM_PANE, Exports, FrameFacts, FrameFailed, Size
from pipeline.ipc.requests import WantFilm
from pipeline.jobs.plate_sound import plate_times
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.timebase import Rational, timecode_of
from pipeline.provenance.export_log import exports_of, last_export, last_export_of
from pipeline.worker.desk import Desk
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Send
from pipeline.worker.outcome import notice_of

_DECODED_BYTES = 32 << 20
_EARLY = Fraction(1, 4)
"""Of a frame: times that containers round count as the frame's own."""

_Made = tuple[ImageU8, FrameFacts]


@dataclass(frozen=True, slots=True, eq=False)
class _Plate:
    """What of a plate a film is laid beside."""

    identity: str
    times: Sequence[Fraction]
    size: Size


@dataclass(frozen=True, slots=True, eq=False)
class _Film:
    """A film at work. `first` is the plate's frame that it begins with."""

    identity: str
    path: Path
    reader: PlateReader
    view: DisplayView
    times: Sequence[Fraction]
    first: int


class FilmDesk:
    """Keeps the film that was looked at last open. `want` and `tell_exports` may be called by any thread."""

    def __init__(self, document: WorkingDocument, send: Send, hand_out: Callable[[ImageU8, FrameFacts], None]) -> None:
        self._document, self._send, self._hand_out = document, send, hand_out
        self._plate: _Plate | None = None
        self._film: _Film | None = None
        self._latest = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="film")

    def want(self, request: WantFilm) -> None:
        """Answer with a picture, or `FrameFailed`; not at all where a later request has come meanwhile."""
        self._latest = request.generation
        self._thread.submit(self._made, request).add_done_callback(partial(self._answer, request))

    def tell_exports(self, plate: str) -> None:
        """Answer with `Exports`; not at all where the document has no such plate."""
        self._thread.submit(self._told, plate)

    def close(self) -> None:
        """Read no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._put_away()

    def _made(self, request: WantFilm) -> _Made | None:
        """None: a later request has come."""
        return self._picture(request) if request.generation == self._latest else None

    def _told(self, plate: str) -> None:
        found, _ = self._document.plate(plate)
        exports = tuple(
            Export(
                path=each.result,
                time=each.time,
                quality=each.quality,
                first=each.first_frame,
                last=each.last_frame,
            )
            for each in exports_of(found.sha256)
        )
        self._send(Exports(plate=plate, exports=exports))

    def _answer(self, request: WantFilm, done: "Future[_Made | None]") -> None:
        if done.cancelled():
            return
        error = done.exception()
        if error is None:
            made = done.result()
            if made is not None:
                self._hand_out(*made)
            return
        notice = notice_of(error)
        self._send(
            FrameFailed(
                pane=FILM_PANE, generation=request.generation, plate=request.plate, frame=request.frame, error=notice
            )
        )

    def _picture(self, request: WantFilm) -> _Made:
        """Raises LikenessError: no such film, it doesn't fit the plate, or it shows nothing at that frame."""
        plate = self._plate_of(request.plate)
        film = self._film_of(request, plate)
        number = frame_beside(film.times, plate.times, film.first, request.frame)
        if number is None:
            raise RangeError(f"{film.path.name} {_span_told(film, plate)}, not {request.frame}.")
        picture = reduced(film.view.rgb8(film.reader.read(number)), request.max_size)
        info = film.reader.info
        facts = FrameFacts(
            pane=FILM_PANE,
            generation=request.generation,
            plate=request.plate,
            frame=request.frame,
            pts=int(film.reader.pts[number]),
            time_base=Rational.of(info.time_base),
            timecode=timecode_of(number, info.rate, info.first_timecode),
            layer="plate",
            quality="final",
            size=plate.size,
            film=str(film.path),
        )
        return np.ascontiguousarray(picture), facts

    def _plate_of(self, plate: str) -> _Plate:
        found, path = self._document.plate(plate)
        identity = Desk.identity_of(path, found.colour_space)
        if self._plate is None or self._plate.identity != identity:
            with open_plate(path, cache_bytes=_DECODED_BYTES, colour_space=found.colour_space) as reader:
                self._plate = _Plate(identity, plate_times(reader), view_of(reader.info).size)
        return self._plate

    def _film_of(self, request: WantFilm, plate: _Plate) -> _Film:
        found, _ = self._document.plate(request.plate)
        if request.film is None:
            entry = last_export_of(found.sha256)
            if entry is None:
                raise MediaNotFound(
                    "No export of this plate is there: export a result first, or choose a film to compare with."
                )
        else:
            entry = last_export(Path(request.film))
            entry = None if entry is None or entry.plate_sha256 != found.sha256 else entry
        path = Path(entry.result if entry is not None else str(request.film))
        # A result is coded as its plate is; any other film is what it says itself.
        colour_space = None if entry is None else found.colour_space
        first = 0 if entry is None else entry.first_frame
        identity = f"{Desk.identity_of(path, colour_space)} {first} {plate.identity}"
        if self._film is None or self._film.identity != identity:
            self._put_away()
            self._film = _opened(identity, path, colour_space, first, plate)
        return self._film

    def _put_away(self) -> None:
        film, self._film = self._film, None
        if film is not None:
            film.reader.close()


def frame_beside(film: Sequence[Fraction], plate: Sequence[Fraction], first: int, frame: int) -> int | None:
    """The frame that a film shows where a plate shows `frame`, when it begins with the plate's frame `first`.

    `film`, `plate`: when each frame is shown, in seconds, ascending. None: the film has not begun, or has ended.
    """
    if not first <= frame < len(plate):
        return None
    length = min((after - before for before, after in pairwise(film)), default=Fraction(0))
    last = film[-1] - film[0] + (film[-1] - film[-2] if len(film) > 1 else Fraction(0))
    at = plate[frame] - plate[first] + _EARLY * length
    if at >= last > 0 or (last == 0 and frame != first):
        return None
    return bisect_right(film, film[0] + at) - 1


def _opened(identity: str, path: Path, colour_space: str | None, first: int, plate: _Plate) -> _Film:
    """Raises MediaError: the film can't be read, or is of another size than the plate."""
    reader = open_plate(path, cache_bytes=_DECODED_BYTES, colour_space=colour_space)
    try:
        view = view_of(reader.info)
        if view.size != plate.size:
            raise MediaUnreadable(
                f"{path.name} is {_size_told(view.size)} and the plate {_size_told(plate.size)}: only a film of the "
                "plate's own size can be compared with it."
            )
        return _Film(identity, path, reader, view, plate_times(reader), first)
    except LikenessError:
        reader.close()
        raise


def _span_told(film: _Film, plate: _Plate) -> str:
    shown = [
        each
        for each in range(film.first, len(plate.times))
        if frame_beside(film.times, plate.times, film.first, each) is not None
    ]
    return f"shows frames {shown[0]} to {shown[-1]} of the plate" if shown else "shows no frame of the plate"


def _size_told(size: Size) -> str:
    return f"{size[0]} × {size[1]}"
