"""The closed loop against a real landmarker."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.regions import tracking_region
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.match import match_expression
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.errors import Cancelled
from pipeline.imaging.arrays import ImageU8
from pipeline.project.parameters import MeshSettings


def test_the_result_reads_more_like_the_plate(prepared: PreparedFace, crops, models_dir: Path) -> None:  # type: ignore[no-untyped-def]
    landmarker = FaceMeshLandmarker(SessionPool(models_dir))
    misses: list[float] = []

    def detect(image: ImageU8, near: FaceMesh) -> FaceMesh:
        found = landmarker.locate_rois(image, [tracking_region(near.landmarks)])[0]
        misses.append(float(((found.scores - near.scores) ** 2).mean()))
        return found

    frames = [280, 283, 285, 286, 287, 288, 307]
    corrections = match_expression(MeshSwapper(), prepared, frames, lambda _: MeshSettings(), crops, detect)
    assert np.mean(misses[len(frames) :]) < 0.95 * np.mean(misses[: len(frames)])
    looked_at = np.isin(prepared.solve.frames, frames)
    assert np.abs(corrections[looked_at]).max() > 0.02
    assert not corrections[~looked_at].any()
    assert prepared.corrections is None


def test_it_can_be_stopped(prepared: PreparedFace, crops) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Cancelled):
        match_expression(
            MeshSwapper(),
            prepared,
            [307],
            lambda _: MeshSettings(),
            crops,
            lambda image, near: near,
            cancelled=lambda: True,
        )
