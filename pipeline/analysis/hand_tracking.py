"""Hands near a face, followed through the plate in both directions of time.

The palm detector does not find a hand in every frame. The joint network, told where the hand was a frame ago, holds it
almost everywhere. So a palm found anywhere is enough: from it the hand is followed forward until it is lost, and
backward until it is lost.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_window import DROP, FaceWindow, WorkGrid, WorkPictures
from pipeline.analysis.hand_shape import Joints, hand_size
from pipeline.analysis.observations import TrackObservations
from pipeline.engines.hands.hand_landmarker import HandLandmarker, HandMesh
from pipeline.engines.hands.palm_detector import PalmDetector
from pipeline.engines.regions import Region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8, Rect

SAME_PLACE = 0.35
"""Overlap (intersection over union) of two boxes from which one hand is behind both."""


@dataclass(frozen=True, slots=True)
class TrackingSettings:
    """When a hand is believed."""

    every: int = 8
    """Palms are looked for in every so many frames."""
    astray: float = 1.5
    """Disagreement of the flow, in face widths / 200, from which a landmark counts as crossed by something."""
    astray_share: float = 0.12
    """Share of such landmarks that makes a pair of frames worth a look besides."""
    turns_deg: tuple[float, ...] = (-46.0, 46.0)
    """Palms are looked for in the upright window and in pictures turned by so much."""
    turned_reach: float = 2.6
    """Side of the turned pictures, in face widths."""
    palm_threshold: float = 0.2
    seed_presence: float = 0.8
    """Presence from which a palm's joints start a track."""
    keep_presence: float = 0.35
    """Presence under which a track ends."""
    max_growth: float = 1.35
    """A hand that changes its size by more from frame to frame is lost."""
    idle_frames: int = 24
    """A hand that keeps away from the face for so long is followed no further."""
    near: float = 0.4
    """How far beyond the face's box a hand still matters, in face widths."""


@dataclass(frozen=True, slots=True, eq=False)
class HandTrack:
    """One hand by plate frame, without gaps: joints (21, 3) on the working grid, presence 0..1."""

    joints: dict[int, Joints]
    presence: dict[int, float]


Seeds = Mapping[int, Sequence[HandMesh]]
"""Hands by plate frame, on the working grid, from which tracks may start."""


class HandScout:
    """Looks for hands near a face: palms in the window, believed when their joints are.

    The palm detector knows hands that point upwards, and a hand on a face mostly does not: in a picture turned both
    ways it finds more than twice as many.
    """

    def __init__(self, pool: SessionPool, settings: TrackingSettings) -> None:
        self._settings = settings
        self._palms = PalmDetector(pool, settings.palm_threshold)
        self._joints = HandLandmarker(pool)

    def look(self, work: ImageU8, window: FaceWindow) -> list[HandMesh]:
        """Hands in the working picture of one frame's window, on the working grid; one may be found more than once."""
        face, rect = window.face, window.rect
        x = (face.x0 + face.x1) / 2 - rect.x0
        y = (face.y0 + face.y1) / 2 - rect.y0 + DROP * face.width
        side = self._settings.turned_reach * face.width
        turned = [Region(x, y, side, side, math.radians(turn)) for turn in self._settings.turns_deg]
        palms = [palm for region in (None, *turned) for palm in self._palms.find(work, region)]
        hands = self._joints.locate(work, [palm.hand_region() for palm in palms])
        return [_moved(hand, rect, 1) for hand in hands if hand.presence >= self._settings.seed_presence]


def scout_hands(
    observations: TrackObservations,
    work: WorkPictures,
    windows: Mapping[int, FaceWindow],
    grid: WorkGrid,
    pool: SessionPool,
    settings: TrackingSettings,
) -> Seeds:
    """Hands in every n-th frame of a track, and wherever something seems to move across the face.

    Where the pass looked already, only the frames are read that it could not look at: those in which a hand, perhaps,
    hid the face from it.
    """
    first = min(windows, default=0)
    wanted = {frame for frame in windows if (frame - first) % settings.every == 0}
    seeds: dict[int, list[HandMesh]] = {}
    if observations.hands is None:
        wanted |= suspicious_frames(observations, settings)
    else:
        wanted -= set(observations.frames.tolist())
        for frame, hands in observations.hands.items():
            seeds[frame] = [replace(hand, joints=grid.joints_to_grid(hand.joints)) for hand in hands]
    if wanted:
        scout = HandScout(pool, settings)
        for frame, picture in work.only(wanted):
            if found := scout.look(picture, windows[frame]):
                seeds[frame] = found
    return seeds


