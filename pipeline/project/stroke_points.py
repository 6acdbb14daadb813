"""Where a stroke's points lie: pixels of a picture held by the face that is seen there, and back.

A face is told by its landmarks (at least 468, 3: x right, y down, z away from the camera) in pixels, as the document
corrects them, by the rotation (3, 3, or its nine numbers row by row) that takes the canonical face's axes (to the
performer's left, up, out of the face) to the picture's (right, up, towards the camera), and by the scale, pixels a
centimetre of the canonical face.
"""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.project.landmark_mesh import mesh_triangles
from pipeline.project.landmark_parts import POINTS
from pipeline.project.matte_stroke import FARTHEST_POINT, MOST_POINTS, StrokePoint

Pixel = tuple[float, float]

USUAL_SLACK = 0.04
"""Centimetres that a thinned way strays from the one that was drawn at most: less than anybody's hand."""
USUAL_STEP = 0.5
"""Centimetres between two points of a stroke at most: straight in one picture isn't straight on a head that turned."""
_BESIDE = 0.5
"""Centimetres: beside the mesh the landmark that is nearest the camera is taken out of those that lie as near."""
_PLACES = 4
"""Decimals of a centimetre that are kept."""

Floats = NDArray[np.float64]


def held_point(landmarks: ArrayLike, rotation: ArrayLike, scale: float, at: Pixel) -> StrokePoint | None:
    """The point of a stroke that lies at a pixel; None where that is too far from the face.

    On the face it lies on the skin that is seen there, beside it as deep as the landmark that holds it.
    """
    points = np.asarray(landmarks, np.float64)[:POINTS]
    found = _on_skin(points, at)
    if found is None:
        away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
        near = np.flatnonzero(away <= away.min() + _BESIDE * scale)
        landmark = int(near[points[near, 2].argmin()])
        depth = 0.0
    else:
        landmark, z = found
        depth = z - points[landmark, 2]
    across, down = at[0] - points[landmark, 0], at[1] - points[landmark, 1]
    way = _turn(rotation).T @ (across, -down, -depth) / scale
    if np.abs(way).max() > FARTHEST_POINT:
        return None
    x, y, z = (round(float(v), _PLACES) for v in way)
    return landmark, x, y, z


def pixel_of(landmarks: ArrayLike, rotation: ArrayLike, scale: float, point: StrokePoint) -> Pixel:
    """Where a stroke's point lies in a picture of the face."""
    ((x, y),) = pixels_of(landmarks, rotation, scale, (point,)).tolist()
    return x, y


def pixels_of(landmarks: ArrayLike, rotation: ArrayLike, scale: float, points: Sequence[StrokePoint]) -> Floats:
    """(n, 2) where a stroke's points lie in a picture of the face."""
    held = [point[0] for point in points]
    way = np.array([point[1:] for point in points], np.float64) @ _turn(rotation).T
    places: Floats = np.asarray(landmarks, np.float64)[held, :2] + way[:, :2] * scale * (1.0, -1.0)
    return places


def held_path(
    landmarks: ArrayLike,
    rotation: ArrayLike,
    scale: float,
    path: Sequence[Pixel],
    slack: float = USUAL_SLACK,
    step: float = USUAL_STEP,
) -> tuple[StrokePoint, ...]:
    """A drawn way as a stroke's points, thinned (`thinned`; `slack`, `step` centimetres of the canonical face).

    What lies too far from the face is left out; () where all of it does.
    """
    kept = thinned(path, slack * scale, step * scale)
    held = (held_point(landmarks, rotation, scale, at) for at in kept)
    return tuple(each for each in held if each is not None)


def thinned(path: Sequence[Pixel], slack: float, step: float = math.inf) -> list[Pixel]:
    """A way with no more points than it needs: it strays `slack` pixels at most, its points lie `step` apart at most.

    Both grow where there would be too many points for one stroke. Its ends stay.
    """
    while True:
        kept = _stepped(_straightened(path, slack), step)
        if len(kept) <= MOST_POINTS:
            return kept
        slack, step = max(2 * slack, 0.1), 2 * step


def _straightened(path: Sequence[Pixel], slack: float) -> list[Pixel]:
    """The points that matter, after Douglas and Peucker."""
    points = np.asarray(path, np.float64)
    kept = {0, len(path) - 1}
    stretches = [(0, len(path) - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        away = _off_line(points[first + 1 : last], points[first], points[last])
        # Of several that are farthest the one in the middle: a zigzag is then halved, not eaten from its end.
        farthest = np.flatnonzero(away == away.max())
        middle = int(farthest[len(farthest) // 2])
        if away[middle] > slack:
            middle += first + 1
            kept.add(middle)
            stretches += [(first, middle), (middle, last)]
    return [path[i] for i in sorted(kept)]


def _stepped(path: list[Pixel], step: float) -> list[Pixel]:
    found = path[:1]
    for end in path[1:]:
        start = found[-1]
        parts = max(1, math.ceil(math.dist(start, end) / step))
        found += [_between(start, end, i / parts) for i in range(1, parts)]
        found.append(end)
    return found


def _between(start: Pixel, end: Pixel, share: float) -> Pixel:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _off_line(points: Floats, start: Floats, end: Floats) -> Floats:
    """(n,) how far points lie from the line between two others, which ends at them."""
    line = end - start
    length = float(line @ line)
    share = np.clip((points - start) @ line / length, 0.0, 1.0) if length else np.zeros(len(points))
    away: Floats = np.linalg.norm(points - start - share[:, None] * line, axis=1)
    return away


def _on_skin(points: Floats, at: Pixel) -> tuple[int, float] | None:
    """The corner next to a pixel of the mesh's foremost triangle there, and the skin's depth; None beside the mesh."""
    corners = points[_triangles()]
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (corners[:, k].T for k in range(3))
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    area[np.abs(area) < 1e-9] = np.inf
    b = ((at[0] - ax) * (cy - ay) - (at[1] - ay) * (cx - ax)) / area
    c = ((bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax)) / area
    inside = np.flatnonzero((area != np.inf) & (b >= 0) & (c >= 0) & (b + c <= 1))
    if not len(inside):
        return None
    depth = (az + b * (bz - az) + c * (cz - az))[inside]
    seen = int(depth.argmin())
    corner = _triangles()[inside[seen]]
    away = np.hypot(points[corner, 0] - at[0], points[corner, 1] - at[1])
    return int(corner[away.argmin()]), float(depth[seen])


def _turn(rotation: ArrayLike) -> Floats:
    return np.asarray(rotation, np.float64).reshape(3, 3)


@cache
def _triangles() -> NDArray[np.int64]:
    return np.array(mesh_triangles(), np.int64)
