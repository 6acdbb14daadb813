"""Whether a stored H.264 or HEVC picture serves as a reference for others.

H.264: nal_ref_idc of its slices (ITU-T H.264, 7.4.1). HEVC: sub-layer non-reference slice types
(ITU-T H.265, table 7-1). In MP4, MOV and Matroska units carry a length, elsewhere a start code.
"""

from collections.abc import Iterator

_START_CODE = b"\x00\x00\x01"
_H264_SLICES = range(1, 6)
_HEVC_SLICES = range(32)
_HEVC_NON_REFERENCE = range(0, 16, 2)


def is_referenced(codec: str, extradata: bytes | None, packet: bytes) -> bool:
    """False only where the packet says that no other picture is predicted from it."""
    lengths = extradata is not None and extradata[:1] == b"\x01"
    size_at = {"h264": 4, "hevc": 21}.get(codec)
    if size_at is None:
        return True
    if lengths and extradata is not None and len(extradata) > size_at:
        units = _by_length(packet, (extradata[size_at] & 3) + 1)
    else:
        units = _by_start_code(packet)
    for head in units:
        if codec == "h264" and head & 0x1F in _H264_SLICES:
            return bool(head >> 5 & 3)
        if codec == "hevc" and (head >> 1 & 0x3F) in _HEVC_SLICES:
            return (head >> 1 & 0x3F) not in _HEVC_NON_REFERENCE
    return True


def _by_length(packet: bytes, width: int) -> Iterator[int]:
    """First byte of each unit; ends where a length does not fit the packet."""
    place = 0
    while place + width < len(packet):
        length = int.from_bytes(packet[place : place + width], "big")
        place += width
        if not 0 < length <= len(packet) - place:
            return
        yield packet[place]
        place += length


def _by_start_code(packet: bytes) -> Iterator[int]:
    place = packet.find(_START_CODE)
    while place >= 0 and place + 3 < len(packet):
        yield packet[place + 3]
        place = packet.find(_START_CODE, place + 3)
