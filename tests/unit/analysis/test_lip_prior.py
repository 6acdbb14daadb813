from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNEL_NAMES
from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.lip_prior import MOST_TALK, arousal_corrections, lip_corrections
from pipeline.analysis.mouth_sound import sounded_opening, syllables
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.thinning import STRUCTURE
from pipeline.project.detection import DetectionOptions
from tests.unit.analysis.signal_maker import still_face
from tests.unit.analysis.test_mouth_sound import FRAMES, babble, sound_that_opens

GAP = CHANNEL_NAMES.index("AU25g")
SOUND = sound_that_opens(babble(0))
LOUDEST = 60 + int(np.argmax(sounded_opening(SOUND)[60:190]))
SOFTEST = LOUDEST + int(np.argmin(sounded_opening(SOUND)[LOUDEST : LOUDEST + 8]))


def said_gap() -> NDArray[np.float64]:
    opening = sounded_opening(SOUND)
    noise = 0.02 * np.random.default_rng(1).standard_normal(FRAMES)
    return np.asarray(1.2 * opening / opening.max() + noise)


def speaker(gap: NDArray[np.float64] | None = None) -> FaceSignals:
    """A face whose lips follow the voice, 0.2 cm apart at rest."""
    face = still_face(FRAMES)
    face.units[:, GAP] = said_gap() if gap is None else gap
    return replace(face, sound=SOUND, speaks=np.full(FRAMES, 0.95), rest_gap=0.2)


def test_lips_that_follow_the_voice_are_left_alone() -> None:
    assert lip_corrections(speaker()) == []


def test_lips_that_stay_half_shut_in_an_open_syllable_are_to_open_further() -> None:
    gap = said_gap()
    gap[LOUDEST - 3 : LOUDEST + 4] = 0.5
    (found,) = lip_corrections(speaker(gap))
    assert found.frame == pytest.approx(LOUDEST, abs=2)
    assert found.reasons[0].startswith("voice says open, lips 0.7 cm apart, ")
    assert found.correction is not None
    assert found.correction.parameter == "AU25"
    ((frame, value),) = found.correction.keys
    assert frame == found.frame
    assert 1.3 < value <= 1.5
    assert found.correction.first < LOUDEST - 3 < LOUDEST + 3 < found.correction.last


def test_lips_that_gape_in_a_pause_of_the_voice_are_to_close() -> None:
    gap = said_gap()
    gap[SOFTEST - 2 : SOFTEST + 3] = 1.3
    found = [each for each in lip_corrections(speaker(gap)) if "shut" in each.reasons[0]]
    assert [each.frame for each in found] == [pytest.approx(SOFTEST, abs=2)]
    assert found[0].correction is not None
    assert found[0].correction.keys[0][1] < 0.7


def test_lips_at_rest_under_a_loud_syllable_are_to_be_opened_by_the_talk_preset() -> None:
    gap = said_gap()
    gap[LOUDEST - 3 : LOUDEST + 4] = -0.2
    (found,) = lip_corrections(speaker(gap))
    assert found.reasons[1] == "no weight opens lips at rest: talk is added"
    assert found.correction is not None
    assert (found.correction.parameter, found.correction.preset) == ("", "talk")
    assert found.correction.keys == ((found.frame, MOST_TALK),)
    assert found.correction.first < LOUDEST - 3 < LOUDEST + 3 < found.correction.last


def test_talk_is_asked_for_by_what_is_missing_of_the_way_these_lips_open_in_loud_syllables() -> None:
    strengths = []
    for apart in (-0.2, 0.2, 0.3):
        gap = said_gap()
        gap[LOUDEST - 3 : LOUDEST + 4] = apart
        (found,) = lip_corrections(speaker(gap))
        assert found.correction is not None
        assert found.correction.preset == "talk"
        strengths.append(found.correction.keys[0][1])
    assert MOST_TALK == strengths[0] > strengths[1] > strengths[2] > 0.3


def test_lips_that_dip_where_the_voice_is_no_louder_than_usual_do_not_contradict_it() -> None:
    even = 60 + int(np.argmin(np.abs(syllables(sounded_opening(SOUND), 1 / 25)[60:190])))
    gap = said_gap()
    gap[even - 1 : even + 2] -= 1.2
    assert lip_corrections(speaker(gap)) == []


