"""Every version of the document opens for ever, nothing of it lost: one golden file a version."""

import json
from pathlib import Path

import pytest

from pipeline.project.curve import Key
from pipeline.project.migrations import migrated
from pipeline.project.project import SCHEMA
from pipeline.project.storage import load_project, save_project


@pytest.fixture(params=range(1, SCHEMA + 1))
def golden(request: pytest.FixtureRequest, data_dir: Path) -> Path:
    return data_dir / "projects" / f"schema-{request.param}.likeness"


def test_an_old_file_opens_and_means_what_it_meant(golden: Path) -> None:
    stored = load_project(golden)
    project = stored.project
    assert not stored.read_only
    assert project.schema == SCHEMA
    plate, still = project.plates
    assert (plate.frames, plate.rate.fraction.denominator, plate.first_timecode) == (1440, 1001, "01:00:00:00")
    assert (still.pixel_aspect.num, still.pixel_aspect.den) == (16, 15)
    (identity,) = project.identities
    assert [(source.face, source.frame) for source in identity.sources] == [(2, None), (None, 243)]
    assert identity.consent is not None
    assert identity.consent.date == "2026-11-02"
    first, second = project.faces
    assert (first.settings.shape, first.settings.feather) == (0.6, 0.4)
    assert (first.expression.lips_left, first.expression.lips_right, first.expression.jaw_left) == (1.2, 1.2, 1.0)
    assert second.motion is not None
    assert (second.identity, second.motion.gain) == (None, 0.8)
    assert (project.export.preset, project.policy.mark_place) == ("prores-4444", "top-right")


def test_an_old_file_saved_keeps_every_key_it_had(golden: Path, tmp_path: Path) -> None:
    stored = load_project(golden)
    path = tmp_path / golden.name
    save_project(stored, path)
    old, new = json.loads(golden.read_text("utf-8")), json.loads(path.read_text("utf-8"))
    old = migrated(old, SCHEMA)
    assert new["schema"] == SCHEMA
    assert lost(old, new) == []
    assert load_project(path).project == stored.project


def lost(old: object, new: object, place: str = "") -> list[str]:
    """Where a value of `old` isn't in `new`."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [each for key in old for each in lost(old[key], new.get(key), f"{place}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [each for i, pair in enumerate(zip(old, new, strict=True)) for each in lost(*pair, f"{place}[{i}]")]
    return [] if old == new else [place]


def test_this_versions_own_file_comes_out_byte_for_byte(data_dir: Path, tmp_path: Path) -> None:
    golden = data_dir / "projects" / f"schema-{SCHEMA}.likeness"
    save_project(load_project(golden), tmp_path / "again.likeness")
    assert (tmp_path / "again.likeness").read_bytes() == golden.read_bytes()


def test_keys_and_keyframes_are_read_as_they_were_written(data_dir: Path) -> None:
    face = load_project(data_dir / "projects" / f"schema-{SCHEMA}.likeness").project.faces[0]
    assert sorted(face.curves) == ["lips_left", "lips_right", "shape", "warmth"]
    assert face.curves["shape"].keys[1] == Key(frame=48, value=0.9, slope=0.002)
    assert [key.interpolation for key in face.curves["lips_right"].keys] == [
        "hold",
        "linear",
        "ease",
        "bezier",
        "smooth",
    ]
    assert [(each.frame, each.origin, each.status) for each in face.keyframes] == [
        (0, "detected", "open"),
        (48, "edited", "needs_work"),
        (96, "manual", "approved"),
    ]
    assert [each.frame for each in face.dismissed] == [70]


def test_a_step_adds_what_is_new_and_changes_nothing_else() -> None:
    old = {"schema": 1, "faces": [{"id": "a", "x": 1}, 7], "plates": 3}
    assert migrated(old, 2) == {
        "schema": 2,
        "faces": [{"id": "a", "x": 1, "curves": {}, "keyframes": [], "dismissed": []}, 7],
        "plates": 3,
    }
    assert migrated({"schema": 9}, 2) == {"schema": 9}
    assert old["schema"] == 1


def test_gains_of_expression_become_weights_of_both_sides_within_their_bounds() -> None:
    gains = {"expression": 0.9, "expression_cheeks": 2.0, "expression_jaw": "broken", "grain": 0.4}
    curve = {"keys": [{"frame": 3, "value": 1.8}]}
    old = {"schema": 2, "faces": [{"settings": gains, "curves": {"expression_brows": curve, "shape": curve}}]}
    (face,) = migrated(old, 3)["faces"]
    assert face["settings"] == {"grain": 0.4}
    assert face["expression"] == {"expression": 0.9} | dict.fromkeys(
        ("cheeks_left", "cheeks_right", "nose_left", "nose_right"), 1.5
    )
    assert face["curves"] == {"brows_left": curve, "brows_right": curve, "shape": curve}
    assert migrated({"schema": 2, "faces": 5}, 3) == {"schema": 3, "faces": 5}
