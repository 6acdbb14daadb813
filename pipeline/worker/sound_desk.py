"""Sound for playing: stretches of a plate's, decoded by a thread of its own, so that it waits for no picture."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import LikenessError
from pipeline.ipc.arrays import packed
from pipeline.ipc.messages import SoundFailed, SoundPiece
from pipeline.ipc.requests import WantSound
from pipeline.jobs.plate_sound import plate_times
from pipeline.media.played_sound import PlayedSound
from pipeline.media.reader import open_plate
from pipeline.media.sound_reader import heard_stream
from pipeline.worker.document import WorkingDocument
from pipeline.worker.job import Send
from pipeline.worker.outcome import notice_of

_PROBE_BYTES = 1 << 20


class SoundDesk:
    """Keeps the sound that was played last open. `want` may be called by any thread."""

    def __init__(self, document: WorkingDocument, send: Send) -> None:
        self._document, self._send = document, send
        self._open: tuple[Path, PlayedSound | None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sound")

    def want(self, request: WantSound) -> None:
        """Answer with a `SoundPiece`, or `SoundFailed`."""
        self._thread.submit(self._answer, request)

    def close(self) -> None:
        """Read no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _answer(self, request: WantSound) -> None:
        try:
            sound = self._sound(request.plate)
            samples = None if sound is None else packed(sound.read(request.start, request.count))
        except LikenessError as error:
            self._open = None
            self._send(SoundFailed(plate=request.plate, start=request.start, error=notice_of(error)))
        else:
            self._send(SoundPiece(plate=request.plate, start=request.start, samples=samples))

    def _sound(self, plate: str) -> PlayedSound | None:
        found, path = self._document.plate(plate)
        if self._open is None or self._open[0] != path:
            sound = None
            with open_plate(path, cache_bytes=_PROBE_BYTES, colour_space=found.colour_space) as reader:
                if reader.info.kind == "film" and reader.info.audio:
                    first = plate_times(reader)[0]
                    stream = heard_stream(path, first)
                    sound = None if stream is None else PlayedSound(path, stream, first)
            self._open = path, sound
        return self._open[1]
