"""An identity for MXF files that follows from what is in them.

Asked for repeatable bytes, FFmpeg's MXF muxer writes the same all-zero material number (SMPTE ST 330) into every
file, and editing systems that link by it would take one film for another. Here the number is filled in
while the file is written.
"""

from typing import BinaryIO

_BASIC = bytes.fromhex("060a2b340101010501010d0013") + bytes(3)
_NUMBER_BYTES = 15
_BLANK = _BASIC + bytes(_NUMBER_BYTES)


class MxfIdentityFile:
    """A file that an MXF is written into, with `digest` in place of the blank material number.

    Takes the place of the file given to the muxer; `flush` it before the file itself is closed.
    """

    def __init__(self, file: BinaryIO, digest: bytes) -> None:
        self._file = file
        self._stamped = _BASIC + digest[:_NUMBER_BYTES].ljust(_NUMBER_BYTES, b"\1")
        self._held = b""

    def write(self, data: bytes) -> int:
        """Write, holding back as many bytes as a number that is cut by the end of `data` may have."""
        pending = (self._held + data).replace(_BLANK, self._stamped)
        keep = len(_BLANK) - 1
        self._file.write(pending[:-keep])
        self._held = pending[-keep:]
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self.flush()
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell() + len(self._held)

    def flush(self) -> None:
        """Write what was held back."""
        self._file.write(self._held)
        self._held = b""
