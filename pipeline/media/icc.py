"""ICC profiles into finished picture files, chunk by chunk.

PNG: an `iCCP` chunk before the pixels (PNG specification, 11.3.2.3). JPEG: `ICC_PROFILE` segments of at most
65,519 bytes (ICC.1:2022, annex B.4). TIFF: tag 34675 in the first directory (annex B.3).
"""

import struct
import zlib

from pipeline.media.tiff_tag import with_tag

_JPEG_PART = 65519
_TIFF_PROFILE_TAG = 34675
_UNDEFINED_BYTES = 7


def embed_profile(file: bytes, codec: str, profile: bytes) -> bytes:
    """`file`, written by FFmpeg's encoder `codec`, with `profile`; unchanged where the format has no place for it."""
    if codec == "png":
        return _png(file, profile)
    if codec == "mjpeg":
        return _jpeg(file, profile)
    if codec == "tiff":
        return with_tag(file, _TIFF_PROFILE_TAG, _UNDEFINED_BYTES, profile)
    return file


def _png(file: bytes, profile: bytes) -> bytes:
    header_end = 8 + 25
    body = b"iCCP" + b"ICC profile\0\0" + zlib.compress(profile, 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return file[:header_end] + chunk + _without_chunks(file[header_end:], {b"sRGB", b"gAMA", b"cHRM", b"cICP"})


def _without_chunks(chunks: bytes, names: set[bytes]) -> bytes:
    """PNG chunks without those a profile stands above; contradicting ones confuse readers."""
    kept = []
    place = 0
    while place < len(chunks):
        (size,) = struct.unpack_from(">I", chunks, place)
        if chunks[place + 4 : place + 8] not in names:
            kept.append(chunks[place : place + 12 + size])
        place += 12 + size
    return b"".join(kept)


def _jpeg(file: bytes, profile: bytes) -> bytes:
    parts = [profile[place : place + _JPEG_PART] for place in range(0, len(profile), _JPEG_PART)]
    segments = []
    for number, part in enumerate(parts, 1):
        body = b"ICC_PROFILE\0" + bytes((number, len(parts))) + part
        segments.append(b"\xff\xe2" + struct.pack(">H", len(body) + 2) + body)
    place = 2
    while file[place : place + 2] == b"\xff\xe0":
        place += 2 + struct.unpack_from(">H", file, place + 2)[0]
    return file[:place] + b"".join(segments) + file[place:]
