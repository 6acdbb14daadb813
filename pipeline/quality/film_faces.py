"""One face of a film, found anew: what measuring knows about a film, whoever made it.

Both films of a pair are read the same way and independently: the widest face of the first frame that shows one, then
from frame to frame in the region of its own last landmarks; after a miss the whole picture is searched again. Where
it is known which face is meant, and so where it is, a `Guide` says where to look instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.landmarkers.settle import settle
from pipeline.engines.regions import Region, face_region, tracking_region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width

Landmarks = NDArray[np.float32]
"""(478, 3) pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmFace:
    """One face through a film of T frames; `landmarks` (T, 478, 3) pixels and `scores` (T, 52) are NaN where absent."""

    landmarks: NDArray[np.float32]
    scores: NDArray[np.float32]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(T,) the face was found."""
        return np.isfinite(self.scores[:, 0])


class Follower(Protocol):
    """Fed with a film's frames in order, it says where the face is."""

    def add(self, image: ImageU8 | None) -> Landmarks | None: ...

    def face(self) -> FilmFace: ...


class FaceReplay:
    """Gives again, frame by frame, what is known of a film already."""

    def __init__(self, face: FilmFace) -> None:
        self._face = face
        self._frame = 0

    def add(self, image: ImageU8 | None) -> Landmarks | None:
        """Landmarks (478, 3) of the next frame, None where no face is; the picture is not looked at."""
        frame, self._frame = self._frame, self._frame + 1
        return self._face.landmarks[frame] if self._face.seen[frame] else None

    def face(self) -> FilmFace:
        """All of it."""
        return self._face


Guide = Mapping[int, NDArray[np.floating]]
"""Landmarks (≥ 468, ≥ 2) in pixels by frame of the face that is meant; a frame without any does not show it."""
STRAYED = 0.5
"""A face found this far from its guide, in face widths, is another one's."""


class FaceFollower:
    """Follows one face through the frames of one film, fed in order; the face of `guide` where there is one."""

    def __init__(self, pool: SessionPool, guide: Guide | None = None) -> None:
        self._guide = guide
        self._detector = BlazeFaceDetector(pool, "full")
        self._landmarker = FaceMeshLandmarker(pool)
        self._region: Region | None = None
        self._landmarks: list[NDArray[np.float32]] = []
        self._scores: list[NDArray[np.float32]] = []

    def add(self, image: ImageU8 | None) -> Landmarks | None:
        """Landmarks (478, 3) in the next frame (h, w, 3 RGB), None where no face is; `image` None: unreadable frame."""
        found = None
        if image is not None:
            region = self._place(len(self._landmarks), image)
            if region is not None:
                found = self._look(image, region)
        landmarks, scores = found or (np.full((478, 3), np.nan, np.float32), np.full(52, np.nan, np.float32))
        self._landmarks.append(landmarks)
        self._scores.append(scores)
        return landmarks if found is not None else None

    @property
    def latest(self) -> Landmarks | None:
        """Landmarks (478, 3) in the last frame that was added, None where no face is."""
        if not self._landmarks or np.isnan(self._landmarks[-1][0, 0]):
            return None
        return self._landmarks[-1]

    def face(self) -> FilmFace:
        """What was seen so far."""
        if not self._landmarks:
            return FilmFace(np.zeros((0, 478, 3), np.float32), np.zeros((0, 52), np.float32))
        return FilmFace(np.stack(self._landmarks), np.stack(self._scores))

    def _place(self, frame: int, image: ImageU8) -> Region | None:
        """Where to look in the next frame."""
        if self._guide is None:
            return self._region or self._search(image)
        meant = self._guide.get(frame)
        if meant is None:
            self._region = None
            return None
        place = tracking_region(np.asarray(meant, np.float32))
        if self._region is not None:
            away = np.hypot(self._region.x - place.x, self._region.y - place.y)
            if away < STRAYED * face_width(meant):
                return self._region
        return place

    def _look(self, image: ImageU8, region: Region) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        mesh = self._landmarker.locate_rois(image, [region])[0]
        if mesh.presence <= PRESENT:
            self._region = None
            return None
        self._region = tracking_region(mesh.landmarks)
        return mesh.landmarks.astype(np.float32), np.asarray(mesh.scores, np.float32)

    def _search(self, image: ImageU8) -> Region | None:
        """The settled region of the widest face in the picture."""
        detections = sorted(self._detector.find(image), key=lambda found: found.box[0] - found.box[2])
        for detection in detections:
            settled = settle(self._landmarker, image, face_region(detection.box, detection.keypoints))
            if settled is not None:
                return settled[0]
        return None
