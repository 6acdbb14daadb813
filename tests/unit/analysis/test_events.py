"""Each kind of evidence is found where it is, and not where something else explains it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from pipeline.analysis.action_units import REGIONS
from pipeline.analysis.dissolves import Dissolve
from pipeline.analysis.evidence import Evidence, grouped, joint_strength, moment, reasons_of
from pipeline.analysis.expression_events import expression_events
from pipeline.analysis.eye_events import eye_events
from pipeline.analysis.micro_events import micro_events
from pipeline.analysis.pose_events import pose_events
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.span_events import span_events
from tests.unit.analysis.signal_maker import bump, ramp, still_face, with_units

NO_BLINKS = np.zeros(0, np.int64)


def smiling() -> FaceSignals:
    smile = ramp(100, 20, 10, 0.6) - ramp(100, 60, 8, 0.6)
    return with_units(still_face(100), {"AU12L": smile, "AU12R": smile})


def shut(frames: int, first: int, length: int, depth: float = 0.7) -> np.ndarray:
    lids = np.full((frames, 2), 0.1)
    lids += bump(frames, first, length, depth)[:, None]
    return lids


def test_an_expression_has_onset_apex_and_offset_with_amounts() -> None:
    found = [each for each in expression_events(smiling()) if each.side == "left"]
    assert [(each.kind, each.source) for each in found] == [("onset", "AU12"), ("apex", "AU12"), ("offset", "AU12")]
    onset, apex, offset = found
    assert onset.index == pytest.approx(23, abs=1)
    assert apex.index == pytest.approx(30, abs=1)
    assert offset.index == pytest.approx(64, abs=1)
    assert re.fullmatch(r"smile apex 0\.60, \+0\.60 in 1[0-3] frames", apex.text)
    assert all(each.strength == pytest.approx(1.0, abs=0.05) for each in found)


def test_a_covered_mouth_says_nothing() -> None:
    face = smiling()
    trust = face.trust.copy()
    trust[:, REGIONS.index("mouth")] = 0
    assert not expression_events(replace(face, trust=trust))


def test_what_a_swinging_head_moves_counts_less() -> None:
    turning = replace(smiling(), pose=np.stack([ramp(100, 20, 10, 40.0), np.zeros(100), np.zeros(100)], axis=1))
    still, swung = (max(each.strength for each in expression_events(face)) for face in (smiling(), turning))
    apexes = [each for each in expression_events(turning) if each.kind == "apex"]
    assert all(each.strength < 0.7 * still for each in apexes)
    assert swung == pytest.approx(still, rel=0.05), "the fall, long after the turn, counts in full"


@pytest.mark.parametrize(("length", "depth", "text"), [(6, 0.7, "blink"), (18, 0.7, "slow blink"), (6, 0.3, "half")])
def test_blinks(length: int, depth: float, text: str) -> None:
    (blink,) = eye_events(still_face(80, closure=shut(80, 30, length, depth)))
    assert blink.kind == "blink"
    assert blink.index == pytest.approx(30 + length / 2 - 0.5, abs=1)
    assert blink.text.startswith(text)


def test_a_blink_is_read_from_the_eye_that_shows() -> None:
    face = still_face(80, closure=shut(80, 30, 6))
    trust = face.trust.copy()
    trust[:, REGIONS.index("eyes"), 0] = 0
    blind = face.closure.copy()
    blind[:, 0] = 0.1
    assert [each.kind for each in eye_events(replace(face, trust=trust, closure=blind))] == ["blink"]
    trust[:, REGIONS.index("eyes"), 1] = 0
    assert not eye_events(replace(face, trust=trust))


def test_eyes_that_stay_shut_close_and_open() -> None:
    closure = np.repeat((0.1 + ramp(120, 30, 5, 0.7) - ramp(120, 80, 5, 0.7))[:, None], 2, axis=1)
    found = eye_events(still_face(120, closure=closure))
    assert [(each.kind, each.text.split(",")[0]) for each in found] == [
        ("onset", "eyes close"),
        ("offset", "eyes open"),
    ]


def test_gaze_shifts_are_quick_and_not_a_blinks() -> None:
    quick = np.stack([ramp(80, 30, 2, -14.0), ramp(80, 30, 2, 8.0)], axis=1)
    (shift,) = eye_events(still_face(80, gaze=quick))
    assert shift.kind == "gaze"
    assert shift.text == "gaze shifts 14 degrees to picture left and 8 degrees up"
    assert shift.index == pytest.approx(32, abs=2)
    slow = np.stack([ramp(80, 20, 40, 20.0), np.zeros(80)], axis=1)
    assert not eye_events(still_face(80, gaze=slow))
    blinking = eye_events(still_face(80, gaze=quick, closure=shut(80, 28, 6)))
    assert [each.kind for each in blinking] == ["blink"]


def test_a_head_begins_and_ends_its_turn() -> None:
    pose = np.stack([np.zeros(80), np.zeros(80), ramp(80, 30, 12, 25.0)], axis=1)
    begin, end = pose_events(still_face(80, pose=pose))
    assert begin.text.startswith("head begins to tilt, 25 degrees to picture left")
    assert begin.index == pytest.approx(34, abs=2)
    assert end.index == pytest.approx(42, abs=2)
    drift = np.stack([ramp(300, 20, 260, 25.0), np.zeros(300), np.zeros(300)], axis=1)
    assert all(each.strength < 0.3 for each in pose_events(still_face(300, pose=drift)))


def test_a_one_sided_micro_expression() -> None:
    face = with_units(still_face(100), {"AU14L": bump(100, 50, 8, 0.15)})
    (found,) = micro_events(face, NO_BLINKS)
    assert (found.kind, found.region, found.side) == ("micro", "mouth", "left")
    assert found.index == pytest.approx(53.5, abs=1)
    assert found.text == "micro dimple +0.14, up and down in 6 frames, one-sided"


@pytest.mark.parametrize("why", ["long", "blink", "turn", "talk", "covered", "noise"])
def test_what_is_no_micro_expression(why: str) -> None:
    face = with_units(still_face(100), {"AU14L": bump(100, 50, 26 if why == "long" else 8, 0.15)})
    blinks = np.array([52]) if why == "blink" else NO_BLINKS
    if why == "turn":
        face = replace(face, pose=np.stack([ramp(100, 48, 12, 20.0), np.zeros(100), np.zeros(100)], axis=1))
    elif why == "talk":
        face = with_units(face, {"AU18": bump(100, 48, 14, 0.7)})
    elif why == "covered":
        face = replace(face, trust=np.zeros_like(face.trust))
    elif why == "noise":
        noise = np.random.default_rng(0).normal(0, 0.05, 100)
        face = with_units(still_face(100), {"AU14L": noise})
    assert not micro_events(face, blinks)


def test_spans_cuts_and_occlusions() -> None:
    frames = np.concatenate([np.arange(40), np.arange(50, 90)]).astype(np.int32)
    clear = np.ones(80, np.bool_)
    clear[10:20] = clear[22:30] = clear[60:61] = False
    found = span_events(replace(still_face(80), frames=frames, clear=clear, cuts=frozenset({0, 70})))
    assert [(int(frames[each.index]), each.kind) for each in found] == [
        (0, "first"),
        (39, "last"),
        (9, "occlusion_in"),
        (30, "occlusion_out"),
        (50, "first"),
        (70, "cut"),
        (89, "last"),
    ]
    told = {int(frames[each.index]): each.text for each in found}
    assert (told[0], told[89]) == ("first frame of the face", "last frame of the face")
    assert told[39] == "last frame before the face is not seen for 10 frames"
    assert told[50] == "the face is seen again after 10 frames"


def test_a_dissolve_says_over_how_many_frames_it_goes() -> None:
    passages = (Dissolve(20, 32), Dissolve(50, 56, fade=True), Dissolve(90, 99))
    found = [each for each in span_events(replace(still_face(80), dissolves=passages)) if each.kind == "cut"]
    assert [(each.index, each.text) for each in found] == [
        (32, "a new shot begins: dissolve over 12 frames"),
        (56, "a new shot begins: fade over 6 frames"),
    ]


def evidence(index: int, source: str, strength: float, side: str = "both", kind: str = "apex") -> Evidence:
    return Evidence(index, kind, "mouth", strength, f"{source} {kind}", source, side)  # type: ignore[arg-type]


def test_readings_of_one_moment_are_put_together() -> None:
    seconds = np.arange(100) / 25
    readings = [evidence(10, "a", 1), evidence(13, "b", 1), evidence(40, "c", 1), evidence(11, "d", 1, kind="onset")]
    assert [[each.source for each in group] for group in grouped(readings, seconds, 0.2)] == [["a", "b"], ["c"], ["d"]]
    chain = [evidence(4 * k, "a", 1) for k in range(6)]
    assert [len(group) for group in grouped(chain, seconds, 0.2)] == [3, 3]


def test_units_add_up_and_their_sides_do_not() -> None:
    group = [evidence(0, "AU12", 0.6, "left"), evidence(0, "AU12", 0.6, "right"), evidence(0, "AU25", 0.8)]
    assert joint_strength(group, {}) == pytest.approx(1.0)
    assert joint_strength(group, {"AU25": 0.0}) == pytest.approx(0.6)
    assert reasons_of(group, 5) == {"AU25": "AU25 apex", "AU12": "AU12 apex"}
    one_sided = [evidence(0, "AU12", 0.6, "left"), evidence(0, "AU12", 0.1, "right")]
    assert reasons_of(one_sided, 5) == {"AU12": "left AU12 apex"}


def test_scores_tell_of_a_unit_that_lengths_show_too() -> None:
    wide = Evidence(0, "apex", "mouth", 1.9, "mouth wide apex, +2.28 cm in 9 frames", "AU12", measured=True)
    smile = [
        Evidence(0, "apex", "mouth", 1.4, "smile apex 0.86, +0.80 in 9 frames", "AU12", side)
        for side in ("left", "right")
    ]
    jaw = Evidence(0, "apex", "mouth", 1.6, "jaw drop apex, +1.60 cm in 9 frames", "AU26", measured=True)
    assert list(reasons_of([jaw, wide, *smile], 5).items()) == [
        ("AU12", "smile apex 0.86, +0.80 in 9 frames"),
        ("AU26", "jaw drop apex, +1.60 cm in 9 frames"),
    ]


def test_an_apex_is_there_when_nearly_all_have_arrived_an_onset_when_the_first_set_off() -> None:
    for kind, expected in (("onset", 10), ("apex", 12), ("offset", 11)):
        group = [evidence(10 + k, f"u{k}", 1.0, kind=kind) for k in range(4)]
        assert moment(group) == expected
