"""What a user may set about keyframe detection."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

ProfileName = Literal["dialogue", "emotion", "action", "everything"]
"""What matters in a plate: see the table of profiles."""
PROFILE_NAMES: tuple[ProfileName, ...] = get_args(ProfileName)


class DetectionOptions(Struct, frozen=True, kw_only=True):
    """Options of one detection. Times are in seconds of presentation, so that they mean the same at every rate."""

    profile: ProfileName = "emotion"
    sensitivity: Annotated[
        float, Meta(ge=0.0, le=1.0, description="0 proposes only the strongest events, 1 everything seen.")
    ] = 0.5
    micro_sensitivity: Annotated[
        float, Meta(ge=0.0, le=1.0, description="The same for micro-expressions; 0 proposes none.")
    ] = 0.5
    arousal: bool = False
    """Whether phrases of an aroused voice are proposed, with a strength of the whole expression."""
    spacing: Annotated[
        float, Meta(ge=0.0, le=10.0, description="Least seconds between two keyframes of one region of a face.")
    ] = 0.15
    per_minute: Annotated[
        float, Meta(ge=1.0, le=600.0, description="Most keyframes a minute of plate; the weakest go first.")
    ] = 120.0


def least_score(sensitivity: float) -> float:
    """What a keyframe must be worth at a sensitivity: 0.8 at 0, 0.4 at a half, 0.1 at 1."""
    return float(0.1 + 0.7 * (1.0 - sensitivity) ** 1.2)


def sensitivity_for(score: float) -> float:
    """The sensitivity, 0..1, at which keyframes of that worth are just proposed."""
    return float(1.0 - min(max((score - 0.1) / 0.7, 0.0), 1.0) ** (1 / 1.2))
