"""Whatever a file holds that this version doesn't know is in it again after a save, wherever it was."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.project.correction import Correction
from pipeline.project.expression_edits import with_preset
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.key_edits import set_at_keyframe, set_for_shot, set_key
from pipeline.project.keyframe_edits import add_keyframe, merge_proposals
from pipeline.project.marker_edits import add_marker
from pipeline.project.project import Project, Source, with_face
from pipeline.project.proposal import Proposal
from pipeline.project.storage import StoredProject, load_project, save_project
from pipeline.project.unknown_keys import merged
from tests.unit.project.documents import one_face

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(st.text(max_size=8).map(lambda text: f"x-{text}"), JSON, min_size=1, max_size=2)


TABLES = ("curves", "presets")
NUMBERS = ("weights", "activations")


def full() -> Project:
    project = add_marker(one_face(400, (10, 40, 70)), "plate-1", 33)
    smile = ExpressionPreset(name="smile", weights={"AU10L": 0.5}, activations={"AU12L": 0.5})
    project, _ = with_preset(project, None, smile)
    project = set_at_keyframe(project, None, "shape", 40, 0.4)
    project = set_for_shot(project, None, "grain_limit", 0, 5.0)
    project = add_keyframe(set_key(project, None, "grain", 9, 0.1, "hold"), None, 90)
    lips = Correction(parameter="AU25", first=95, last=110, keys=((100, 1.4), (104, 0.6)))
    told = Proposal(frame=102, kind="lip_sync", score=0.7, reasons=("lips",), region="mouth", correction=lips)
    return with_face(project, merge_proposals(project.faces[0], [told]))


def objects(value: Any) -> list[dict[str, Any]]:
    """Every JSON object of a document that is a struct here: not `extras`, and no table."""
    if isinstance(value, list):
        return [found for item in value for found in objects(item)]
    if not isinstance(value, dict):
        return []
    inner = [
        found for key, item in value.items() if key not in ("extras", *TABLES, *NUMBERS) for found in objects(item)
    ]
    held = [found for table in TABLES for item in value.get(table, {}).values() for found in objects(item)]
    return [value, *inner, *held]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_unknown_keys_come_back_at_every_depth(tmp_path: Path, data: st.DataObject) -> None:
    values = merged(full(), {})
    places = objects(values)
    for place in data.draw(st.lists(st.sampled_from(range(len(places))), max_size=6, unique=True)):
        places[place].update(data.draw(UNKNOWN))
    values["extras"] = data.draw(st.dictionaries(st.text(max_size=5), JSON, max_size=2))
    path = tmp_path / "a.likeness"
    path.write_text(json.dumps(values), "utf-8")
    stored = load_project(path)
    save_project(stored, path)
    assert json.loads(path.read_text("utf-8")) == values
    assert replace(load_project(path).project, extras={}) == replace(stored.project, extras={}) == full()


def test_every_kind_of_object_is_reached() -> None:
    found = objects(merged(full(), {}))
    assert len(found) > 20
    assert any({"first", "last", "keys"} <= each.keys() for each in found), "a correction"


def test_keys_of_curves_and_keyframes_take_their_unknown_keys_along() -> None:
    project = full()
    raw = merged(project, {})
    raw["faces"][0]["keyframes"][1]["thumbnail"] = "forty.png"
    raw["faces"][0]["curves"]["shape"]["keys"][1]["label"] = "hero"
    changed = set_key(add_keyframe(project, None, 5), None, "shape", 3, 0.2)
    face = merged(changed, raw)["faces"][0]
    assert [each["frame"] for each in face["keyframes"] if "thumbnail" in each] == [40]
    assert [each["frame"] for each in face["curves"]["shape"]["keys"] if "label" in each] == [40]


def test_a_second_element_of_the_same_name_does_not_take_the_firsts() -> None:
    project = one_face()
    identity = project.identities[0]
    raw = merged(project, {})
    raw["identities"][0]["sources"][0]["crop"] = [1, 2]
    more = replace(identity, sources=(*identity.sources, replace(identity.sources[0], frame=9)))
    sources = merged(replace(project, identities=(more,)), raw)["identities"][0]["sources"]
    assert [source.get("crop") for source in sources] == [[1, 2], None]
    moved = replace(identity, sources=(Source(path="new.png", sha256="2" * 64), *identity.sources))
    sources = merged(replace(project, identities=(moved,)), raw)["identities"][0]["sources"]
    assert [source.get("crop") for source in sources] == [None, [1, 2]]


def test_what_is_left_out_for_being_usual_does_not_come_back_from_the_old_file() -> None:
    project = set_key(one_face(), None, "grain", 9, 0.1, "hold")
    raw = merged(project, {})
    assert raw["faces"][0]["curves"]["grain"]["keys"] == [{"frame": 9, "value": 0.1, "interpolation": "hold"}]
    smooth = set_key(project, None, "grain", 9, 0.1)
    assert merged(smooth, raw)["faces"][0]["curves"]["grain"]["keys"] == [{"frame": 9, "value": 0.1}]


def test_a_part_that_is_as_usual_is_left_out_but_for_what_is_unknown_in_it() -> None:
    project = one_face()
    assert "painting" not in merged(project, {})["faces"][0]["settings"]
    raw = {"faces": [{"id": "face-1", "settings": {"painting": {"x-later": 1}}}]}
    assert merged(project, raw)["faces"][0]["settings"]["painting"] == {"x-later": 1}


def test_a_project_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "a.likeness"
    save_project(StoredProject(full(), {}), path)
    assert load_project(path).project == full()
