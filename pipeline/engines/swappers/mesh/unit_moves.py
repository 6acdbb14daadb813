"""The action units by the blendshapes that move them, and the parts of the face that they move.

Names are those of `project.expression.ExpressionWeights`. AU25 is not here: lips are parted by what lies between them,
not by a score (`movement`).
"""

from dataclasses import dataclass

from pipeline.engines.landmarkers.blendshapes import NAMES


@dataclass(frozen=True, slots=True)
class UnitMove:
    """One weight of an action unit. `scores` are places among the 52; `twins` those of the other side, beside them.

    `side`: 1 left, -1 right, 0 both. `parts` of the face that it moves, by name. `scale`: the score of a plain,
    unexaggerated action, as `analysis.action_units` has it.
    """

    name: str
    unit: str
    scale: float
    scores: tuple[int, ...]
    twins: tuple[int, ...]
    side: int
    parts: tuple[str, ...]


def _sided(unit: str, stem: str, scale: float, *parts: str) -> tuple[UnitMove, UnitMove]:
    """Both sides of a unit; a score without sides serves both."""
    if stem in NAMES:
        both = (NAMES.index(stem),)
        return (
            UnitMove(f"{unit}L", unit, scale, both, (), 1, parts),
            UnitMove(f"{unit}R", unit, scale, both, (), -1, parts),
        )
    left, right = (NAMES.index(f"{stem}Left"),), (NAMES.index(f"{stem}Right"),)
    return (
        UnitMove(f"{unit}L", unit, scale, left, right, 1, parts),
        UnitMove(f"{unit}R", unit, scale, right, left, -1, parts),
    )


def _middle(unit: str, stems: tuple[str, ...], scale: float, *parts: str) -> UnitMove:
    return UnitMove(unit, unit, scale, tuple(NAMES.index(each) for each in stems), (), 0, parts)


JAW_SCORES: tuple[int, ...] = tuple(i for i, name in enumerate(NAMES) if name.startswith("jaw"))
JAW_PARTS = ("jaw", "lips", "cheeks")
"""What an opening jaw takes along: the jaw's weight holds for all of it."""

UNIT_MOVES: tuple[UnitMove, ...] = (
    *_sided("AU1", "browInnerUp", 0.50, "brows"),
    *_sided("AU2", "browOuterUp", 0.50, "brows"),
    *_sided("AU4", "browDown", 0.25, "brows"),
    *_sided("AU5", "eyeWide", 0.15, "eyes"),
    *_sided("AU7", "eyeSquint", 0.50, "eyes"),
    *_sided("AU10", "mouthUpperUp", 0.60, "lips", "nose", "cheeks"),
    *_sided("AU12", "mouthSmile", 0.60, "lips", "cheeks", "nose", "jaw"),
    *_sided("AU14", "mouthDimple", 0.15, "lips", "cheeks"),
    *_sided("AU15", "mouthFrown", 0.12, "lips", "cheeks", "jaw"),
    *_sided("AU16", "mouthLowerDown", 0.35, "lips", "jaw"),
    _middle("AU17", ("mouthShrugLower", "mouthShrugUpper"), 0.30, "lips", "jaw"),
    _middle("AU18", ("mouthPucker",), 0.60, "lips", "cheeks", "jaw"),
    *_sided("AU20", "mouthStretch", 0.30, "lips", "cheeks", "jaw"),
    _middle("AU22", ("mouthFunnel",), 0.25, "lips", "jaw"),
    *_sided("AU24", "mouthPress", 0.25, "lips", "jaw"),
    _middle("AU26", ("jawOpen",), 0.25, *JAW_PARTS),
    _middle("AU28", ("mouthRollLower", "mouthRollUpper"), 0.20, "lips"),
)

BLINK_MOVES: tuple[UnitMove, UnitMove] = (
    UnitMove(
        "blink_left", "blink", 0.80, (NAMES.index("eyeBlinkLeft"),), (NAMES.index("eyeBlinkRight"),), 1, ("eyes",)
    ),
    UnitMove(
        "blink_right", "blink", 0.80, (NAMES.index("eyeBlinkRight"),), (NAMES.index("eyeBlinkLeft"),), -1, ("eyes",)
    ),
)
APART_SCORES: tuple[int, ...] = tuple(
    i for i, name in enumerate(NAMES) if name.startswith(("eyeBlink", "eyeLook", "_neutral"))
)
"""No weight of a part reaches them: blinks and gaze have their own."""
