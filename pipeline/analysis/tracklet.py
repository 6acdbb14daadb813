"""A tracklet: one face followed without a break inside one shot."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.face_rows import FaceRow, points_of
from pipeline.analysis.gates import mesh_box
from pipeline.engines.regions import Region

EMBED_AT = (0, 6, 18, 48, 120)
"""Ages in frames at which the face is embedded; from the last one on, again every so many frames."""


@dataclass(slots=True, eq=False)
class Tracklet:
    """What is remembered of a followed face from frame to frame; owned by the tracker."""

    number: int
    """Stable in its plate: tracklets are numbered as they are found."""
    start: int
    """The frame it was found in; it may have been followed back from there."""
    region: Region
    points: NDArray[np.int32]
    exponent: int
    embedding_sum: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    embeddings: int = 0

    @property
    def landmarks(self) -> NDArray[np.float32]:
        """(478, 3) of the last frame, as stored."""
        return points_of(self.points, self.exponent)

    @property
    def box(self) -> NDArray[np.float64]:
        """(4,) around the last frame's landmarks."""
        return mesh_box(self.landmarks)

    @property
    def embedding(self) -> NDArray[np.float32]:
        """(D,) mean of what was remembered, unit length."""
        return unit(self.embedding_sum).astype(np.float32)

    def advance(self, row: FaceRow, region: Region) -> None:
        """Take the next frame's row, and the region the policy leaves behind."""
        self.points, self.exponent, self.region = row.points, row.exponent, region

    def embedding_due(self, frame: int) -> bool:
        """Whether the face is to be embedded at this frame."""
        age = frame - self.start
        return age in EMBED_AT or (age > EMBED_AT[-1] and age % EMBED_AT[-1] == 0)

    def remember(self, embedding: NDArray[np.float32]) -> None:
        """Add one look to the mean."""
        known = self.embedding_sum if self.embeddings else np.zeros(len(embedding))
        self.embedding_sum = known + embedding
        self.embeddings += 1

    def likeness(self, embedding: NDArray[np.float32]) -> float:
        """Dot product with the mean embedding; 1 while there is none."""
        return float(unit(self.embedding_sum) @ embedding) if self.embeddings else 1.0


def unit(vector: NDArray[np.floating]) -> NDArray[np.float64]:
    """The vector at unit length."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float64)
