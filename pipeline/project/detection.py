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
