"""The expression weights of a face: how much of the performance each part of it shows, part by part and unit by unit.

A weight is a share of what the performer does: 0 leaves that part at rest, 1 is the performance, 1.5 (150 %) half as
much again. Weights multiply: lips at 0.5 under a lower face at 0.5 move a quarter. Left and right are the performer's.
Action units have their FACS numbers, L and R where they have sides (`docs/expression.md`).
"""

from typing import Annotated

from msgspec import Meta, Struct

from pipeline.project.ranged import ranged


def _weight(description: str) -> Meta:
    return ranged(0.0, 1.5, description)


class ExpressionWeights(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Weights of one face at one frame."""

    expression: Annotated[float, _weight("Share of the whole performance.")] = 1.0

    matching: Annotated[
        float,
        _weight("Share of the corrections that `final` makes, or of a borrowed motion."),
    ] = 1.0

    # Areas
    upper_face: Annotated[float, _weight("Share above the nose's middle: brows, lids, upper cheeks.")] = 1.0
    lower_face: Annotated[float, _weight("Share below the nose's middle: lower cheeks, lips, jaw.")] = 1.0

    # Regions
    brows_left: Annotated[float, _weight("Share of the left brow and forehead.")] = 1.0
    brows_right: Annotated[float, _weight("Share of the right brow and forehead.")] = 1.0
    eyes_left: Annotated[float, _weight("Share of the left lids, blinks and gaze apart.")] = 1.0
    eyes_right: Annotated[float, _weight("Share of the right lids, blinks and gaze apart.")] = 1.0
    nose_left: Annotated[float, _weight("Share of the nose's left side and wing.")] = 1.0
    nose_right: Annotated[float, _weight("Share of the nose's right side and wing.")] = 1.0
    cheeks_left: Annotated[float, _weight("Share of the left cheek.")] = 1.0
    cheeks_right: Annotated[float, _weight("Share of the right cheek.")] = 1.0
    lips_left: Annotated[float, _weight("Share of the lips' left half; they follow the jaw all the same.")] = 1.0
    lips_right: Annotated[float, _weight("Share of the lips' right half; they follow the jaw all the same.")] = 1.0
    jaw_left: Annotated[float, _weight("Share of the left jaw and chin; the lower lip follows it.")] = 1.0
    jaw_right: Annotated[float, _weight("Share of the right jaw and chin; the lower lip follows it.")] = 1.0

    # Eyes
    blink_left: Annotated[float, _weight("Share of the left eye's blinks; a shut eye does not open.")] = 1.0
    blink_right: Annotated[float, _weight("Share of the right eye's blinks; a shut eye does not open.")] = 1.0
    gaze: Annotated[float, _weight("Share of how far both eyes turn from where this performer mostly looks.")] = 1.0

    # Action units
    AU1L: Annotated[float, _weight("AU1, inner brow up, left.")] = 1.0
    AU1R: Annotated[float, _weight("AU1, inner brow up, right.")] = 1.0
    AU2L: Annotated[float, _weight("AU2, outer brow up, left.")] = 1.0
    AU2R: Annotated[float, _weight("AU2, outer brow up, right.")] = 1.0
    AU4L: Annotated[float, _weight("AU4, brow down, left.")] = 1.0
    AU4R: Annotated[float, _weight("AU4, brow down, right.")] = 1.0
    AU5L: Annotated[float, _weight("AU5, eye wide, left.")] = 1.0
    AU5R: Annotated[float, _weight("AU5, eye wide, right.")] = 1.0
    AU7L: Annotated[float, _weight("AU7, squint, left.")] = 1.0
    AU7R: Annotated[float, _weight("AU7, squint, right.")] = 1.0
    AU10L: Annotated[float, _weight("AU10, upper lip up, left.")] = 1.0
    AU10R: Annotated[float, _weight("AU10, upper lip up, right.")] = 1.0
    AU12L: Annotated[float, _weight("AU12, smile, left.")] = 1.0
    AU12R: Annotated[float, _weight("AU12, smile, right.")] = 1.0
    AU14L: Annotated[float, _weight("AU14, dimple, left.")] = 1.0
    AU14R: Annotated[float, _weight("AU14, dimple, right.")] = 1.0
    AU15L: Annotated[float, _weight("AU15, lip corner down, left.")] = 1.0
    AU15R: Annotated[float, _weight("AU15, lip corner down, right.")] = 1.0
    AU16L: Annotated[float, _weight("AU16, lower lip down, left.")] = 1.0
    AU16R: Annotated[float, _weight("AU16, lower lip down, right.")] = 1.0
    AU17: Annotated[float, _weight("AU17, chin up.")] = 1.0
    AU18: Annotated[float, _weight("AU18, pucker.")] = 1.0
    AU20L: Annotated[float, _weight("AU20, lip stretch, left.")] = 1.0
    AU20R: Annotated[float, _weight("AU20, lip stretch, right.")] = 1.0
    AU22: Annotated[float, _weight("AU22, funnel.")] = 1.0
    AU24L: Annotated[float, _weight("AU24, lip press, left.")] = 1.0
    AU24R: Annotated[float, _weight("AU24, lip press, right.")] = 1.0
    AU25: Annotated[float, _weight("AU25, lips apart; shut lips stay shut.")] = 1.0
    AU26: Annotated[float, _weight("AU26, jaw drop.")] = 1.0
    AU28: Annotated[float, _weight("AU28, lip roll.")] = 1.0
