"""A plate's proxies: small pictures of all its frames, in stretches of which each is a file, made one after the other.

A frame is found by its number and its time together; a stretch that isn't there, or whose times are not the plate's,
counts as not made. The folder is a cache and may be deleted at any time.
"""

from collections import OrderedDict
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import MediaError
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_reader import PlateReader
from pipeline.media.proxy_file import ProxyFile

PROXY_EDGE = 960
"""Longest side of a proxy picture; smaller plates keep their size."""
STRETCH = 240
"""Frames a file: ten seconds are lost at most when making them is interrupted."""
FAR_FROM_SYNC = 60
"""Frames that may have to be decoded for one before proxies help."""
LARGE_PIXELS = 1920 * 1088
"""Pictures larger than this take long to decode and to show, however they are coded."""
_FILES_OPEN = 8


def proxies_help(reader: PlateReader) -> bool:
    """Whether a plate's own pictures come too late for a dragged playhead: large ones, and those far from a sync
    frame. A still never needs any."""
    info = reader.info
    return info.frames > 1 and (reader.longest_group > FAR_FROM_SYNC or info.width * info.height > LARGE_PIXELS)


def stretches(frames: int) -> list[range]:
    """The frames of each file of a plate."""
    return [range(start, min(start + STRETCH, frames)) for start in range(0, frames, STRETCH)]


def stretch_path(folder: Path, start: int) -> Path:
    """The file of the stretch that begins with a frame."""
    return folder / f"{start:08}.mov"


class Proxies:
    """Those of one plate, as far as they are made by now. Use by one thread.

    `pts` (frames,) and `time_base` are the plate reader's.
    """

    def __init__(self, folder: Path, pts: NDArray[np.int64], time_base: Fraction) -> None:
        self._folder, self._pts, self._time_base = folder, pts, time_base
        self._files: OrderedDict[int, ProxyFile] = OrderedDict()

    def picture(self, frame: int) -> ImageU8 | None:
        """A plate frame's proxy (h, w, 3) RGB 0..255; None where it isn't made, or is damaged."""
        start = frame - frame % STRETCH
        try:
            return self._file(start).picture(frame - start)
        except MediaError:
            if start in self._files:
                self._files.pop(start).close()
            return None

    def close(self) -> None:
        """Give the decoders back."""
        while self._files:
            self._files.popitem()[1].close()

    def _file(self, start: int) -> ProxyFile:
        """Raises MediaError."""
        if start not in self._files:
            pts = self._pts[start : start + STRETCH]
            self._files[start] = ProxyFile(stretch_path(self._folder, start), pts - pts[0], self._time_base)
        self._files.move_to_end(start)
        if len(self._files) > _FILES_OPEN:
            self._files.popitem(last=False)[1].close()
        return self._files[start]
