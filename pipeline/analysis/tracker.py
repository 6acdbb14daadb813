"""Follows every face of a plate from frame to frame; one decision a frame, in order, the same in every run.

A face is followed by looking where the flow carries its region. Whoever cannot be followed is dropped at once and found
again by the detector as a new tracklet: joining tracklets into people is done afterwards, with all of the plate known
(`people`), so that nothing here has to guess ahead. Every tracklet starts from a settled region, hence no frame of a
shot mixes the detector's view with the tracker's.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import FaceRow, make_row
from pipeline.analysis.following import Past, followed_back, step_to
from pipeline.analysis.gates import SAME_FACE, believable, mesh_box, shared
from pipeline.analysis.lying_faces import lying_faces
from pipeline.analysis.picture import Picture
from pipeline.analysis.region_policy import drawn_towards
from pipeline.analysis.tracklet import Tracklet
from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.faces import Detection, FaceMesh
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.landmarkers.settle import settle
from pipeline.engines.recognizers.faceres import FaceResRecognizer
from pipeline.engines.regions import Region, face_region
from pipeline.engines.session import SessionPool

LONG_AGO = -(10**9)


@dataclass(frozen=True, slots=True)
class TrackerSettings:
    """How often to look, and when to doubt."""

    detect_every: int = 8
    """Frames between looks of the detector while every face is followed; newcomers are followed back as far."""
    alert: int = 48
    """Frames after a loss in which the detector looks at every frame."""
    tile_every: int = 48
    """Frames between tiled looks while no face is followed."""
    tile_beside: int = 96
    """Frames between tiled looks while faces are followed: for a small one that comes in beside them."""
    contact_every: int = 2
    """Frames between identity checks while two faces overlap."""
    doubt: float = 0.35
    """Likeness to itself under which a tracklet has moved to somebody else."""
    contest: float = 0.05
    """By how much another tracklet in contact must be more like the face for this one to give it up."""


@dataclass(slots=True, eq=False)
class TrackerState:
    """All that a tracker remembers besides the last pictures."""

    followed: list[Tracklet] = field(default_factory=list)
    recent_boxes: list[list[NDArray[np.float64]]] = field(default_factory=list)
    """Boxes of the faces followed in each of the last pictures."""
    next_number: int = 0
    last_loss: int = LONG_AGO
    last_look: int = LONG_AGO
    last_tiles: int = LONG_AGO


NumberedRow = tuple[int, FaceRow]
"""A tracklet's number and its row."""


