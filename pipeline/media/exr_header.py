"""The gamut and the comment of an OpenEXR file, put into its finished bytes (FFmpeg's encoder states neither).

Layout: "OpenEXR File Layout", Technical documentation, sections "Header" and "Offset table": a header of
attributes ends with a zero byte; then follow 64 bit file offsets of the blocks, which move with the header.
"""

import struct

from pipeline.imaging.gamut import CHROMATICITIES
from pipeline.imaging.planes import Primaries

_START = 8
_OFFSET = struct.Struct("<Q")


def with_chromaticities(file: bytes, primaries: Primaries) -> bytes:
    """`file`, a single-part EXR, with the attribute that names its red, green, blue and white."""
    points = [value for point in CHROMATICITIES[primaries] for value in point]
    return _with_attribute(file, b"chromaticities\0chromaticities\0" + struct.pack("<I8f", 32, *points))


def with_comment(file: bytes, text: str) -> bytes:
    """`file`, a single-part EXR, with the standard attribute `comments`."""
    value = text.encode()
    return _with_attribute(file, b"comments\0string\0" + struct.pack("<I", len(value)) + value)


def _with_attribute(file: bytes, attribute: bytes) -> bytes:
    """The header one attribute longer, and the offsets of the blocks moved with them."""
    end = _header_end(file)
    table = end + 1
    (first_block,) = _OFFSET.unpack_from(file, table)
    offsets = struct.unpack_from(f"<{(first_block - table) // _OFFSET.size}Q", file, table)
    moved = struct.pack(f"<{len(offsets)}Q", *(each + len(attribute) for each in offsets))
    return file[:end] + attribute + b"\0" + moved + file[first_block:]


def _header_end(file: bytes) -> int:
    """Where the zero byte lies that ends the attributes (name, type, size, value; names end with a zero byte)."""
    place = _START
    while file[place]:
        place = file.index(b"\0", file.index(b"\0", place) + 1) + 1
        (size,) = struct.unpack_from("<I", file, place)
        place += 4 + size
    return place
