"""The best views of a person in a film, to take an identity from: by turn, expression, sharpness, size and light.

A few dozen frames, evenly spread, are looked at. The person is the one whose face is widest in most of them. The
first view is calm, sharp and frontal; the others show the same face turned either way. A frame is taken only after
the frames around it were analysed for hands: a covered cheek looks calm and sharp too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.photo_faces import find_upright_faces
from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.recognizers.faceres import SAME_PERSON, FaceResRecognizer
from pipeline.engines.session import SessionPool
from pipeline.errors import FrameUnreadable
from pipeline.imaging.arrays import ImageF32, ImageU8
from pipeline.imaging.face_measures import face_width, yaw_degrees
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.progress import CancelledCheck, no_progress
from pipeline.jobs.solve import with_hands
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of

SAMPLES = 48
"""Frames looked at, at most."""
_FRONTAL_DEGREES = 12.0
_TURNED_DEGREES = (15.0, 45.0)
"""Turns that a side view may have, either way."""
_AROUND = 36
"""Frames before and after a look that are analysed for hands: a resting hand is seen for sure in few of them."""
_TRIES = 4
_CHIP = 128
"""Width of the face chip on which sharpness and light are judged, pixels."""
_GAZE_WEIGHT = 0.15
"""Looking aside is no expression of the skin."""
_ACTIVITY = np.array([0.0 if n == "_neutral" else _GAZE_WEIGHT if "eyeLook" in n else 1.0 for n in NAMES])


@dataclass(frozen=True, slots=True, eq=False)
class HarvestedView:
    """One frame of a film as a source. `calm`, `sharp`, `light` 0..1: 1 is the best of its kind."""

    frame: int
    image: ImageU8
    mesh: FaceMesh
    yaw_degrees: float
    calm: float
    sharp: float
    light: float

    def described(self) -> str:
        """The view in words."""
        return (
            f"frame {self.frame}, turned {self.yaw_degrees:+.0f}°, calm {self.calm:.2f}, "
            f"sharp {self.sharp:.2f}, light {self.light:.2f}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """One sampled face before the films' faces are compared."""

    frame: int
    mesh: FaceMesh
    embedding: NDArray[np.float32]
    yaw: float
    width: float
    activity: float
    sharpness: float
    evenness: float


def harvest(reader: PlateReader, pool: SessionPool, cancelled: CancelledCheck) -> list[HarvestedView]:
    """Up to three views of the film's main person, the leading one first; empty where no face was found."""
    view = view_of(reader.info)
    recognizer = FaceResRecognizer(pool)
    looks: list[_Look] = []
    for frame in _spread(reader.info.frames):
        if cancelled():
            return []
        try:
            image = view.rgb8(reader.read(frame))
        except FrameUnreadable:
            continue
        looks += [_look(frame, image, mesh, recognizer) for mesh in find_upright_faces(image, pool)]
    ranking = _Ranking(_of_one_person(looks))
    hands = _Hands(reader, pool, cancelled)
    chosen = [hands.first_clear(candidates) for candidates in ranking.candidates()]
    return [
        _harvested(look, ranking.scores(look), view.rgb8(reader.read(look.frame)))
        for look in chosen
        if look is not None
    ]


def _spread(frames: int) -> list[int]:
    count = min(frames, SAMPLES)
    return sorted({round(i * (frames - 1) / max(1, count - 1)) for i in range(count)})


def _look(frame: int, image: ImageU8, mesh: FaceMesh, recognizer: FaceResRecognizer) -> _Look:
    chip = _chip(image, mesh)
    return _Look(
        frame=frame,
        mesh=mesh,
        embedding=recognizer.embed(image, mesh),
        yaw=yaw_degrees(mesh.landmarks),
        width=face_width(mesh.landmarks),
        activity=float(mesh.scores @ _ACTIVITY),
        sharpness=float(np.abs(cv2.Laplacian(chip, cv2.CV_32F)).mean()),
        evenness=_evenness(chip),
    )


def _chip(image: ImageU8, mesh: FaceMesh) -> ImageF32:
    """The face's middle as grey 0..1 at one size, so that wide and narrow faces compare."""
    x0, y0 = np.floor(mesh.landmarks[:, :2].min(0)).astype(int)
    x1, y1 = np.ceil(mesh.landmarks[:, :2].max(0)).astype(int)
    height, width = image.shape[:2]
    cut = image[max(0, y0) : min(height, y1 + 1), max(0, x0) : min(width, x1 + 1)]
    grey = cv2.cvtColor(np.ascontiguousarray(cut), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_CHIP, _CHIP), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(255)


