"""Motion of the skin in the chart: the head's own is taken out, a moved mouth is seen at the mouth alone."""

import cv2
import numpy as np
import pytest

from pipeline.imaging.mesh import LIPS_OUTER, load_canonical
from pipeline.imaging.procrustes import Pose, repose
from pipeline.imaging.raster_kernels import raster_triangles
from pipeline.quality.expression_flow import PosedFrame, expression_flow, flow_error

SIZE = 320
FRONT = Pose(np.asarray(16.0), np.eye(3), np.array([160.0, -160.0, 0.0]))


def _turned(degrees: float) -> Pose:
    angle = np.radians(degrees)
    rotation = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])
    return Pose(np.asarray(17.0), rotation, np.array([170.0, -150.0, 0.0]))


@pytest.fixture(scope="module")
def texture() -> np.ndarray:
    """Freckles: skin with something to see everywhere."""
    noise = cv2.GaussianBlur(np.random.default_rng(3).normal(size=(256, 256)), (0, 0), 3)
    return np.clip(128 + 40 * noise / noise.std(), 0, 255).astype(np.uint8)


def _frame(texture: np.ndarray, pose: Pose, moved: np.ndarray) -> PosedFrame:
    """The texture on the canonical mesh, its vertices `moved` (468, 3) cm."""
    mesh = load_canonical()
    points = repose(mesh.vertices + moved, pose)
    triangle = np.empty((SIZE, SIZE), np.int32)
    weights = np.zeros((SIZE, SIZE, 2), np.float32)
    raster_triangles(
        points.astype(np.float32), mesh.triangles, 0, 0, SIZE, triangle, weights, np.empty((SIZE, SIZE), np.float32)
    )
    corners = mesh.uv[mesh.triangles[np.maximum(triangle, 0)]] * 255
    third = 1 - weights.sum(axis=2, keepdims=True)
    where = (np.concatenate([weights, third], axis=2)[..., None] * corners).sum(axis=2).astype(np.float32)
    luma = cv2.remap(texture, where[..., 0], where[..., 1], cv2.INTER_LINEAR)
    return PosedFrame(np.where(triangle >= 0, luma, 0).astype(np.uint8), points, pose)


def test_a_head_that_turns_moves_nothing_and_a_lifted_mouth_moves_the_mouth(texture: np.ndarray) -> None:
    still = np.zeros((468, 3))
    vertices = load_canonical().vertices
    away = np.linalg.norm(vertices - vertices[list(LIPS_OUTER)].mean(axis=0), axis=1)
    lifted = still.copy()
    lifted[:, 1] = 0.4 * np.exp(-0.5 * (away / 2.0) ** 2)
    first = _frame(texture, FRONT, still)
    turned = expression_flow(first, _frame(texture, _turned(8), still))
    smiling = expression_flow(first, _frame(texture, _turned(8), lifted))
    nothing = np.zeros_like(turned)
    assert max(flow_error(turned, nothing).values()) < 0.3
    seen = flow_error(smiling, nothing)
    assert seen["mouth"] > 0.8
    assert seen["brows"] < 0.3
    assert flow_error(smiling, smiling) == {"mouth": 0.0, "brows": 0.0}
