"""One more tag in the first directory of a finished TIFF file.

The directory is written anew behind everything else, in the order of its tags (TIFF 6.0, section 2); what lies in the
file keeps its place.
"""

import struct

_ENTRY = 12
_INLINE = 4


def with_tag(file: bytes, tag: int, kind: int, value: bytes) -> bytes:
    """`file` with `tag` of the one-byte type `kind` (1 BYTE, 7 UNDEFINED); `value` is longer than four bytes."""
    if len(value) <= _INLINE:
        raise ValueError("A value of four bytes or less lies in the entry itself, which isn't written here.")
    order = "<" if file[:2] == b"II" else ">"
    (directory,) = struct.unpack_from(f"{order}I", file, 4)
    (count,) = struct.unpack_from(f"{order}H", file, directory)
    first = directory + 2
    entries = [file[first + _ENTRY * number : first + _ENTRY * (number + 1)] for number in range(count)]
    padding = b"\0" * (len(file) % 2)
    value_at = len(file) + len(padding)
    tail = b"\0" * (len(value) % 2)
    entries.append(struct.pack(f"{order}HHII", tag, kind, len(value), value_at))
    entries.sort(key=lambda entry: struct.unpack_from(f"{order}H", entry)[0])
    new_directory = value_at + len(value) + len(tail)
    head = file[:4] + struct.pack(f"{order}I", new_directory) + file[8:]
    table = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + struct.pack(f"{order}I", 0)
    return head + padding + value + tail + table
