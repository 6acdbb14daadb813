"""The action units by the blendshapes that move them, and the parts of the face that they move.

Names are those of `project.expression.ExpressionWeights`. AU25 is not here: lips are parted by what lies between them,
not by a score (`movement`).
"""

from dataclasses import dataclass

from pipeline.engines.landmarkers.blendshapes import NAMES


@dataclass(frozen=True, slots=True)
class UnitMove:
    """One weight of an action unit. `scores` are places among the 52; `twins` those of the other side, beside them.

    `side`: 1 left, -1 right, 0 both. `parts` of the face that it moves, by name.
    """

    name: str
    scores: tuple[int, ...]
    twins: tuple[int, ...]
    side: int
    parts: tuple[str, ...]


def _sided(name: str, stem: str, *parts: str) -> tuple[UnitMove, UnitMove]:
    """Both sides of a unit; a score without sides serves both."""
    if stem in NAMES:
        both = (NAMES.index(stem),)
        return UnitMove(f"{name}L", both, (), 1, parts), UnitMove(f"{name}R", both, (), -1, parts)
    left, right = (NAMES.index(f"{stem}Left"),), (NAMES.index(f"{stem}Right"),)
    return UnitMove(f"{name}L", left, right, 1, parts), UnitMove(f"{name}R", right, left, -1, parts)


def _middle(name: str, stems: tuple[str, ...], *parts: str) -> UnitMove:
    return UnitMove(name, tuple(NAMES.index(each) for each in stems), (), 0, parts)


JAW_SCORES: tuple[int, ...] = tuple(i for i, name in enumerate(NAMES) if name.startswith("jaw"))
JAW_PARTS = ("jaw", "lips", "cheeks")
"""What an opening jaw takes along: the jaw's weight holds for all of it."""

UNIT_MOVES: tuple[UnitMove, ...] = (
    *_sided("AU1", "browInnerUp", "brows"),
    *_sided("AU2", "browOuterUp", "brows"),
    *_sided("AU4", "browDown", "brows"),
    *_sided("AU5", "eyeWide", "eyes"),
    *_sided("AU7", "eyeSquint", "eyes"),
    *_sided("AU10", "mouthUpperUp", "lips", "nose", "cheeks"),
    *_sided("AU12", "mouthSmile", "lips", "cheeks", "nose", "jaw"),
    *_sided("AU14", "mouthDimple", "lips", "cheeks"),
    *_sided("AU15", "mouthFrown", "lips", "cheeks", "jaw"),
    *_sided("AU16", "mouthLowerDown", "lips", "jaw"),
    _middle("AU17", ("mouthShrugLower", "mouthShrugUpper"), "lips", "jaw"),
    _middle("AU18", ("mouthPucker",), "lips", "cheeks", "jaw"),
    *_sided("AU20", "mouthStretch", "lips", "cheeks", "jaw"),
    _middle("AU22", ("mouthFunnel",), "lips", "jaw"),
    *_sided("AU24", "mouthPress", "lips", "jaw"),
    _middle("AU26", ("jawOpen",), *JAW_PARTS),
    _middle("AU28", ("mouthRollLower", "mouthRollUpper"), "lips"),
)

BLINK_MOVES: tuple[UnitMove, UnitMove] = (
    UnitMove("blink_left", (NAMES.index("eyeBlinkLeft"),), (NAMES.index("eyeBlinkRight"),), 1, ("eyes",)),
    UnitMove("blink_right", (NAMES.index("eyeBlinkRight"),), (NAMES.index("eyeBlinkLeft"),), -1, ("eyes",)),
)
APART_SCORES: tuple[int, ...] = tuple(
    i for i, name in enumerate(NAMES) if name.startswith(("eyeBlink", "eyeLook", "_neutral"))
)
"""No weight of a part reaches them: blinks have their own, and gaze is the plate's."""
