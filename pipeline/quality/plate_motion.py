"""The plate's landmarks held steady: a smoothed path to hang regions and charts on."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.smoothing import SmoothingSettings, smooth
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.flow import vertex_flow


class PlateMotion:
    """Collects the plate's landmarks and the flow between them, for smoothing."""

    def __init__(self) -> None:
        self._frames: list[int] = []
        self._landmarks: list[NDArray[np.float32]] = []
        self._flow: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
        self._gray: ImageU8 | None = None
        self._size = (0, 0)

    def add(self, frame: int, image: ImageU8 | None, landmarks: NDArray[np.float32] | None) -> None:
        """The next frame (h, w, 3 RGB) and its landmarks (478, 3); one without either leaves a gap."""
        if image is None or landmarks is None:
            return
        gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
        if self._frames:
            if self._frames[-1] == frame - 1 and self._gray is not None:
                self._flow.append(vertex_flow(self._gray, gray, self._landmarks[-1]))
            else:
                self._flow.append((np.zeros((478, 2), np.float32), np.full(478, np.inf, np.float32)))
        self._frames.append(frame)
        self._landmarks.append(landmarks)
        self._gray, self._size = gray, (image.shape[1], image.shape[0])

    def smoothed(self) -> dict[int, NDArray[np.float64]]:
        """(478, 3) smoothed landmarks by frame."""
        if not self._frames:
            return {}
        count = len(self._frames)
        observations = TrackObservations(
            id=0,
            frames=np.asarray(self._frames, np.int32),
            landmarks=np.stack(self._landmarks),
            scores=np.zeros((count, 52), np.float32),
            presence=np.ones(count, np.float32),
            flow=np.stack([flow for flow, _ in self._flow]) if count > 1 else np.zeros((0, 478, 2), np.float32),
            flow_error=np.stack([error for _, error in self._flow]) if count > 1 else np.zeros((0, 478), np.float32),
            width=self._size[0],
            height=self._size[1],
        )
        smoothed = smooth(observations, np.zeros((count, 478), np.bool_), SmoothingSettings())
        return dict(zip(self._frames, smoothed, strict=True))
