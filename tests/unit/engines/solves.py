"""A solve for tests that need no clip: one frame of the canonical face, turned and tilted."""

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.engines.faces import FaceSolve
from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import Pose, repose


def turned_solve() -> FaceSolve:
    """At 14 pixels a centimetre, 25 degrees to the side."""
    canonical = load_canonical().vertices
    rotation = np.asarray(Rotation.from_euler("yxz", [25, 10, 5], degrees=True).as_matrix(), np.float64)
    pose = Pose(np.array(14.0), rotation, np.array([320.0, -180.0, 0.0]))
    irises = canonical[[159, 145, 33, 133, 160, 386, 374, 263, 362, 385]]
    landmarks = repose(np.concatenate([canonical, irises]), pose).astype(np.float32)
    return FaceSolve(
        width=640,
        height=360,
        frames=np.array([7], np.int32),
        landmarks=landmarks[None],
        scores=np.zeros((1, 52), np.float32),
        canonical=canonical[None].astype(np.float32),
        scale=np.array([14.0]),
        rotation=rotation[None],
        translation=pose.translation[None],
        neutral=canonical.astype(np.float32),
        rigid_weights=np.ones(468),
        neutral_frames=np.array([0], np.int32),
        basis=np.zeros((52, 468, 3), np.float32),
        clear=np.array([True]),
    )