def suspicious_frames(observations: TrackObservations, settings: TrackingSettings) -> set[int]:
    """Frames of pairs whose flow disagrees forward and backward over a good part of the face."""
    width = float(np.median(np.ptp(observations.landmarks[..., 0], axis=1)))
    pairs = [pair for pair, error in enumerate(observations.flow_error) if crossed(error, width, settings)]
    return {int(observations.frames[i]) for pair in pairs for i in (pair, pair + 1)}


def crossed(error: NDArray[np.float32], width: float, settings: TrackingSettings) -> bool:
    """Whether something seems to move across a face of this width: the flow's error (n,) in pixels says so."""
    astray = np.isfinite(error) & (error > settings.astray * width / 200.0)
    return bool(astray.mean() > settings.astray_share)


def track_hands(
    seeds: Seeds,
    work: WorkPictures,
    windows: Mapping[int, FaceWindow],
    pool: SessionPool,
    settings: TrackingSettings,
) -> list[HandTrack]:
    """Follows every seed both ways; a seed that lies on a hand already followed starts nothing."""
    follower = _Follower(HandLandmarker(pool), work, windows, settings)
    for frame in sorted(seeds):
        for seed in sorted(seeds[frame], key=lambda hand: -hand.presence):
            follower.follow(frame, seed)
    return follower.tracks


class _Follower:
    """Owns the tracks found so far; walks from a seed, one direction at a time."""

    def __init__(
        self,
        network: HandLandmarker,
        work: WorkPictures,
        windows: Mapping[int, FaceWindow],
        settings: TrackingSettings,
    ) -> None:
        self._network = network
        self._work = work
        self._windows = windows
        self._settings = settings
        self.tracks: list[HandTrack] = []

    def follow(self, frame: int, seed: HandMesh) -> None:
        if self._known(frame, seed):
            return
        joints, presence = {frame: seed.joints}, {frame: seed.presence}
        for step in (1, -1):
            for there, hand in self._walk(frame, seed, step):
                joints[there], presence[there] = hand.joints, hand.presence
        self.tracks.append(HandTrack(joints, presence))

    def _known(self, frame: int, hand: HandMesh) -> bool:
        return any(_same_hand(hand.joints, track.joints[frame]) for track in self.tracks if frame in track.joints)

    def _walk(self, frame: int, hand: HandMesh, step: int) -> Iterator[tuple[int, HandMesh]]:
        idle = 0
        while idle < self._settings.idle_frames:
            frame += step
            found = self._next(frame, hand)
            if found is None or self._known(frame, found):
                return
            hand = found
            idle = 0 if near_face(hand.joints, self._windows[frame], self._settings.near) else idle + 1
            yield frame, hand

    def _next(self, frame: int, hand: HandMesh) -> HandMesh | None:
        picture = self._work.get(frame)
        if picture is None:
            return None
        rect = self._windows[frame].rect
        found = self._network.locate(picture, [_moved(hand, rect, -1).tracking_region()])[0]
        growth = hand_size(found.joints) / max(hand_size(hand.joints), 1e-6)
        steady = 1 / self._settings.max_growth < growth < self._settings.max_growth
        if found.presence < self._settings.keep_presence or not steady:
            return None
        return _moved(found, rect, 1)


def near_face(joints: Joints, window: FaceWindow, near: float) -> bool:
    """Whether a hand's box touches the face's box grown by `near` face widths."""
    margin = hand_size(joints) * 0.5 + near * window.face.width
    low, high, face = joints[:, :2].min(0) - margin, joints[:, :2].max(0) + margin, window.face
    return bool(low[0] < face.x1 and high[0] > face.x0 and low[1] < face.y1 and high[1] > face.y0)


def _moved(hand: HandMesh, rect: Rect, sign: int) -> HandMesh:
    """From the window's pixels to the grid's (`sign` 1) or back (-1)."""
    return replace(hand, joints=hand.joints + np.array([sign * rect.x0, sign * rect.y0, 0.0]))


def _same_hand(joints: Joints, other: Joints) -> bool:
    """Whether two sets of joints are of one hand: joint by joint near, or in largely the same place."""
    apart = float(np.linalg.norm(joints[:, :2] - other[:, :2], axis=1).mean())
    return apart < hand_size(other) or _overlap(joints, other) > SAME_PLACE


def _overlap(joints: Joints, other: Joints) -> float:
    """Intersection over union of the joints' boxes."""
    (low, high), (other_low, other_high) = ((j[:, :2].min(0), j[:, :2].max(0)) for j in (joints, other))
    shared = np.prod(np.maximum(np.minimum(high, other_high) - np.maximum(low, other_low), 0.0))
    return float(shared / (np.prod(high - low) + np.prod(other_high - other_low) - shared + 1e-9))
