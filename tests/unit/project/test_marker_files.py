"""Markers as other programs list them: written, read back, and read from their own exports."""

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.marker import MARKER_COLOURS, Marker
from pipeline.project.marker_edits import markers_of, put_markers
from pipeline.project.marker_files import ENDINGS, MarkerLine, read, written
from pipeline.project.project import Plate
from pipeline.project.timebase import Rational
from tests.unit.project.documents import one_face

PLATE = replace(one_face(3000).plates[0], rate=Rational(30000, 1001), first_timecode="01:00:00;00")
MARKERS = tuple(
    Marker(id=f"m{i}", plate=PLATE.id, frame=i * 300 + 1, name=f"No. {i}, <b>", colour=colour, note=f'"{colour}"; 表情')
    for i, colour in enumerate(MARKER_COLOURS)
)


def lines_of(markers: tuple[Marker, ...]) -> list[MarkerLine]:
    return [MarkerLine(each.frame, each.name, each.colour, each.note) for each in markers]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("plate", [PLATE, replace(PLATE, first_timecode=None, rate=Rational(25))], ids=["drop", "25"])
def test_what_is_written_is_read_back(ending: str, plate: Plate) -> None:
    found = read(ending, written(ending, MARKERS, plate, "shot").encode(), plate)
    wanted = lines_of(MARKERS)
    if ending == ".xml":
        wanted = [MarkerLine(each.frame, each.name, note=each.note) for each in wanted]
    assert found == wanted


def test_an_edl_has_the_lines_that_resolve_writes() -> None:
    text = written(".edl", MARKERS[6:], PLATE, "shot")
    assert "TITLE: shot\nFCM: DROP FRAME" in text
    assert "\n001  001      V     C        01:01:00;03 01:01:00;04 01:01:00;03 01:01:00;04  \n" in text
    assert '"purple"; 表情 |C:ResolveColorPurple |M:No. 6, <b> |D:1' in text


def test_what_would_end_a_field_of_an_edl_does_not() -> None:
    odd = replace(MARKERS[0], name="a|M:b", note="two\nlines")
    assert read(".edl", written(".edl", [odd], PLATE, "x").encode(), PLATE) == [
        MarkerLine(1, "a/M:b", "blue", "two lines")
    ]


def test_locators_and_colours_that_we_have_not_are_read() -> None:
    event = "001  AX V C 01:00:00;00 01:00:00;01 01:00:02;00 01:00:02;01"
    text = f"* LOC: 01:00:01;00 MAGENTA  look here\n{event}\n |C:ResolveColorSky |M:M"
    assert read(".edl", text.encode(), PLATE) == [MarkerLine(30, "look here", "purple"), MarkerLine(60, "M", "cyan")]


def test_premieres_own_list_is_read() -> None:
    text = (
        "Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\nDoor\tslams\t01:00:03;00\t01:00:03;00\t0\tComment\n"
    )
    assert read(".csv", text.encode("utf-16"), PLATE) == [MarkerLine(90, "Door", "blue", "slams")]


def test_a_sequence_of_another_rate_keeps_its_times() -> None:
    other = replace(PLATE, rate=Rational(24), first_timecode=None)
    marker = replace(MARKERS[0], frame=48)
    (found,) = read(".xml", written(".xml", [marker], other, "x").encode(), replace(other, rate=Rational(25)))
    assert found.frame == 50


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".csv", b"a,b\n1,2\n"),
        (".csv", b""),
        (".xml", b"<a"),
        (".xml", b"<a/>"),
        (".txt", b""),
        (".csv", b"frame\nx\n"),
    ],
)
def test_what_is_no_such_list_is_refused(ending: str, content: bytes) -> None:
    with pytest.raises(ProjectError):
        read(ending, content, PLATE)


def test_a_list_taken_in_changes_what_is_there_and_leaves_out_what_lies_outside() -> None:
    project = one_face(200)
    lines = [MarkerLine(5, "a"), MarkerLine(200, "late"), MarkerLine(-1, "early"), MarkerLine(7, "b", "red", "n")]
    project, outside = put_markers(project, "plate-1", lines)
    project, again = put_markers(project, "plate-1", [MarkerLine(5, "c", "green")])
    found = [(each.frame, each.name, each.colour, each.note) for each in markers_of(project, "plate-1")]
    assert found == [(5, "c", "green", ""), (7, "b", "red", "n")]
    assert ([each.name for each in outside], again) == (["late", "early"], ())
