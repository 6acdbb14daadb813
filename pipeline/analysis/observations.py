"""What one pass over the plate saw of one face: the raw material of the solve.

Everything here belongs to single frames or neighbouring pairs; what couples frames is computed from it later and
can be computed again without touching the plate.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import OcclusionMatte
from pipeline.engines.hands.hand_landmarker import HandMesh


@dataclass(frozen=True, slots=True, eq=False)
class TrackObservations:
    """One face through the frames in which it was seen.

    Index `i` counts observed frames; `frames` need not be contiguous (the face may leave and return). Pixel space is
    the plate's display picture: x right, y down, z away from the camera; integer coordinates are pixel centres.
    """

    id: int
    """Stable number of the track in its plate."""
    frames: NDArray[np.int32]
    """(T,) plate frames, ascending."""
    landmarks: NDArray[np.float32]
    """(T, 478, 3) raw landmarks, pixels."""
    scores: NDArray[np.float32]
    """(T, 52) blendshapes of the raw landmarks, 0..1."""
    presence: NDArray[np.float32]
    """(T,) 0..1."""
    flow: NDArray[np.float32]
    """(T-1, 478, 2) motion in pixels from frame i to frame i + 1, read at frame i's landmarks.

    Zero where frames[i + 1] is not the next plate frame, or a cut lies between.
    """
    flow_error: NDArray[np.float32]
    """(T-1, 478) forward-backward disagreement in pixels; infinite where there is no flow."""
    width: int
    """Display width of the plate, pixels."""
    height: int
    occlusion: Mapping[int, OcclusionMatte] = field(default_factory=dict)
    """By plate frame number; a frame that is absent is not occluded."""
    change: NDArray[np.float32] | None = None
    """(T,) 1 - SSIM of the face's chart against the frame before, NaN where not compared; None: nowhere."""
    hands: Mapping[int, tuple[HandMesh, ...]] | None = None
    """Hands the pass saw near the face, by plate frame, joints in plate pixels; None: it did not look."""
    part: str = ""
    """Which pieces of tracks it is; empty: all of the track `id`."""
    embedding: NDArray[np.float32] | None = None
    """(D,) L2-normalised mean embedding of the face, None when it was not asked for."""

    def key(self) -> str:
        """Content hash (sha256, hex) of everything observed."""
        digest = hashlib.sha256(f"{self.id}{self.part} {self.width} {self.height}".encode())
        arrays = (
            self.frames,
            self.landmarks,
            self.scores,
            self.presence,
            self.flow,
            self.flow_error,
        )
        for array in arrays:
            digest.update(f"{array.shape} {array.dtype.str}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        for frame in sorted(self.occlusion):
            matte = self.occlusion[frame]
            digest.update(f"{frame} {tuple(matte.rect)}".encode())
            digest.update(np.ascontiguousarray(matte.coverage).tobytes())
        for frame, seen in sorted((self.hands or {}).items()):
            for hand in seen:
                digest.update(f"{frame} {hand.presence} {hand.right}".encode())
                digest.update(np.ascontiguousarray(hand.joints).tobytes())
        if self.embedding is not None:
            digest.update(self.embedding.tobytes())
        return digest.hexdigest()
