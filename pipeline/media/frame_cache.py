"""Decoded pictures kept by least recent use, bounded by bytes rather than by number."""

from collections import OrderedDict

from pipeline.imaging.planes import Planes


class FrameCache:
    """Pictures by frame number; the least recently used go first when `capacity` bytes are passed."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._pictures: OrderedDict[int, Planes] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        return self._bytes

    def get(self, frame: int) -> Planes | None:
        picture = self._pictures.get(frame)
        if picture is not None:
            self._pictures.move_to_end(frame)
        return picture

    def put(self, picture: Planes) -> None:
        self.drop(picture.frame)
        size = _size(picture)
        if size > self._capacity:
            return
        self._pictures[picture.frame] = picture
        self._bytes += size
        while self._bytes > self._capacity:
            self.drop(next(iter(self._pictures)))

    def drop(self, frame: int) -> None:
        picture = self._pictures.pop(frame, None)
        if picture is not None:
            self._bytes -= _size(picture)

    def clear(self) -> None:
        self._pictures.clear()
        self._bytes = 0


def _size(picture: Planes) -> int:
    return sum(plane.nbytes for plane in picture.data)
