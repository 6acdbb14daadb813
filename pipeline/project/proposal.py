"""A frame that detection proposes as an expression keyframe, with its reasons.

A proposal is a finding, not yet part of a document: a person (or a merge) turns it into a marker. It holds no keys.
"""

from typing import Literal, get_args

import msgspec

from pipeline.project.correction import Correction

ProposalKind = Literal[
    "first",
    "last",
    "cut",
    "occlusion_in",
    "occlusion_out",
    "onset",
    "apex",
    "offset",
    "surprise",
    "micro",
    "blink",
    "gaze",
    "pose",
    "speech_stress",
    "open_vowel",
    "lip_sync",
    "arousal",
]
"""What a keyframe is.

first, last: ends of the face's track. cut: first frame of a new shot. occlusion_in: last clean frame before something
comes before the face; occlusion_out: first clean frame after. onset, apex, offset: an expression begins to rise, has
risen, is half gone. surprise: an apex of brows together with eyes or jaw. micro: a whole movement of half a second or
less, small. blink: lids at their lowest. gaze: eyes come to rest elsewhere. pose: the head begins or ends a turn.
lip_sync: lips that contradict the voice, or that are covered while it goes on. arousal: the loudest moment of a phrase
that is louder and higher, or softer and lower, than the voice usually is.
speech_stress: the loudest moment of a syllable that the face stresses. open_vowel: the widest of an open vowel it says.
"""
PROPOSAL_KINDS: tuple[ProposalKind, ...] = get_args(ProposalKind)

ProposalRegion = Literal["face", "brows", "eyes", "mouth", "head", "plate"]
"""Where on the face the evidence lies: `head` is pose, `face` the whole face, `plate` the film (first, last, cut)."""
PROPOSAL_REGIONS: tuple[ProposalRegion, ...] = get_args(ProposalRegion)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One proposed keyframe of one face track."""

    frame: int
    """Plate frame, 0-based."""
    kind: ProposalKind
    score: float
    """0..1: how much the keyframe is worth; comparable between kinds of one profile."""
    reasons: tuple[str, ...]
    """In words, the strongest first."""
    region: ProposalRegion
    correction: Correction | None = None
    """What could be changed here; None: nothing is proposed."""
