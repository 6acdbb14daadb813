from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.plate_sound import FrameSound
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.speech_events import speech_events
from pipeline.project.detection import PROFILE_NAMES, DetectionOptions, ProfileName
from pipeline.project.proposal import Proposal
from tests.unit.analysis.signal_maker import bump, still_face, with_units

FRAMES = 150
ACCENT, VOWEL = 60, 100


def syllables(frames: int) -> NDArray[np.float64]:
    """Loudness of four even syllables a second, dB."""
    return np.asarray(-30 + 4 * np.cos(2 * np.pi * np.arange(frames) / 6.25))


def speaking_face(speaks: float = 1.0) -> FaceSignals:
    """Even speech of closed vowels, with one accent, and one open vowel that the mouth opens for."""
    accent, vowel = bump(FRAMES, ACCENT - 3, 7, 1.0), bump(FRAMES, VOWEL - 3, 7, 1.0)
    sound = FrameSound(
        level=syllables(FRAMES) + 12 * accent + 2 * vowel,
        onset=np.zeros(FRAMES),
        speech=np.full(FRAMES, 0.95),
        pitch=120.0 * 2 ** (5 * accent / 12),
        openness=0.2 + 0.75 * vowel,
    )
    face = with_units(still_face(FRAMES), {"AU25g": 0.8 * vowel})
    return replace(face, sound=sound, speaks=np.full(FRAMES, 0.95 * speaks))


def speech_kinds(face: FaceSignals, profile: ProfileName = "emotion") -> list[Proposal]:
    found = propose_keyframes(face, DetectionOptions(profile=profile))
    return [each for each in found if each.kind in ("speech_stress", "open_vowel")]


def test_a_louder_and_higher_syllable_is_stressed_and_says_so() -> None:
    stresses = [each for each in speech_events(speaking_face()) if each.kind == "speech_stress"]
    assert [each.index for each in stresses] == [pytest.approx(ACCENT, abs=1)]
    assert stresses[0].strength > 1.0
    assert stresses[0].text.startswith("stressed syllable, +")
    assert "dB, pitch +" in stresses[0].text
    assert stresses[0].text.endswith("semitones")


def test_pitch_alone_makes_a_stress_where_it_rises_far() -> None:
    face = speaking_face()
    assert face.sound is not None
    rise = 2 ** (7 * bump(FRAMES, ACCENT - 3, 7, 1.0) / 12)
    flat = replace(face, sound=replace(face.sound, level=syllables(FRAMES), pitch=120 * rise))
    stresses = [each for each in speech_events(flat) if each.kind == "speech_stress"]
    assert stresses
    assert all(abs(each.index - ACCENT) <= 3 for each in stresses)
    assert all("semitones" in each.text for each in stresses)


def test_an_open_vowel_is_found_where_it_is_widest_with_the_mouth_among_its_reasons() -> None:
    vowels = [each for each in speech_events(speaking_face()) if each.kind == "open_vowel"]
    assert [each.index for each in vowels] == [pytest.approx(VOWEL, abs=2)]
    assert vowels[0].text == "open vowel 0.95, mouth +0.8 cm"


def test_a_mouth_that_stays_as_it_is_in_an_open_vowel_is_told_in_words() -> None:
    said = speaking_face()
    face = replace(still_face(FRAMES), sound=said.sound, speaks=said.speaks)
    assert [each.text for each in speech_events(face) if each.kind == "open_vowel"] == [
        "open vowel 0.95, mouth no wider than usual"
    ]


def test_a_covered_mouth_leaves_the_vowel_to_the_sound() -> None:
    face = speaking_face()
    face.trust[:, 2] = 0.0
    vowels = [each for each in speech_events(face) if each.kind == "open_vowel"]
    assert [each.text for each in vowels] == ["open vowel 0.95"]
    assert vowels[0].strength < 0.7


def test_the_face_that_does_not_speak_has_no_speech_keyframes_and_neither_has_a_mute_plate() -> None:
    assert speech_events(speaking_face(speaks=0.3)) == []
    assert speech_events(replace(speaking_face(), sound=None, speaks=None)) == []
    assert speech_kinds(speaking_face()) != []


def test_speech_counts_most_in_dialogue_and_least_in_action() -> None:
    best = {
        profile: max((each.score for each in speech_kinds(speaking_face(), profile)), default=0.0)
        for profile in PROFILE_NAMES
    }
    assert best["dialogue"] == best["everything"] > best["emotion"] > best["action"]
