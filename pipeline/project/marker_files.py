"""Markers as lists that other programs read and write: CSV, an EDL of DaVinci Resolve, an XML sequence of Premiere Pro.

- CSV: `frame,timecode,name,colour,note`. Read with commas, semicolons or tabs, UTF-8 or UTF-16, and under the column
  names of Premiere's own list of markers (*Marker Name*, *Description*, *In*) as well.
- EDL: what Resolve calls "Timeline Markers to EDL": CMX 3600 events of one frame, each followed by a line
  `NOTE |C:ResolveColorBlue |M:NAME |D:1`. `* LOC:` lines, which other programs write, are read too.
- XML: Final Cut Pro 7's interchange format (xmeml 4), a sequence of the plate's length that carries the markers.

EDL and CSV place a marker by its timecode, counted from the plate's first one; a `frame` column goes before it.
"""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from pipeline.errors import ProjectError, RangeError
from pipeline.project.marker import MARKER_COLOURS, Marker, MarkerColour
from pipeline.project.project import Plate
from pipeline.project.timebase import nominal_rate, parse_timecode, timecode_of

_Way = TypeVar("_Way")
_TO_RESOLVE: dict[MarkerColour, str] = {
    "blue": "Blue",
    "cyan": "Cyan",
    "green": "Green",
    "yellow": "Yellow",
    "red": "Red",
    "pink": "Pink",
    "purple": "Purple",
    "grey": "Cream",
}
_NEAREST: dict[str, MarkerColour] = {
    **{theirs.lower(): ours for ours, theirs in _TO_RESOLVE.items()},
    **dict.fromkeys(("cocoa", "gray", "white", "black"), "grey"),
    **dict.fromkeys(("fuchsia", "rose"), "pink"),
    **dict.fromkeys(("lavender", "magenta"), "purple"),
    **dict.fromkeys(("lemon", "sand", "orange"), "yellow"),
    "mint": "green",
    "sky": "cyan",
}
_COLUMNS = {
    "frame": ("frame",),
    "timecode": ("timecode", "in", "record in", "start"),
    "name": ("name", "marker name"),
    "colour": ("colour", "color"),
    "note": ("note", "notes", "description", "comment", "comments"),
}
_EVENT = re.compile(r"^\d+\s+\S+\s+\S+\s+\S+\s+(?:\S+\s+){2}(\d\d:\d\d:\d\d[:;.,]\d{2,3})\s+\d\d:")
_RESOLVE = re.compile(r"^(.*?)\s*\|C:ResolveColor(\w+)\s*\|M:(.*?)\s*(?:\|D:\d+)?\s*$")
_LOCATOR = re.compile(r"^\*\s*LOC:\s*(\d\d:\d\d:\d\d[:;.,]\d{2,3})\s+(\w+)\s*(.*?)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkerLine:
    """One line of such a list; `frame` is counted from the plate's first and may lie outside of it."""

    frame: int
    name: str = ""
    colour: MarkerColour = "blue"
    note: str = ""


def written(ending: str, markers: Sequence[Marker], plate: Plate, title: str) -> str:
    """The markers as the text of a file with that ending. Raises ProjectError: no such list."""
    return _of(ending, _WRITERS)(markers, plate, title)


def read(ending: str, content: bytes, plate: Plate) -> list[MarkerLine]:
    """What a file with that ending lists, in its order. Raises ProjectError: it is no such list."""
    parse = _of(ending, _READERS)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return list(parse(content.decode(encoding), plate))
    except (UnicodeDecodeError, csv.Error, ET.ParseError, RangeError, ValueError) as error:
        raise ProjectError(f"This is no list of markers that can be read: {error}") from error


def _of(ending: str, known: Mapping[str, _Way]) -> _Way:
    found = known.get(ending.lower())
    if found is None:
        raise ProjectError(f"Markers are listed in files ending in {', '.join(known)}; {ending or 'none'} is another.")
    return found


def _write_csv(markers: Sequence[Marker], plate: Plate, title: str) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("frame", "timecode", "name", "colour", "note"))
    for each in markers:
        lines.writerow((each.frame, _timecode(each.frame, plate), each.name, each.colour, each.note))
    return text.getvalue()


def _write_edl(markers: Sequence[Marker], plate: Plate, title: str) -> str:
    drop = ";" in _timecode(0, plate)
    lines = [f"TITLE: {_one_line(title)}", f"FCM: {'DROP FRAME' if drop else 'NON-DROP FRAME'}", ""]
    for number, each in enumerate(markers, 1):
        span = f"{_timecode(each.frame, plate)} {_timecode(each.frame + 1, plate)}"
        lines.append(f"{number:03}  001      V     C        {span} {span}  ")
        name = _one_line(each.name) or f"Marker {number}"
        lines.append(f"{_one_line(each.note)} |C:ResolveColor{_TO_RESOLVE[each.colour]} |M:{name} |D:1")
        lines.append("")
    return "\n".join(lines)


