"""What is proposed on real films and on faces that do one thing."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.action_units import CHANNEL_NAMES, REGIONS
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.shots import Shots
from pipeline.analysis.signals import FaceSignals, face_signals
from pipeline.analysis.solve import solve_face
from pipeline.analysis.thinning import STRUCTURE
from pipeline.project.detection import PROFILE_NAMES, DetectionOptions
from pipeline.quality.keyframe_labels import agreement, load_keyframe_labels
from tests.unit.analysis.excerpts import Excerpt
from tests.unit.analysis.signal_maker import bump, kept_signals, ramp, still_face, with_units

DEFAULT = DetectionOptions()


@pytest.fixture(scope="module")
def crying(data_dir: Path) -> FaceSignals:
    return kept_signals(data_dir / "keyframes" / "crying_to_laughing.npz")


def test_agrees_with_what_was_read_by_eye(crying: FaceSignals, data_dir: Path) -> None:
    labels = load_keyframe_labels(data_dir / "media" / "WolfgangLanger_Pexels.keyframes.json")
    found = propose_keyframes(crying, DEFAULT)
    met = agreement([each.frame for each in found], labels.events)
    assert met.recall >= 0.85
    assert met.precision >= 0.7


def test_lips_under_a_hand_are_not_used_and_it_is_said(crying: FaceSignals, data_dir: Path) -> None:
    labels = load_keyframe_labels(data_dir / "media" / "WolfgangLanger_Pexels.keyframes.json")
    assert labels.covered is not None
    first, last = labels.covered
    for profile in PROFILE_NAMES:
        options = DetectionOptions(profile=profile, sensitivity=1.0, micro_sensitivity=1.0)
        inside = [each for each in propose_keyframes(crying, options) if first <= each.frame <= last]
        assert inside
        assert not [each for each in inside if each.region == "mouth"]
        assert all("lips covered: not used" in each.reasons for each in inside if each.kind not in STRUCTURE)


def test_a_grin_and_a_blink_in_it_are_found(grin: Excerpt, data_dir: Path) -> None:
    times = [Fraction(frame, 30) for frame in range(72)]
    found = propose_keyframes(face_signals(grin.track, solve_face(grin.track), times, Shots((0,))), DEFAULT)
    labels = load_keyframe_labels(data_dir / "labels" / "single_face.keyframes.json")
    met = agreement([each.frame for each in found], labels.events)
    assert met.recall == 1.0
    assert met.precision == 1.0
    assert [each.kind for each in found] == ["first", "onset", "apex", "blink", "last"]
    assert any("smile offset" in reason for reason in found[-1].reasons)


def test_the_same_signals_give_the_same_list(crying: FaceSignals) -> None:
    assert propose_keyframes(crying, DEFAULT) == propose_keyframes(crying, DEFAULT)


def test_more_sensitivity_never_finds_less(crying: FaceSignals) -> None:
    counts = [
        len(propose_keyframes(crying, DetectionOptions(sensitivity=s, per_minute=600)))
        for s in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] / 3


def test_structure_stays_whatever_the_sensitivity(crying: FaceSignals) -> None:
    kinds = [each.kind for each in propose_keyframes(crying, DetectionOptions(sensitivity=0.0, per_minute=1))]
    assert set(kinds) >= {"first", "occlusion_in", "occlusion_out", "last"}
    assert sum(kind not in STRUCTURE for kind in kinds) <= 1


def test_spacing_holds_within_a_region(crying: FaceSignals) -> None:
    options = DetectionOptions(profile="everything", sensitivity=1.0, spacing=0.4, per_minute=600)
    found = propose_keyframes(crying, options)
    for region in ("mouth", "brows", "eyes", "head"):
        frames = np.array([each.frame for each in found if each.region == region])
        assert (np.diff(frames) * 1001 / 24000 >= 0.4 - 1e-6).all()


def test_profiles_want_different_things(crying: FaceSignals) -> None:
    def share(profile: str, kind: str) -> float:
        found = propose_keyframes(crying, DetectionOptions(profile=profile))  # type: ignore[arg-type]
        return sum(each.kind == kind for each in found) / len(found)

    assert share("dialogue", "gaze") > share("emotion", "gaze")
    assert share("action", "pose") > share("dialogue", "pose")
    assert len(propose_keyframes(crying, DetectionOptions(profile="everything"))) > len(
        propose_keyframes(crying, DEFAULT)
    )


def test_a_micro_expression_on_real_scores(crying: FaceSignals) -> None:
    assert not [each for each in propose_keyframes(crying, DEFAULT) if each.kind == "micro"]
    units = crying.units.copy()
    wave = np.sin(np.pi * (np.arange(8) + 0.5) / 8) ** 2
    units[340:348, CHANNEL_NAMES.index("AU14L")] += 0.15 * wave
    found = [each for each in propose_keyframes(replace(crying, units=units), DEFAULT) if each.kind == "micro"]
    (micro,) = found
    assert 341 <= micro.frame <= 347
    assert "one-sided" in micro.reasons[0]
    without = DetectionOptions(micro_sensitivity=0.0)
    assert not [each for each in propose_keyframes(replace(crying, units=units), without) if each.kind == "micro"]


def test_brows_eyes_and_jaw_together_are_a_surprise() -> None:
    rise = ramp(80, 30, 6, 1.0)
    startled = with_units(
        still_face(80), {"AU1": 0.5 * rise, "AU2L": 0.5 * rise, "AU2R": 0.5 * rise, "AU26g": 1.0 * rise}
    )
    (found,) = [each for each in propose_keyframes(startled, DEFAULT) if each.kind == "surprise"]
    assert found.region == "face"
    assert found.frame == pytest.approx(36, abs=2)


def test_the_pictures_own_change_is_among_the_reasons(crying: FaceSignals) -> None:
    entered = next(each for each in propose_keyframes(crying, DEFAULT) if each.kind == "occlusion_in")
    assert any(reason.startswith("face changes 0.1") for reason in entered.reasons)
    assert any(reason.startswith("picture changes") for reason in entered.reasons)


def test_a_still_face_has_ends_only() -> None:
    assert [each.kind for each in propose_keyframes(still_face(200), DetectionOptions(sensitivity=1.0))] == [
        "first",
        "last",
    ]
    assert not propose_keyframes(still_face(0), DEFAULT)


@pytest.mark.parametrize("frames", [1, 2, 3, 6, 12])
def test_the_shortest_faces_are_taken(frames: int) -> None:
    first = propose_keyframes(still_face(frames), DEFAULT)[0]
    assert first.kind == "first"
    assert first.reasons[0] == ("only frame of the face" if frames == 1 else "first frame of the face")


def test_never_more_than_asked_for_in_any_minute() -> None:
    frames = 25 * 150
    curve = sum((bump(frames, first, 20, 0.6) for first in range(20, frames - 30, 40)), np.zeros(frames))
    busy = with_units(still_face(frames), {"AU12L": curve, "AU12R": curve})
    found = [each for each in propose_keyframes(busy, DetectionOptions(per_minute=10)) if each.kind not in STRUCTURE]
    times = np.array([each.frame / 25 for each in found])
    assert max(((times >= start) & (times < start + 60)).sum() for start in times) == 10


def test_one_region_under_cover_leaves_the_others() -> None:
    rise = ramp(80, 30, 6, 0.5)
    face = with_units(still_face(80), {"AU1": rise, "AU12L": rise, "AU12R": rise})
    trust = face.trust.copy()
    trust[:, REGIONS.index("mouth")] = 0
    found = propose_keyframes(replace(face, trust=trust, clear=np.zeros(80, np.bool_)), DEFAULT)
    assert {each.region for each in found} >= {"brows"}
    assert "mouth" not in {each.region for each in found}
