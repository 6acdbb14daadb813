"""FaceRes: an embedding of a face, for telling people apart within a plate."""

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.engine import Recognizer
from pipeline.engines.faces import FaceMesh
from pipeline.engines.regions import Image, crop, tracking_region
from pipeline.engines.registry import card
from pipeline.engines.session import SessionPool

SAME_PERSON = 0.6
"""Dot product above which two embeddings are likely of one person; indicative."""

_SIZE = 224
_SCALE = 1.25
"""Crop width over face width; told people apart best among 1.0, 1.25, 1.5 and 1.8 (25 crops, 9 people)."""

_MEAN_BGR = np.array([103.939, 116.779, 123.68], np.float32)
"""The network's training means (VGGFace), in its channel order."""


class FaceResRecognizer(Recognizer):
    """Embeds a face as 1024 numbers of unit length."""

    def __init__(self, pool: SessionPool) -> None:
        self._network = pool.get(card("faceres", pool.models_dir))

    def embed(self, image: Image, mesh: FaceMesh) -> NDArray[np.float32]:
        """L2-normalised embedding (1024,) of the face under `mesh`; compare by dot product."""
        cut = crop(image, tracking_region(mesh.landmarks, _SCALE), _SIZE, "replicate")
        tensor = cut[None, :, :, ::-1].astype(np.float32) - _MEAN_BGR
        embedding = self._network.run({"image": tensor})["embedding"][0]
        return np.asarray(embedding / max(float(np.linalg.norm(embedding)), 1e-12), np.float32)