def _evenness(chip: ImageF32) -> float:
    """1 where both halves are equally bright and nothing is clipped."""
    left, right = chip[:, : _CHIP // 2].mean(), chip[:, _CHIP // 2 :].mean()
    clipped = float(((chip > 0.98) | (chip < 0.02)).mean())
    return float(np.exp(-abs(np.log((left + 0.03) / (right + 0.03)))) * (1 - clipped))


def _of_one_person(looks: Sequence[_Look]) -> list[_Look]:
    """The looks of the person seen widest for longest."""
    groups: list[list[_Look]] = []
    for look in looks:
        alike = [float(np.mean([other.embedding @ look.embedding for other in group])) for group in groups]
        best = int(np.argmax(alike)) if alike else -1
        if best >= 0 and alike[best] > SAME_PERSON:
            groups[best].append(look)
        else:
            groups.append([look])
    return max(groups, key=lambda group: sum(look.width for look in group), default=[])


class _Ranking:
    """How good the looks of one person are, compared with each other."""

    def __init__(self, looks: Sequence[_Look]) -> None:
        self._looks = looks
        if looks:
            self._calmest = min(look.activity for look in looks)
            self._sharpest = max(look.sharpness for look in looks)
            self._typical = np.mean([look.embedding for look in looks], axis=0)

    def scores(self, look: _Look) -> tuple[float, float, float]:
        """Calm, sharp and light, 0..1."""
        calm = float(np.exp(-0.5 * (look.activity - self._calmest)))
        return calm, look.sharpness / max(self._sharpest, 1e-6), look.evenness

    def candidates(self) -> list[list[_Look]]:
        """Looks for the leading view, and for one turned to either side; each the best first."""
        low, high = _TURNED_DEGREES
        lead = sorted(self._looks, key=lambda look: -self._worth(look) + 0.5 * abs(look.yaw) / _FRONTAL_DEGREES)
        sides = [
            sorted(
                (look for look in self._looks if low <= side * look.yaw <= high), key=lambda look: -self._worth(look)
            )
            for side in (-1.0, 1.0)
        ]
        return [lead, *sides]

    def _worth(self, look: _Look) -> float:
        calm, sharp, light = self.scores(look)
        return 2.0 * calm + 1.0 * sharp + 0.5 * light + 2.0 * float(look.embedding @ self._typical)


class _Hands:
    """Says which looks have a hand before the face; the frames around a look are analysed for it."""

    def __init__(self, reader: PlateReader, pool: SessionPool, cancelled: CancelledCheck) -> None:
        self._reader = reader
        self._pool = pool
        self._cancelled = cancelled
        self._hidden: set[int] = set()
        self._clear: set[int] = set()

    def first_clear(self, looks: Sequence[_Look]) -> _Look | None:
        """The first look with nothing before the face; the first of all where that can't be had in a few tries."""
        analysed = 0
        for look in looks:
            if look.frame not in self._hidden | self._clear:
                if analysed == _TRIES:
                    break
                analysed += 1
                self._analyse(look)
            if look.frame in self._clear:
                return look
        return looks[0] if looks else None

    def _analyse(self, look: _Look) -> None:
        """Learn which frames around a look are hidden and which are clear."""
        frames = range(max(0, look.frame - _AROUND), min(self._reader.info.frames, look.frame + _AROUND + 1))
        self._clear.add(look.frame)
        for track in analyse_range(self._reader, self._pool, frames, no_progress, self._cancelled):
            covered = set(with_hands(track, self._reader, self._pool, cancelled=self._cancelled).occlusion)
            seen = {int(frame) for frame in track.frames}
            if look.frame in seen and _of_track(track, look):
                self._hidden |= covered
                self._clear |= seen
        self._clear -= self._hidden


def _of_track(track: TrackObservations, look: _Look) -> bool:
    at = int(np.searchsorted(track.frames, look.frame))
    distance = np.linalg.norm(track.landmarks[at, :, :2].mean(0) - look.mesh.landmarks[:, :2].mean(0))
    return bool(distance < 0.3 * look.width)


def _harvested(look: _Look, scores: tuple[float, float, float], image: ImageU8) -> HarvestedView:
    return HarvestedView(look.frame, image, look.mesh, look.yaw, *scores)
