"""What each detection profile cares for, as data.

A weight multiplies the strength of a kind of keyframe. Emotion wants the face's own peaks; dialogue the mouth, the
eyes and who looks where; action the head; everything takes all of it as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.project.detection import ProfileName
from pipeline.project.proposal import ProposalKind

SPEECH: Mapping[str, float] = {"AU18": 0.6, "AU22": 0.6, "AU25": 0.7, "AU26": 0.7}
"""Units that mostly talk."""
_SAID_ASIDE: Mapping[ProposalKind, float] = {"speech_stress": 0.6, "open_vowel": 0.6}
_UNHEARD: Mapping[ProposalKind, float] = {"speech_stress": 0.3, "open_vowel": 0.3}
"""What speech counts where the face's own peaks matter, and where the head does."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights 0..1 of kinds of keyframes, and of action units; what is not named counts 1."""

    kinds: Mapping[ProposalKind, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)


PROFILES: Mapping[ProfileName, Profile] = {
    "emotion": Profile(
        {"onset": 0.8, "offset": 0.7, "blink": 0.8, "gaze": 0.4, "pose": 0.7, "micro": 0.8, **_SAID_ASIDE},
        SPEECH,
    ),
    "dialogue": Profile(
        {"onset": 0.8, "offset": 0.6, "blink": 0.7, "gaze": 0.7, "pose": 0.6, "micro": 0.6},
        {"AU1": 0.8, "AU2": 0.8, "AU4": 0.8},
    ),
    "action": Profile(
        {"onset": 0.6, "apex": 0.8, "offset": 0.4, "blink": 0.3, "gaze": 0.5, "micro": 0.3, **_UNHEARD},
        SPEECH,
    ),
    "everything": Profile(),
}
