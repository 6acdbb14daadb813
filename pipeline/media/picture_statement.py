"""What a picture file says about itself, written into its finished bytes: that it is synthetic, and how it was made.

PNG, JPEG and TIFF carry it as XMP (ISO 16684-1; places in the files: XMP specification, part 3), with the field that
asks where a picture comes from (IPTC photo metadata, Digital Source Type); EXR as its standard comment.
"""

import struct
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from pipeline.media.exr_header import with_comment
from pipeline.media.tiff_tag import with_tag

_PNG_HEADER_END = 8 + 25
_TIFF_XMP_TAG = 700
_BYTES = 1
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 Iptc4xmpExt:DigitalSourceType={source}>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{comment}</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def with_statement(file: bytes, codec: str, metadata: Mapping[str, str]) -> bytes:
    """`file`, written by FFmpeg's encoder `codec`, with `comment` and `digital_source_type` of `metadata`.

    Unchanged where there is nothing to say, or the format has no place for it.
    """
    comment = metadata.get("comment", "")
    if not comment:
        return file
    if codec == "exr":
        return with_comment(file, comment)
    packet = _PACKET.format(source=quoteattr(metadata.get("digital_source_type", "")), comment=escape(comment)).encode()
    if codec == "png":
        return _png(file, packet)
    if codec == "mjpeg":
        return _jpeg(file, packet)
    if codec == "tiff":
        return with_tag(file, _TIFF_XMP_TAG, _BYTES, packet)
    return file


def _png(file: bytes, packet: bytes) -> bytes:
    """An iTXt chunk after the header: keyword, not compressed, no language, no translated keyword."""
    body = b"iTXt" + b"XML:com.adobe.xmp\0\0\0\0\0" + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return file[:_PNG_HEADER_END] + chunk + file[_PNG_HEADER_END:]


def _jpeg(file: bytes, packet: bytes) -> bytes:
    """An APP1 segment behind the JFIF header."""
    body = b"http://ns.adobe.com/xap/1.0/\0" + packet
    place = 2
    while file[place : place + 2] == b"\xff\xe0":
        place += 2 + struct.unpack_from(">H", file, place + 2)[0]
    return file[:place] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + file[place:]