class FaceTracker:
    """Owns the tracklets being followed and the last few pictures."""

    def __init__(
        self, pool: SessionPool, settings: TrackerSettings | None = None, state: TrackerState | None = None
    ) -> None:
        self.settings = settings or TrackerSettings()
        self.state = state or TrackerState()
        self.ended: list[Tracklet] = []
        """Tracklets that are no longer followed; whoever stores them may empty the list."""
        self._detector = BlazeFaceDetector(pool, "full")
        self._landmarker = FaceMeshLandmarker(pool)
        self._recognizer = FaceResRecognizer(pool)
        self._pictures: deque[Picture] = deque(maxlen=self.settings.detect_every)

    def recall(self, picture: Picture) -> None:
        """Take a picture back into the memory without judging it, when a pass is taken up again."""
        self._pictures.append(picture)

    @property
    def recent_frames(self) -> tuple[int, ...]:
        """Frames of the pictures that are looked back on."""
        return tuple(each.frame for each in self._pictures)

    def forget(self) -> None:
        """The frames that follow do not continue the ones before: a cut, or a frame that cannot be read."""
        self.ended.extend(self.state.followed)
        self.state.followed = []
        self.state.recent_boxes = []
        self._pictures.clear()

    def step(self, picture: Picture, starts_shot: bool) -> list[NumberedRow]:
        """Rows of the faces in the next frame, and of newly found ones in the frames just before it."""
        if starts_shot:
            self.forget()
        rows = self._follow(picture)
        self._judge_contacts(picture)
        following = {each.number for each in self.state.followed}
        rows = [row for row in rows if row[0] in following]
        rows.extend(self._search(picture, starts_shot))
        self._pictures.append(picture)
        boxes = [*self.state.recent_boxes, [each.box for each in self.state.followed]]
        self.state.recent_boxes = boxes[-self.settings.detect_every :]
        return rows

    def _follow(self, picture: Picture) -> list[NumberedRow]:
        followed = list(self.state.followed)
        if not followed:
            return []
        before = self._pictures[-1]
        steps = [step_to(each.region, each.landmarks, before, picture) for each in followed]
        meshes = self._landmarker.locate_rois(picture, [each.region for each in steps])
        rows = []
        for tracklet, step, mesh in zip(followed, steps, meshes, strict=True):
            if not step.continues_in(mesh):
                self._give_up(tracklet, picture)
                continue
            row = make_row(picture.frame, mesh.landmarks, mesh.scores, mesh.presence, step.flow, step.error)
            tracklet.advance(row, drawn_towards(step.region, row.landmarks))
            rows.append((tracklet.number, row))
            self._embed_when_due(picture, tracklet)
        return rows

    def _give_up(self, tracklet: Tracklet, picture: Picture) -> None:
        self.state.followed = [each for each in self.state.followed if each is not tracklet]
        self.state.last_loss = picture.frame
        self.ended.append(tracklet)

    def _embed(self, picture: Picture, tracklet: Tracklet) -> NDArray[np.float32]:
        mesh = FaceMesh(tracklet.landmarks.astype(np.float64), np.zeros(0, np.float32), 1.0)
        return self._recognizer.embed(picture, mesh)

    def _embed_when_due(self, picture: Picture, tracklet: Tracklet) -> None:
        if not tracklet.embedding_due(picture.frame):
            return
        embedding = self._embed(picture, tracklet)
        if tracklet.likeness(embedding) < self.settings.doubt:
            self._give_up(tracklet, picture)
        else:
            tracklet.remember(embedding)

    def _judge_contacts(self, picture: Picture) -> None:
        """Two faces that overlap can swap or merge: who is less like itself than like the other gives up."""
        followed = list(self.state.followed)
        for i, first in enumerate(followed):
            for second in followed[i + 1 :]:
                if first not in self.state.followed or second not in self.state.followed:
                    continue
                common = shared(first.box, second.box)
                merged = common > SAME_FACE
                if merged or (common > 0 and picture.frame % self.settings.contact_every == 0):
                    loser = self._contest(picture, first, second, merged)
                    if loser is not None:
                        self._give_up(loser, picture)

    def _contest(self, picture: Picture, first: Tracklet, second: Tracklet, merged: bool) -> Tracklet | None:
        """Who of two overlapping tracklets gives up; None when each is on its own face."""
        seen_first, seen_second = self._embed(picture, first), self._embed(picture, second)
        first_margin = first.likeness(seen_first) - second.likeness(seen_first)
        second_margin = second.likeness(seen_second) - first.likeness(seen_second)
        loser = first if first_margin < second_margin else second
        if merged or min(first_margin, second_margin) < -self.settings.contest:
            return loser
        return None

    def _search(self, picture: Picture, starts_shot: bool) -> list[NumberedRow]:
        rows: list[NumberedRow] = []
        for detection in self._look(picture, starts_shot):
            if not self._is_followed(detection.box):
                rows.extend(self._settle(picture, face_region(detection.box, detection.keypoints)))
        if not self.state.followed and self.state.last_tiles == picture.frame:
            for region in lying_faces(self._detector, picture.rgb):
                rows.extend(self._settle(picture, region))
        return rows

    def _settle(self, picture: Picture, region: Region) -> list[NumberedRow]:
        found = settle(self._landmarker, picture, region)
        return [] if found is None else self._begin(picture, found[0])

    def _is_followed(self, box: NDArray[np.float64]) -> bool:
        return any(shared(each.box, box) > SAME_FACE for each in self.state.followed)

    def _look(self, picture: Picture, starts_shot: bool) -> list[Detection]:
        """The detector's answer where a look is due, left to right; nothing elsewhere."""
        state, settings, frame = self.state, self.settings, picture.frame
        lonely = not state.followed
        tiles_due = frame - state.last_tiles >= (settings.tile_every if lonely else settings.tile_beside)
        if starts_shot or tiles_due:
            state.last_tiles = state.last_look = frame
            found = self._detector.find_tiled(picture)
        elif lonely or frame - state.last_loss <= settings.alert or frame - state.last_look >= settings.detect_every:
            state.last_look = frame
            found = self._detector.find(picture)
        else:
            found = []
        return sorted(found, key=lambda each: (float(each.box[0]), float(each.box[1])))

    def _begin(self, picture: Picture, region: Region) -> list[NumberedRow]:
        mesh = self._landmarker.locate_rois(picture, [region])[0]
        if not believable(mesh.landmarks, mesh.presence) or self._is_followed(mesh_box(mesh.landmarks)):
            return []
        past = [Past(*each) for each in zip(self._pictures, self.state.recent_boxes, strict=True)]
        rows = followed_back(self._landmarker, past, picture, region, mesh)
        last = rows[-1]
        start = drawn_towards(region, last.landmarks)
        tracklet = Tracklet(self.state.next_number, picture.frame, start, last.points, last.exponent)
        tracklet.remember(self._embed(picture, tracklet))
        self.state.next_number += 1
        self.state.followed.append(tracklet)
        return [(tracklet.number, row) for row in rows]
