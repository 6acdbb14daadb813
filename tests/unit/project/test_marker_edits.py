"""Markers: one a frame, followed by what names them, and none of a face's business."""

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.ipc.document_parts import DocumentParts
from pipeline.project.marker_edits import add_marker, change_marker, marker_on, markers_of, move_marker, remove_marker
from pipeline.project.project import Project
from pipeline.project.unknown_keys import merged
from tests.unit.project.documents import one_face


@pytest.fixture
def marked() -> Project:
    """Markers marker-1 on 90 and marker-2 on 30 of 200 frames."""
    return add_marker(add_marker(one_face(200), "plate-1", 90), "plate-1", 30, "red")


def test_markers_are_listed_by_frame(marked: Project) -> None:
    found = markers_of(marked, "plate-1")
    assert [(each.frame, each.id, each.colour) for each in found] == [(30, "marker-2", "red"), (90, "marker-1", "blue")]
    assert markers_of(marked, "plate-2") == ()


def test_a_frame_has_one_marker_at_most(marked: Project) -> None:
    with pytest.raises(ProjectError, match="frame 90 already"):
        add_marker(marked, "plate-1", 90)
    with pytest.raises(ProjectError, match="frame 90 already"):
        move_marker(marked, "marker-2", 90)


def test_markers_lie_inside_their_plate(marked: Project) -> None:
    with pytest.raises(RangeError, match="0 to 199"):
        move_marker(marked, "marker-1", 200)
    with pytest.raises(ProjectError, match="no plate"):
        add_marker(marked, "plate-9", 3)


def test_a_change_leaves_the_rest(marked: Project) -> None:
    changed = change_marker(change_marker(marked, "marker-1", name="Door"), "marker-1", note="slams", colour="green")
    found = marker_on(changed, "plate-1", 90)
    assert found is not None
    assert (found.name, found.note, found.colour) == ("Door", "slams", "green")
    assert marker_on(changed, "plate-1", 30) == marker_on(marked, "plate-1", 30)
    assert replace(changed, markers=()) == replace(marked, markers=())


def test_the_number_of_a_removed_marker_is_free_again(marked: Project) -> None:
    fewer = remove_marker(marked, "marker-1")
    assert [each.id for each in fewer.markers] == ["marker-2"]
    assert marker_on(add_marker(fewer, "plate-1", 5), "plate-1", 5) == replace(marked.markers[0], frame=5), (
        "the first free number"
    )
    with pytest.raises(ProjectError, match="no marker marker-1"):
        remove_marker(fewer, "marker-1")


def test_a_moved_marker_takes_its_unknown_keys_along(marked: Project) -> None:
    raw = merged(marked, {})
    raw["markers"][0]["duration"] = 12
    moved = merged(move_marker(remove_marker(marked, "marker-2"), "marker-1", 7), raw)
    assert moved["markers"] == [
        {"id": "marker-1", "plate": "plate-1", "frame": 7, "name": "", "colour": "blue", "note": "", "duration": 12}
    ]


def test_the_worker_is_not_told_of_markers(marked: Project) -> None:
    parts = DocumentParts()
    assert parts.split(marked)[0] == parts.split(replace(marked, markers=()))[0]
