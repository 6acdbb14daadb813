"""Looks for hands near the faces of a pass, in pictures it has decoded anyway.

Where a hand is found, the hand's own track and matte are computed later, from the frames around it alone: a plate in
which nobody's hand comes near the face is never read a second time.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.analysis.face_rows import FaceRow, decode_error
from pipeline.analysis.face_window import WorkGrid, face_windows, work_grid
from pipeline.analysis.hand_tracking import HandScout, TrackingSettings, crossed
from pipeline.analysis.journal import SeenHand
from pipeline.analysis.picture import Picture
from pipeline.engines.hands.hand_landmarker import HandMesh
from pipeline.engines.session import SessionPool
from pipeline.imaging.flow import face_width


class HandWatch:
    """Looks at every n-th frame, at a face's first one, and wherever something seems to move across the face.

    It remembers nothing: what it sees depends on the frame alone, so that a pass taken up again sees the same.
    """

    def __init__(self, pool: SessionPool, settings: TrackingSettings) -> None:
        self._settings = settings
        self._scout = HandScout(pool, settings)

    def look(self, picture: Picture, rows: Sequence[tuple[int, FaceRow]]) -> list[SeenHand]:
        """Hands near the faces whose rows, by tracklet number, are of this picture."""
        return [
            SeenHand(number, picture.frame, hand)
            for number, row in rows
            if row.frame == picture.frame and self._due(row)
            for hand in self._near(picture, row)
        ]

    def _due(self, row: FaceRow) -> bool:
        error = decode_error(row.error)
        began = not np.isfinite(error).any()
        return (
            row.frame % self._settings.every == 0 or began or crossed(error, face_width(row.landmarks), self._settings)
        )

    def _near(self, picture: Picture, row: FaceRow) -> list[HandMesh]:
        landmarks = row.landmarks[None]
        grid = work_grid(landmarks, *picture.size)
        window = face_windows(np.array([row.frame], np.int32), landmarks, grid).get(row.frame)
        if window is None:
            return []
        found = self._scout.look(window.cut(grid.reduce(picture.rgb)), window)
        return [_stored(hand, grid) for hand in found]


def _stored(hand: HandMesh, grid: WorkGrid) -> HandMesh:
    """The hand in plate pixels, in the single precision it is kept in."""
    joints = np.asarray(grid.to_plate(hand.joints), np.float32).astype(np.float64)
    return replace(hand, joints=joints, presence=float(np.float32(hand.presence)), right=float(np.float32(hand.right)))
