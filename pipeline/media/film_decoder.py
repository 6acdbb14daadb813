"""Frames of a film, and for a damaged one the decoder's best guess beside the error.

Two decoders, because strictness cannot be changed once one is open: the strict one judges, and the
lenient one, opened at the first damage, shows what players would.
"""

from pipeline.errors import FrameUnreadable
from pipeline.imaging.planes import Planes
from pipeline.media.film_cursor import FilmCursor
from pipeline.media.film_index import FilmIndex
from pipeline.media.plate_info import PlateInfo


class FilmDecoder:
    """Owns the cursors of one thread."""

    def __init__(self, info: PlateInfo, index: FilmIndex, threads: int) -> None:
        self._info = info
        self._index = index
        self._threads = threads
        self._strict = FilmCursor(info, index, threads)
        self._lenient: FilmCursor | None = None

    def fetch(self, frame: int) -> Planes:
        """The picture of `frame`.

        Raises
        ------
        FrameUnreadable
            The frame is damaged; its `concealed` is the picture players show in its place, None for none.
        SizeChanged, UnsupportedFormat, MediaUnreadable
        """
        try:
            return self._strict.fetch(frame)
        except FrameUnreadable as error:
            raise FrameUnreadable(str(error), frame, self._guess(frame)) from error

    def close(self) -> None:
        self._strict.close()
        if self._lenient is not None:
            self._lenient.close()

    def _guess(self, frame: int) -> Planes | None:
        if self._lenient is None:
            self._lenient = FilmCursor(self._info, self._index, self._threads, strict=False)
        try:
            return self._lenient.fetch(frame)
        except FrameUnreadable:
            return None
