"""Keyframes proposed from a face's signals: evidence put together, weighed, thinned out, and explained.

Everything that happens at once becomes one proposal with several reasons. Of proposals that are too close the stronger
stays and takes over the other's reasons. Corrections keep their own frames, however close they are to others, but must
be worth proposing like everything else. The same signals and options give the same list.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.analysis.action_units import REGIONS
from pipeline.analysis.change import CHANGED_FROM
from pipeline.analysis.detection_profiles import PROFILES, Profile
from pipeline.analysis.evidence import Evidence, grouped, joint_strength, moment, reasons_of
from pipeline.analysis.expression_events import BELIEVED_FROM, expression_events
from pipeline.analysis.eye_events import eye_events
from pipeline.analysis.lip_prior import arousal_corrections, lip_corrections
from pipeline.analysis.micro_events import LONGEST_S, micro_events
from pipeline.analysis.pose_events import pose_events
from pipeline.analysis.signals import Array, FaceSignals
from pipeline.analysis.span_events import span_events
from pipeline.analysis.speech_events import speech_events
from pipeline.analysis.thinning import STRUCTURE, Candidate, limited, thinned
from pipeline.project.detection import DetectionOptions, least_score
from pipeline.project.proposal import Proposal, ProposalKind

MOMENT_S = 0.20
"""Readings of one kind this close speak of one event, seconds."""
EXPLAINED_S = 0.15
"""Squints and widened eyes this close to moving lids are the lids' own, seconds."""
SURPRISE_S = 0.25
SURPRISE_LEAST = 0.4
"""Least strength of inner brows, outer brows, and of lids or jaw with them."""
OWN_REASONS, MOST_REASONS = 3, 5
"""Reasons of a proposal of its own, and with those taken over from others at the same moment."""
CHANGE_REACH = 2
"""Frames on both sides in which pictures may change for a keyframe's reasons."""
SKIN_CHANGED, SKIN_TIMES = 0.02, 4.0
"""Change of the face that is told: at least so much, and so many times the usual."""
NOT_USED = {"brows": "brows", "eyes": "eyes", "mouth": "lips"}


def propose_keyframes(signals: FaceSignals, options: DetectionOptions) -> list[Proposal]:
    """Keyframes of one face, by frame."""
    if len(signals.frames) == 0:
        return []
    profile = PROFILES[options.profile]
    candidates = [_candidate(group, profile) for group in _moments(signals)]
    worthy = [each for each in candidates if each.score >= _bar(each.kind, options)]
    kept = thinned(worthy, signals.seconds, options.spacing)
    kept += [each for each in _corrections(signals, options) if each.score >= _bar(each.kind, options)]
    kept = limited(kept, signals.seconds, options.per_minute)
    usual = float(np.median(np.nan_to_num(signals.change)))
    found = [each.proposal or _proposal(each, signals, usual) for each in kept]
    return sorted(found, key=lambda each: each.frame)


def _corrections(signals: FaceSignals, options: DetectionOptions) -> list[Candidate]:
    proposals = lip_corrections(signals)
    if options.arousal:
        proposals += arousal_corrections(signals)
    indices = np.searchsorted(signals.frames, [each.frame for each in proposals])
    return [
        Candidate(int(index), each.kind, each.region, each.score, {}, each)
        for index, each in zip(indices, proposals, strict=True)
    ]


def _bar(kind: ProposalKind, options: DetectionOptions) -> float:
    """Least score of a kind."""
    if kind in STRUCTURE:
        return 0.0
    sensitivity = options.micro_sensitivity if kind == "micro" else options.sensitivity
    if kind == "micro" and sensitivity == 0.0:
        return np.inf
    return least_score(sensitivity)