def test_lips_at_rest_are_not_told_to_close_further() -> None:
    gap = said_gap()
    gap[SOFTEST - 2 : SOFTEST + 3] = 1.3
    gaping = speaker(gap)
    assert any("shut" in each.reasons[0] for each in lip_corrections(gaping))
    assert lip_corrections(replace(gaping, rest_gap=-1.4)) == []


def test_a_covered_mouth_is_no_contradiction_and_is_bridged_and_marked() -> None:
    face, hidden = speaker(), slice(100, 120)
    guess = face.units.copy()
    guess[hidden, GAP] = np.linspace(guess[99, GAP], guess[120, GAP], 20)
    face.trust[hidden, 2] = 0.0
    (found,) = lip_corrections(replace(face, units=guess))
    assert found.reasons == ("lips unseen in 20 frames: bridged from both sides and the voice",)
    assert found.correction is not None
    frames, weights = (np.array(each) for each in zip(*found.correction.keys, strict=True))
    assert frames.tolist() == list(range(100, 120, 3))
    bridged = 0.2 + weights * guess[frames, GAP]
    truth = 0.2 + face.units[frames, GAP]
    assert np.abs(bridged - truth).mean() < 0.6 * np.abs(0.2 + guess[frames, GAP] - truth).mean()


def test_what_is_covered_for_long_or_at_an_end_is_not_bridged() -> None:
    for hidden in (slice(100, 175), slice(225, FRAMES)):
        face = speaker()
        face.trust[hidden, 2] = 0.0
        assert lip_corrections(face) == []


def test_a_voice_that_the_lips_do_not_follow_says_nothing() -> None:
    gap = babble(5)
    gap[LOUDEST - 3 : LOUDEST + 4] = 0.0
    assert lip_corrections(speaker(gap)) == []
    assert lip_corrections(replace(speaker(), speaks=np.zeros(FRAMES))) == []
    assert lip_corrections(replace(speaker(), sound=None, speaks=None)) == []


def shouting() -> FaceSignals:
    """Three phrases; in the second the voice is 12 dB louder and a third higher."""
    loud = (np.arange(FRAMES) >= 90) & (np.arange(FRAMES) < 150)
    spoken = np.ones(FRAMES)
    spoken[[*range(78, 90), *range(150, 162)]] = 0.0
    sound = replace(SOUND, level=(-30 + 12.0 * loud).astype(np.float64), pitch=120.0 * 2 ** (loud / 3), speech=spoken)
    return replace(speaker(), sound=sound, speaks=spoken)


def test_an_aroused_phrase_may_propose_strength_and_a_calm_one_less() -> None:
    found = arousal_corrections(shouting())
    values = [each.correction.keys[0][1] for each in found if each.correction is not None]
    assert len(values) == len(found) == 3
    assert values[0] < 1.0 < values[1] <= 1.2
    assert {each.correction.parameter for each in found if each.correction is not None} == {"expression"}
    assert all(each.reasons[0].startswith("voice arousal ") for each in found)


def test_arousal_is_only_proposed_when_it_is_asked_for() -> None:
    kinds = {each.kind for each in propose_keyframes(shouting(), DetectionOptions())}
    asked = {each.kind for each in propose_keyframes(shouting(), DetectionOptions(arousal=True))}
    assert "arousal" not in kinds
    assert "arousal" in asked


def test_corrections_must_be_worth_it_and_count_into_the_limit_a_minute() -> None:
    gap = said_gap()
    gap[LOUDEST - 3 : LOUDEST + 4] = 0.5
    contradiction, face = lip_corrections(speaker(gap))[0], speaker(gap)
    everything = DetectionOptions(sensitivity=1.0, per_minute=600)
    assert contradiction in propose_keyframes(face, everything)
    calls = [each for each in propose_keyframes(shouting(), DetectionOptions(arousal=True)) if each.kind == "arousal"]
    strict = DetectionOptions(arousal=True, sensitivity=0.0)
    loud = [each for each in propose_keyframes(shouting(), strict) if each.kind == "arousal"]
    assert 0 < len(loud) < len(calls)
    assert all(each.score >= 0.8 for each in loud)
    one = propose_keyframes(shouting(), DetectionOptions(arousal=True, sensitivity=1.0, per_minute=1))
    assert sum(each.kind not in STRUCTURE for each in one) == 1
