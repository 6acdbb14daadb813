"""The parts of a face that a correction takes hold of, as numbers of landmarks: named regions, and single points.

Landmarks 0..467 are vertices of the canonical mesh, 468..477 the irises. Left and right are the performer's.
"""

from pipeline.errors import ProjectError

POINTS = 468
"""Landmarks that may be taken hold of one by one: the mesh's vertices. An iris moves as a whole."""

# fmt: off
_UPPER_LIP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
_LOWER_LIP = (146, 91, 181, 84, 17, 314, 405, 321, 375, 95, 88, 178, 87, 14, 317, 402, 318, 324)
_LEFT_UPPER_LID = (466, 388, 387, 386, 385, 384, 398)
_LEFT_LOWER_LID = (249, 390, 373, 374, 380, 381, 382)
_RIGHT_UPPER_LID = (246, 161, 160, 159, 158, 157, 173)
_RIGHT_LOWER_LID = (7, 163, 144, 145, 153, 154, 155)
_LEFT_IRIS = (473, 474, 475, 476, 477)
_RIGHT_IRIS = (468, 469, 470, 471, 472)

REGIONS: dict[str, tuple[int, ...]] = {
    "mouth": _UPPER_LIP + _LOWER_LIP,
    "upper_lip": _UPPER_LIP,
    "lower_lip": _LOWER_LIP,
    "left_mouth_corner": (291, 308),
    "right_mouth_corner": (61, 78),
    "left_eye": (263, 362, *_LEFT_UPPER_LID, *_LEFT_LOWER_LID, *_LEFT_IRIS),
    "right_eye": (33, 133, *_RIGHT_UPPER_LID, *_RIGHT_LOWER_LID, *_RIGHT_IRIS),
    "left_upper_lid": _LEFT_UPPER_LID,
    "left_lower_lid": _LEFT_LOWER_LID,
    "right_upper_lid": _RIGHT_UPPER_LID,
    "right_lower_lid": _RIGHT_LOWER_LID,
    "left_iris": _LEFT_IRIS,
    "right_iris": _RIGHT_IRIS,
    "left_brow": (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
    "right_brow": (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    "nose": (195, 5, 4, 2, 98, 327, 64, 294, 48, 278, 49, 279, 102, 331, 129, 358),
    "jaw": (361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132),
}
"""What moves as a whole when a region is corrected, by its name."""
# fmt: on


def is_part(part: str) -> bool:
    """Whether a region has that name, or a point that number."""
    return part in REGIONS or (part.isascii() and part.isdecimal() and part == str(int(part)) and int(part) < POINTS)


def checked_part(part: str) -> str:
    """The part as it is. Raises ProjectError: a face has none of that name or number."""
    if not is_part(part):
        raise ProjectError(
            f"A face has no part {part} to correct: name a point, 0 to {POINTS - 1}, or one of {', '.join(REGIONS)}."
        )
    return part


def points_of(part: str) -> tuple[int, ...]:
    """The landmarks of a region, or the one point."""
    return REGIONS[part] if part in REGIONS else (int(part),)


def spoken_part(part: str) -> str:
    """A part as it is shown: `left eye`, `point 61`."""
    return part.replace("_", " ") if part in REGIONS else f"point {part}"
