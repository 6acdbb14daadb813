"""Keys move and are copied whole, inside the plate."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.curve import Interpolation, value_at
from pipeline.project.key_edits import set_key
from pipeline.project.key_moves import (
    copy_keys,
    insert_key,
    interpolate_key,
    move_key,
    pull_handle,
    retime_keys,
    shift_keys,
)
from pipeline.project.project import Project
from tests.unit.project.documents import one_face


def keyed() -> Project:
    project = one_face(200)
    for frame, value in ((10, 0.1), (20, 0.9), (40, 0.3)):
        project = set_key(project, None, "shape", frame, value)
    return project


def keys(project: Project, face: int = 0) -> list[tuple[int, float]]:
    return [(key.frame, key.value) for key in project.faces[face].curves["shape"].keys]


def test_a_span_is_copied_to_another_place() -> None:
    after = copy_keys(keyed(), None, "shape", range(10, 21), 30)
    assert keys(after) == [(10, 0.1), (20, 0.9), (30, 0.1), (40, 0.9)]


def test_a_span_is_copied_to_another_face() -> None:
    project = keyed()
    other = replace(project.faces[0], id="face-2", curves={})
    project = replace(project, faces=(*project.faces, other))
    after = copy_keys(project, "face-1", "shape", range(50), 100, "face-2")
    assert keys(after, 1) == [(110, 0.1), (120, 0.9), (140, 0.3)]
    assert after.faces[0] == project.faces[0]


def test_keys_are_shifted_and_stretched() -> None:
    assert keys(shift_keys(keyed(), None, "shape", -10)) == [(0, 0.1), (10, 0.9), (30, 0.3)]
    assert keys(retime_keys(keyed(), None, "shape", 10, Fraction(5, 2))) == [(10, 0.1), (35, 0.9), (85, 0.3)]


def test_no_key_leaves_the_plate() -> None:
    with pytest.raises(RangeError, match="frame 200, but the plate of face-1 ends at 199"):
        shift_keys(keyed(), None, "shape", 160)
    with pytest.raises(RangeError, match="first frame"):
        shift_keys(keyed(), None, "shape", -11)
    with pytest.raises(RangeError, match="above 0"):
        retime_keys(keyed(), None, "shape", 0, Fraction(0))
    with pytest.raises(RangeError, match="ends at 199"):
        copy_keys(keyed(), None, "shape", range(10, 41), 180)


def test_without_keys_there_is_nothing_to_move() -> None:
    with pytest.raises(ProjectError, match="grain of face-1 has no keys"):
        shift_keys(keyed(), None, "grain", 1)
    with pytest.raises(ProjectError, match="no key on frames 21 to 39"):
        copy_keys(keyed(), None, "shape", range(21, 40), 0)


def values(project: Project) -> list[float]:
    curve = project.faces[0].curves["shape"]
    return [value_at(curve, frame) for frame in range(60)]


def test_an_inserted_key_changes_no_value() -> None:
    before = keyed()
    after = insert_key(before, None, "shape", 30)
    assert [frame for frame, _ in keys(after)] == [10, 20, 30, 40]
    assert values(after) == pytest.approx(values(before))
    with pytest.raises(RangeError, match="no frame 200"):
        insert_key(before, None, "shape", 200)


def test_one_key_moves_between_its_neighbours_only() -> None:
    assert keys(move_key(keyed(), None, "shape", 20, 39, 0.5)) == [(10, 0.1), (39, 0.5), (40, 0.3)]
    for beyond in (10, 40, 50):
        with pytest.raises(RangeError, match="between its neighbours"):
            move_key(keyed(), None, "shape", 20, beyond, 0.5)
    with pytest.raises(RangeError, match="ends at 199"):
        move_key(keyed(), None, "shape", 40, 200, 0.5)
    with pytest.raises(ProjectError, match="no key on frame 21"):
        move_key(keyed(), None, "shape", 21, 22, 0.5)


@pytest.mark.parametrize("kind", ["smooth", "linear", "ease"])
def test_a_span_keeps_its_values_when_it_becomes_a_bezier(kind: Interpolation) -> None:
    before = interpolate_key(keyed(), None, "shape", 20, kind)
    assert values(interpolate_key(before, None, "shape", 20, "bezier")) == pytest.approx(values(before), abs=1e-6)


def test_a_pulled_handle_turns_the_one_across_where_that_is_a_bezier_too() -> None:
    both = interpolate_key(interpolate_key(keyed(), None, "shape", 10, "bezier"), None, "shape", 20, "bezier")
    key = pull_handle(both, None, "shape", 20, "after", (6.0, 0.3)).faces[0].curves["shape"].keys[1]
    assert key.after == (6.0, 0.3)
    assert key.before == pytest.approx((10 / 3, -0.3 / 6 * 10 / 3))
    one = interpolate_key(keyed(), None, "shape", 20, "bezier")
    assert pull_handle(one, None, "shape", 20, "after", (6.0, 0.3)).faces[0].curves["shape"].keys[1].before is None