def _write_xml(markers: Sequence[Marker], plate: Plate, title: str) -> str:
    root = ET.Element("xmeml", version="4")
    sequence = ET.SubElement(root, "sequence")
    _put(sequence, "name", title)
    _put(sequence, "duration", plate.frames)
    _put_rate(sequence, plate)
    timecode = ET.SubElement(sequence, "timecode")
    _put_rate(timecode, plate)
    first = _timecode(0, plate)
    _put(timecode, "string", first)
    _put(timecode, "frame", parse_timecode(first, plate.rate.fraction))
    _put(timecode, "displayformat", "DF" if ";" in first else "NDF")
    video = ET.SubElement(ET.SubElement(sequence, "media"), "video")
    shape = ET.SubElement(ET.SubElement(video, "format"), "samplecharacteristics")
    _put(shape, "width", plate.width)
    _put(shape, "height", plate.height)
    ET.SubElement(video, "track")
    for each in markers:
        marker = ET.SubElement(sequence, "marker")
        _put(marker, "name", each.name)
        _put(marker, "comment", each.note)
        _put(marker, "in", each.frame)
        _put(marker, "out", -1)
    ET.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n'
    return head + ET.tostring(root, encoding="unicode") + "\n"


def _put(parent: ET.Element, tag: str, value: str | int) -> None:
    ET.SubElement(parent, tag).text = str(value)


def _put_rate(parent: ET.Element, plate: Plate) -> None:
    rate = ET.SubElement(parent, "rate")
    _put(rate, "timebase", nominal_rate(plate.rate.fraction))
    _put(rate, "ntsc", "TRUE" if plate.rate.den == 1001 else "FALSE")


def _read_csv(text: str, plate: Plate) -> Iterator[MarkerLine]:
    head = text.splitlines()[0] if text.strip() else ""
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    titles = [each.strip().lower() for each in next(lines, [])]
    places = {
        ours: next((titles.index(each) for each in theirs if each in titles), None) for ours, theirs in _COLUMNS.items()
    }
    if places["frame"] is None and places["timecode"] is None:
        raise ValueError("its first line names neither a column frame nor a column timecode.")
    for line in lines:
        found = {name: line[at].strip() if at is not None and at < len(line) else "" for name, at in places.items()}
        if found["frame"] or found["timecode"]:
            frame = int(found["frame"]) if found["frame"] else _frame(found["timecode"], plate)
            yield MarkerLine(frame, found["name"], _colour(found["colour"]), found["note"])


def _read_edl(text: str, plate: Plate) -> Iterator[MarkerLine]:
    at = None
    for line in map(str.rstrip, text.splitlines()):
        if event := _EVENT.match(line):
            at = event[1]
        elif locator := _LOCATOR.match(line):
            yield MarkerLine(_frame(locator[1], plate), locator[3], _colour(locator[2]))
        elif (marker := _RESOLVE.match(line)) and at is not None:
            yield MarkerLine(_frame(at, plate), marker[3], _colour(marker[2]), marker[1].strip())


def _read_xml(text: str, plate: Plate) -> Iterator[MarkerLine]:
    root = ET.fromstring(text)
    sequence = root.find(".//sequence")
    if sequence is None:
        raise ValueError("it has no sequence.")
    base = sequence.findtext("rate/timebase")
    ntsc = sequence.findtext("rate/ntsc", "FALSE").strip().upper() == "TRUE"
    rate = plate.rate.fraction if base is None else Fraction(int(base)) * (Fraction(1000, 1001) if ntsc else 1)
    for each in sequence.findall("marker"):
        frame = Fraction(int(each.findtext("in", "0"))) / rate * plate.rate.fraction
        yield MarkerLine(int(frame), each.findtext("name") or "", "blue", each.findtext("comment") or "")


_WRITERS: dict[str, Callable[[Sequence[Marker], Plate, str], str]] = {
    ".csv": _write_csv,
    ".edl": _write_edl,
    ".xml": _write_xml,
}
_READERS: dict[str, Callable[[str, Plate], Iterator[MarkerLine]]] = {
    ".csv": _read_csv,
    ".edl": _read_edl,
    ".xml": _read_xml,
}
ENDINGS = tuple(_WRITERS)
"""Of the files that lists of markers are kept in."""


def _timecode(frame: int, plate: Plate) -> str:
    return timecode_of(frame, plate.rate.fraction, plate.first_timecode)


def _frame(timecode: str, plate: Plate) -> int:
    """Counted from the plate's first frame; negative before it."""
    return parse_timecode(timecode, plate.rate.fraction) - parse_timecode(_timecode(0, plate), plate.rate.fraction)


def _colour(name: str) -> MarkerColour:
    """Ours, or the nearest of ours; blue where there is none."""
    ours = next((each for each in MARKER_COLOURS if each == name.lower()), None)
    return ours or _NEAREST.get(name.lower(), "blue")


def _one_line(text: str) -> str:
    """Without what would end a field of an EDL."""
    return " ".join(text.replace("|", "/").split())
