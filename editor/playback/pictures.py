"""Pictures that came from the worker, kept by what they show, so that a step back or an undo shows at once.

A result's picture belongs to a recipe, not to a moment: after an undo the old one is found again.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from editor.document.document import Document
from editor.playback.picture_keys import PictureKeys
from pipeline.ipc.messages import FrameFacts, Layer
from pipeline.project.project import MarkPlace, Project, Quality

KEPT_BYTES = 160_000_000
PROXY = "proxy"
"""In the key of a plate's proxies."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One layer of one frame as it is shown."""

    frame: int
    layer: Layer
    image: QImage
    facts: FrameFacts

    @property
    def complete(self) -> bool:
        return not self.facts.missing

    @property
    def reduced(self) -> bool:
        """Whether it is smaller than the plate's picture."""
        return self.image.width() < self.facts.size[0]


class Pictures(QObject):
    """The store of pictures, and what is still wanted of the worker."""

    wanted = Signal(int, str, bool)
    """A frame and a layer that nobody has yet, and whether a proxy will do; a later one of the same layer takes its
    place."""
    wanted_ahead = Signal(int, str)
    """The same for a frame that will be shown soon; others stay wanted beside it."""
    arrived = Signal(int, str)
    """A frame and a layer that can be shown now."""
    proxy_arrived = Signal(int)
    """A frame whose proxy can be shown now."""
    failed = Signal(int, str)
    """A frame and a layer that can't be made."""
    quality_changed = Signal()

    def __init__(self, document: Document, kept_bytes: int = KEPT_BYTES, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._kept_bytes = kept_bytes
        self._bytes = 0
        self._pictures: OrderedDict[Hashable, Picture] = OrderedDict()
        self._latest: dict[tuple[int, Layer], Hashable] = {}
        self._problems: dict[Hashable, str] = {}
        self.whole_size = True
        """Whether pictures are wanted at the plate's full size; else a smaller one will do."""
        self._quality: Quality = "draft"
        self._keys = PictureKeys()
        document.opened.connect(self.clear)

    @property
    def quality(self) -> Quality:
        """In which quality pictures are wanted."""
        return self._quality

    def want_quality(self, quality: Quality) -> None:
        """Have pictures in another quality from now on; those of the one before are kept."""
        if quality != self._quality:
            self._quality = quality
            self.quality_changed.emit()

    def key(self, frame: int, layer: Layer, made_of: Project | None = None, quality: Quality | None = None) -> Hashable:
        """What a picture is kept under, of the document as it is now or as it was; None: in the quality wanted now."""
        return self._keys.key(made_of or self._document.project, frame, layer, quality or self._quality)

    @property
    def held_bytes(self) -> int:
        """Memory of the pictures that are kept: no more than was allowed."""
        return self._bytes

    @property
    def mark_place(self) -> MarkPlace:
        """The corner of a result in which its mark stands."""
        return self._document.project.policy.mark_place

    def has(self, frame: int, layer: Layer) -> bool:
        """Whether the picture can be shown at once, as the document is now."""
        return self.key(frame, layer) in self._pictures

    def picture(self, frame: int, layer: Layer) -> Picture | None:
        """The picture as the document is now; None where it has to be asked for."""
        key = self.key(frame, layer)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
        return found

    def earlier(self, frame: int, layer: Layer) -> Picture | None:
        """The frame's picture from before the last edits, to show until the new one is there."""
        key = self._latest.get((frame, layer))
        return None if key is None else self._pictures.get(key)

    def proxy(self, frame: int, layer: Layer) -> Picture | None:
        """The plate's proxy, for the plate or, until the face is drawn, for the result; None where none has come."""
        found = self._pictures.get((frame, PROXY)) if layer in ("plate", "result") else None
        if found is not None:
            self._pictures.move_to_end((frame, PROXY))
        return found

    def ask(self, frame: int, layers: Iterable[Layer], *, dragged: bool = False) -> None:
        """Want these layers of a frame; those that aren't kept, or wait for something, are asked for. While the
        playhead is `dragged`, a proxy will do."""
        for layer in layers:
            found = self.picture(frame, layer)
            if dragged and (found is not None or self.proxy(frame, layer) is not None):
                continue
            if found is None or not found.complete or (self.whole_size and found.reduced):
                self.wanted.emit(frame, layer, dragged)

    def ask_ahead(self, frames: Iterable[int], layers: Iterable[Layer]) -> None:
        """Want frames that come next; those that can be shown, or can't be made, are left out."""
        wanted = tuple(layers)
        for frame in frames:
            for layer in wanted:
                if not self.settled(frame, layer):
                    self.wanted_ahead.emit(frame, layer)

    def settled(self, frame: int, layer: Layer) -> bool:
        """Whether nothing is to be waited for: the picture is there, or it can't be made."""
        key = self.key(frame, layer)
        return key in self._pictures or key in self._problems

    def problem(self, frame: int, layer: Layer) -> str:
        """Why a picture can't be made, in a sentence; empty where nothing is known to be wrong."""
        return self._problems.get(self.key(frame, layer), "")

    def fail(self, key: Hashable, frame: int, layer: Layer, problem: str) -> None:
        """Note that a picture can't be made, under the key it was asked with."""
        self._problems[key] = problem
        self.failed.emit(frame, layer)

    def forget_problems(self) -> None:
        """What could not be made may be asked for again."""
        self._problems.clear()

    def put(self, key: Hashable, picture: Picture) -> None:
        """Keep a picture that came, under the key of what it was made of."""
        self._problems.pop(key, None)
        self._keep(key, picture)
        self._latest[(picture.frame, picture.layer)] = key
        self.arrived.emit(picture.frame, picture.layer)

    def put_proxy(self, picture: Picture) -> None:
        """Keep a proxy that came: never in place of the frame's own picture."""
        self._keep((picture.frame, PROXY), picture)
        self.proxy_arrived.emit(picture.frame)

    def _keep(self, key: Hashable, picture: Picture) -> None:
        old = self._pictures.pop(key, None)
        if old is not None:
            self._bytes -= old.image.sizeInBytes()
        self._pictures[key] = picture
        self._bytes += picture.image.sizeInBytes()
        while self._bytes > self._kept_bytes and len(self._pictures) > 1:
            _, gone = self._pictures.popitem(last=False)
            self._bytes -= gone.image.sizeInBytes()

    def ready_frames(self, layer: Layer) -> list[int]:
        """Frames whose picture can be shown at once, ascending: the cache bar."""
        return sorted(
            each.frame
            for key, each in self._pictures.items()
            if each.layer == layer and key == self.key(each.frame, layer)
        )

    def clear(self) -> None:
        """Forget everything: another project, or another analysis."""
        self._quality = "draft"
        self._pictures.clear()
        self._latest.clear()
        self._problems.clear()
        self._bytes = 0
