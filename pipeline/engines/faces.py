"""Faces as engines and analysis exchange them: detections, meshes, and the solve of one face through a span."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.arrays import ImageF32, ImageU8, Mask, Matte, MatteU8, Rect

N_VERTICES = 468
"""Landmarks 0..467 are vertices of the canonical mesh; 468..477 are the irises."""
N_BLENDSHAPES = 52


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """A face box. `box` (x0, y0, x1, y1), `keypoints` (6, 2: eye, eye, nose, mouth, ear, ear) in pixels; score 0..1."""

    box: NDArray[np.float64]
    keypoints: NDArray[np.float64]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceMesh:
    """Landmarks of one face in one picture.

    `landmarks` (478, 3) float64: x right, y down, z away from the camera (smaller is nearer), all in
    pixels of the picture, isotropic; integer x, y are pixel centres. `scores` (52,) blendshapes 0..1 in
    the order of `engines.landmarkers.blendshapes.NAMES`. `presence` 0..1.
    """

    landmarks: NDArray[np.float64]
    scores: NDArray[np.float32]
    presence: float


@dataclass(frozen=True, slots=True, eq=False)
class OcclusionMatte:
    """What lies before the face in one frame: `coverage` (h, w) 0..255 inside `rect` of the plate, 0 outside it."""

    rect: Rect
    coverage: MatteU8


@dataclass(frozen=True, eq=False)
class FaceSolve:
    """Everything that couples the frames of one face: computed before rendering, read-only afterwards.

    Index `i` counts the solve's own frames: `frames[i]` is the plate frame (ascending, 0-based).
    Pixel space is the plate's (square pixels after pixel aspect, y down). `canonical`, `neutral` and
    `basis` are in the canonical mesh's centimetres (x right, y up, z towards the camera). Weak perspective:
    (x, -y, -z) of a vertex in pixels = scale · rotation @ vertex + translation, exact for `canonical`.
    """

    width: int
    height: int
    frames: NDArray[np.int32]
    landmarks: NDArray[np.float32]
    """(T, 478, 3) smoothed, pixels."""
    scores: NDArray[np.float32]
    """(T, 52) blendshapes of the raw landmarks."""
    canonical: NDArray[np.float32]
    """(T, 468, 3)."""
    scale: NDArray[np.float64]
    """(T,) pixels a centimetre."""
    rotation: NDArray[np.float64]
    """(T, 3, 3)."""
    translation: NDArray[np.float64]
    """(T, 3) pixels."""
    neutral: NDArray[np.float32]
    """(468, 3) the performer's own neutral face."""
    rigid_weights: NDArray[np.float64]
    """(468,) weights of the pose fit against `neutral`."""
    neutral_frames: NDArray[np.int32]
    """(K,) indices i of the frames the neutral was taken from, calmest first."""
    basis: NDArray[np.float32]
    """(52, 468, 3) displacement a unit of each blendshape, fitted on this clip."""
    clear: NDArray[np.bool_]
    """(T,) nothing lies before the face."""
    occlusion: Mapping[int, OcclusionMatte] = field(default_factory=dict)
    """By plate frame number; a frame that is absent is not occluded."""
    key: str = ""
    """Content hash of what the solve was computed from."""
    bridged: tuple[int, ...] = ()
    """Plate frames in which nobody saw the face: their rows are guessed from both sides, and they are not clear."""

    @cached_property
    def face_width_px(self) -> float:
        """Median distance of landmarks 234 and 454; found once, every frame asks for it."""
        d = self.landmarks[:, 234, :2] - self.landmarks[:, 454, :2]
        return float(np.median(np.linalg.norm(d, axis=1)))

    def index_of(self, frame: int) -> int | None:
        """The solve's index of a plate frame, None where the face is absent."""
        i = int(np.searchsorted(self.frames, frame))
        return i if i < len(self.frames) and int(self.frames[i]) == frame else None


@dataclass(frozen=True, slots=True, eq=False)
class SourcePhoto:
    """One view of the identity: `image` (h, w, 3) RGB 0..255 display-referred, and the mesh found in it."""

    image: ImageU8
    mesh: FaceMesh
    name: str = ""
    harvested: bool = False
    """Taken out of a film by the program, not named by the user."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceSample:
    """One face in one frame, as an engine gets it: `crop` is the plate inside `rect`, RGB 0..1 display-referred."""

    frame: int
    rect: Rect
    crop: ImageF32


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """An engine's answer for one sample, same `rect`.

    `colour` (h, w, 3) RGB in the sample's range; `alpha` (h, w) how far it replaces the plate's face, for
    viewing and later stages; `support` (h, w) every pixel whose colour may differ from the sample's.
    Outside `support`, `colour` equals the sample's crop exactly.
    """

    rect: Rect
    colour: ImageF32
    alpha: Matte
    support: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """The plate's own samples of one frame where the face's motion takes them, nothing painted over.

    `colour` (h, w, 3) RGB in the range and place of the sample; `landmarks` (478, 2) of the result, plate pixels.
    """

    colour: ImageF32
    landmarks: NDArray[np.float64]
