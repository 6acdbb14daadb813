"""The plate's sound in pieces of a second, as the worker decodes them; kept by bytes, asked for once."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from editor.document.document import Document
from pipeline.ipc.messages import SOUND_RATE

SAMPLE_BYTES = 4
"""Left and right, int16."""
PIECE = SOUND_RATE
"""Samples."""
KEPT_PIECES = 300
"""58 MB."""


class SoundStore(QObject):
    """Pieces by number; piece `n` begins with sample `n` · PIECE."""

    wanted = Signal(int)
    """A piece that nobody has yet."""
    failed = Signal(str)
    """Why the plate's sound can't be read; told once a project."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._pieces: OrderedDict[int, bytes] = OrderedDict()
        self._asked: set[int] = set()
        self._has_failed = False
        document.opened.connect(self._start_over)

    def read(self, sample: int, count: int) -> bytes | None:
        """Up to `count` samples from one on, to the end of its piece; None, and asked for, where it isn't there."""
        number, offset = divmod(sample, PIECE)
        piece = self._pieces.get(number)
        if piece is None:
            self.ask(number)
            return None
        self._pieces.move_to_end(number)
        return piece[offset * SAMPLE_BYTES : (offset + count) * SAMPLE_BYTES]

    def ask(self, *numbers: int) -> None:
        """Want pieces that will be played soon."""
        for number in numbers:
            if number >= 0 and number not in self._pieces and number not in self._asked:
                self._asked.add(number)
                self.wanted.emit(number)

    def put(self, plate: str, start: int, samples: bytes) -> None:
        """Keep a piece that came."""
        shown = self._document.plate
        number = start // PIECE
        if shown is None or shown.id != plate or number not in self._asked:
            return
        self._asked.discard(number)
        self._pieces[number] = samples
        if len(self._pieces) > KEPT_PIECES:
            self._pieces.popitem(last=False)

    def fail(self, plate: str, problem: str) -> None:
        """A piece can't be read: it is silence."""
        shown = self._document.plate
        if shown is not None and shown.id == plate and not self._has_failed:
            self._has_failed = True
            self.failed.emit(problem)

    def ask_again(self) -> None:
        """What was asked for isn't coming: whoever was to answer is gone."""
        self._asked.clear()

    def _start_over(self) -> None:
        self._pieces.clear()
        self._asked.clear()
        self._has_failed = False
