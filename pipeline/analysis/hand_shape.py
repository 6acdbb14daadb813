"""The outline a hand should have, from its 21 joints: tapered capsules along the fingers, a hull for the palm.

Radii are in units of the hand's size, the mean length of its phalanges in three dimensions, which hardly changes
when a finger points at the camera. They were fitted by eye to the hand of the crying clip.
"""

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.imaging.arrays import MatteU8

FINGERS = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
"""Joints of thumb, index, middle, ring and little finger, from the knuckle to the tip."""
_PHALANX_STARTS = [joint for finger in FINGERS[1:] for joint in finger[:-1]]
_PHALANX_ENDS = [joint for finger in FINGERS[1:] for joint in finger[1:]]
PALM = (0, 5, 9, 13, 17)
WRIST, THUMB_BASE, MIDDLE_KNUCKLE, INDEX_KNUCKLE, LITTLE_KNUCKLE = 0, 1, 9, 5, 17

_RADII = (0.36, 0.33, 0.28, 0.23)
"""Radius of a finger at its four joints, in hand sizes."""
_FINGER_GIRTH = (1.08, 1.0, 1.0, 1.0, 0.9)
_TIP_BEYOND = 0.22
"""The fingertip reaches this far beyond its joint, as a share of the last phalanx."""
_PALM_MARGIN = 0.2
_FOREARM_LENGTH = 6.0
_SUBPIXEL_BITS = 4

Joints = NDArray[np.float64]
"""(21, 3) pixels."""


class Silhouette(NamedTuple):
    """Pictures 0 or 1: the whole outline, and the part that surely is hand.

    Thumb and forearm count in `whole` only: behind the other fingers and beyond the wrist the joints are a guess.
    """

    whole: MatteU8
    sure: MatteU8


def hand_size(joints: Joints) -> float:
    """Mean length of the phalanges of the four fingers in pixels, depth included."""
    return float(np.linalg.norm(joints[_PHALANX_ENDS] - joints[_PHALANX_STARTS], axis=1).mean())


def silhouette(joints: Joints, width: int, height: int, sure_girth: float) -> Silhouette:
    """Outline of a hand in a picture of `width` × `height`; `sure_girth` is the share of the radii that is sure."""
    size = hand_size(joints)
    points = joints[:, :2]
    sure = np.zeros((height, width), np.uint8)
    _fill_four_fingers(sure, points, size, sure_girth)
    cv2.fillConvexPoly(sure, _fixed(_hull(points[list(PALM)])), 1, cv2.LINE_8, _SUBPIXEL_BITS)
    whole = sure.copy()
    _fill_four_fingers(whole, points, size, 1.0)
    _fill_finger(whole, points[list(FINGERS[0])], size * _FINGER_GIRTH[0])
    _fill_forearm(whole, points, size)
    _fill_palm(whole, points, size)
    return Silhouette(whole, sure)


def _fill_four_fingers(picture: MatteU8, points: NDArray[np.float64], size: float, girth: float) -> None:
    for finger, own in zip(FINGERS[1:], _FINGER_GIRTH[1:], strict=True):
        _fill_finger(picture, points[list(finger)], size * girth * own)


def _fill_finger(picture: MatteU8, points: NDArray[np.float64], size: float) -> None:
    for k in range(3):
        _fill_capsule(picture, points[k], points[k + 1], _RADII[k] * size, _RADII[k + 1] * size)
    tip = points[3] + _TIP_BEYOND * (points[3] - points[2])
    _fill_capsule(picture, points[3], tip, _RADII[3] * size, 0.9 * _RADII[3] * size)


def _fill_palm(picture: MatteU8, points: NDArray[np.float64], size: float) -> None:
    palm = points[list(PALM)]
    for a, b in pairwise([*palm, palm[0]]):
        _fill_capsule(picture, a, b, _PALM_MARGIN * size, _PALM_MARGIN * size)
    base = points[[WRIST, THUMB_BASE, FINGERS[0][1], INDEX_KNUCKLE]]
    cv2.fillConvexPoly(picture, _fixed(_hull(base)), 1, cv2.LINE_8, _SUBPIXEL_BITS)


def _fill_forearm(picture: MatteU8, points: NDArray[np.float64], size: float) -> None:
    """The hand goes on beyond the wrist, at least to the edge of the face."""
    along = points[WRIST] - points[MIDDLE_KNUCKLE]
    along = along / (np.linalg.norm(along) + 1e-6)
    radius = max(0.75 * size, 0.42 * float(np.linalg.norm(points[INDEX_KNUCKLE] - points[LITTLE_KNUCKLE])))
    _fill_capsule(picture, points[WRIST], points[WRIST] + _FOREARM_LENGTH * size * along, radius, radius)


def _fill_capsule(
    picture: MatteU8, a: NDArray[np.float64], b: NDArray[np.float64], radius_a: float, radius_b: float
) -> None:
    for centre, radius in ((a, radius_a), (b, radius_b)):
        x, y = _fixed(centre)
        cv2.circle(picture, (int(x), int(y)), int(_fixed(radius)), 1, -1, cv2.LINE_8, _SUBPIXEL_BITS)
    along = b - a
    length = float(np.linalg.norm(along))
    if length > 1e-3:
        across = np.array([-along[1], along[0]]) / length
        side = np.array([a + across * radius_a, b + across * radius_b, b - across * radius_b, a - across * radius_a])
        cv2.fillConvexPoly(picture, _fixed(side), 1, cv2.LINE_8, _SUBPIXEL_BITS)


def _hull(points: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(cv2.convexHull(points.astype(np.float32))[:, 0], np.float32)


def _fixed(values: ArrayLike) -> NDArray[np.int32]:
    return np.asarray(np.rint(np.asarray(values, np.float64) * (1 << _SUBPIXEL_BITS)), np.int32)