def _moments(signals: FaceSignals) -> list[list[Evidence]]:
    """All evidence, grouped by what it speaks of."""
    eyes = eye_events(signals)
    lids = signals.seconds[[each.index for each in eyes if each.source == "lids"]]
    blinks = np.array([each.index for each in eyes if each.kind == "blink"], np.int64)
    micro = micro_events(signals, blinks)
    expressions = [
        each
        for each in expression_events(signals)
        if not (_by_lids(each, signals.seconds, lids) or _within_micro(each, signals.seconds, micro))
    ]
    evidence = [*expressions, *eyes, *pose_events(signals), *micro, *speech_events(signals), *span_events(signals)]
    startled = [each for each in evidence if each.kind == "apex" and each.source in ("AU5", "AU26")]
    startled.sort(key=lambda each: each.index)
    return [_surprise(group, startled, signals.seconds) for group in grouped(evidence, signals.seconds, MOMENT_S)]


def _by_lids(each: Evidence, seconds: Array, lids: Array) -> bool:
    return each.region == "eyes" and bool(len(lids)) and float(np.abs(lids - seconds[each.index]).min()) <= EXPLAINED_S


def _within_micro(each: Evidence, seconds: Array, micro: Sequence[Evidence]) -> bool:
    """Whether the reading is the rise or fall of a micro-expression."""
    return any(
        (each.source, each.side) == (other.source, other.side)
        and abs(seconds[each.index] - seconds[other.index]) <= LONGEST_S
        for other in micro
    )


def _surprise(group: list[Evidence], startled: Sequence[Evidence], seconds: Array) -> list[Evidence]:
    """The group, as a surprise where inner and outer brows rise together with widening eyes or a dropping jaw.

    `startled` are the apexes of eyes and jaw, in order of time.
    """
    if (group[0].kind, group[0].region) != ("apex", "brows"):
        return group
    risen = seconds[moment(group)]
    low, high = np.searchsorted(seconds, [risen - SURPRISE_S, risen + SURPRISE_S])
    first, stop = (bisect_left(startled, int(at), key=lambda each: each.index) for at in (low, high))
    rest = startled[first:stop]
    strengths = {
        source: max((each.strength for each in [*group, *rest] if each.source == source), default=0.0)
        for source in ("AU1", "AU2", "AU5", "AU26")
    }
    if min(strengths["AU1"], strengths["AU2"], max(strengths["AU5"], strengths["AU26"])) < SURPRISE_LEAST:
        return group
    return [replace(each, kind="surprise", region="face") for each in [*group, *rest]]


def _candidate(group: list[Evidence], profile: Profile) -> Candidate:
    kind, region = group[0].kind, group[0].region
    strength = 1.0 if kind in STRUCTURE else float(np.tanh(joint_strength(group, profile.units)))
    return Candidate(
        moment(group), kind, region, strength * profile.kinds.get(kind, 1.0), reasons_of(group, OWN_REASONS)
    )


def _changes(index: int, signals: FaceSignals, usual: float) -> list[str]:
    """What the pictures themselves say of the moment: they speak for it, but not for what it is."""
    near = slice(max(0, index - CHANGE_REACH), index + CHANGE_REACH + 1)
    found = []
    face = float(np.nan_to_num(signals.change[near]).max())
    if face >= max(SKIN_CHANGED, SKIN_TIMES * usual):
        found.append(f"face changes {face:.2f}, usually {usual:.3f}")
    picture = float(np.nan_to_num(signals.plate_change[near]).max())
    if picture >= CHANGED_FROM:
        found.append(f"picture changes {picture:.2f}")
    return found


def _proposal(candidate: Candidate, signals: FaceSignals, usual_change: float) -> Proposal:
    reasons = [*list(candidate.reasons.values())[:MOST_REASONS], *_changes(candidate.index, signals, usual_change)]
    if not signals.clear[candidate.index]:
        hidden = [
            NOT_USED[region]
            for region, trust in zip(REGIONS, signals.trust[candidate.index], strict=True)
            if float(trust.max()) < BELIEVED_FROM
        ]
        reasons += [f"{part} covered: not used" for part in hidden]
    return Proposal(
        frame=int(signals.frames[candidate.index]),
        kind=candidate.kind,
        score=round(candidate.score, 4),
        reasons=tuple(reasons),
        region=candidate.region,
    )
