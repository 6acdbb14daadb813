"""The canonical face mesh: 468 vertices, their texture chart, named index lists and triangle classes.

Every stage that works "on the face" (solve, engine, mattes, measures) shares this one chart, so it is loaded
once and read-only. Vertices follow MediaPipe's face geometry; landmarks 468..477 (the irises) are not vertices.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from pipeline.errors import ModelMissing

MESH_FILE = Path(__file__).resolve().parents[2] / "models" / "canonical_face.npz"

N_VERTICES = 468

# fmt: off
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
"""The mesh's only boundary, clockwise as seen in the picture, from the top of the forehead."""
LIPS_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
LIPS_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
EYE_RIGHT = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
"""The performer's right eye (left in the picture), outer corner first; element 8 is the inner corner."""
EYE_LEFT = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
BROW_RIGHT = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46)
BROW_LEFT = (300, 293, 334, 296, 336, 285, 295, 282, 283, 276)
NOSTRILS = (98, 97, 2, 326, 327, 294, 278, 344, 440, 275, 4, 45, 220, 115, 48, 64)
NOSE = (195, 5, 4, 2, 98, 327, 64, 294, 48, 278, 49, 279, 102, 331, 129, 358)
"""Its lower half with both wings."""
COLUMELLA = (2, 94, 97, 326)
"""Between the nostrils, and where they meet the lip."""
BETWEEN_BROWS = (107, 336, 193, 417)
"""Corners of the skin there: at the brows' heads, right and left, and at the nose's root."""
IRIS_RIGHT = (468, 469, 470, 471, 472)
"""Landmarks: centre, then four points of the rim."""
IRIS_LEFT = (473, 474, 475, 476, 477)
LIP_PAIRS = ((13, 14), (82, 87), (81, 178), (80, 88), (191, 95), (312, 317), (311, 402), (310, 318), (415, 324))
"""(upper, lower) vertices of the inner lip that face each other."""
LID_PAIRS = ((159, 145), (160, 144), (158, 153), (161, 163), (157, 154), (173, 155), (246, 7),
             (386, 374), (385, 380), (387, 373), (384, 381), (388, 390), (398, 382), (466, 249))
"""(upper, lower) vertices of the lids that face each other."""
# fmt: on
CHEEK_RIGHT, CHEEK_LEFT = 234, 454
"""The two vertices whose distance is the face width."""

CLASS_SKIN, CLASS_EYE, CLASS_MOUTH = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class CanonicalMesh:
    """The mesh as a value; every array is read-only.

    `vertices` (468, 3) float64 centimetres, x right, y up, z towards the camera. `uv` (468, 2) float64 0..1, v
    downwards. `triangles` (898, 3) int32. `triangle_class` (898,) int8: CLASS_EYE where all corners lie on one
    eye's ring, CLASS_MOUTH where all lie on the inner lip, else CLASS_SKIN. `front_sign` is the sign of a front
    facing triangle's area in the picture (y down). `procrustes_weights` (468,) float64, 33 of them non-zero.
    `ring` (468,) int32 counts mesh edges to the boundary (0 on it).
    """

    vertices: NDArray[np.float64]
    uv: NDArray[np.float64]
    triangles: NDArray[np.int32]
    triangle_class: NDArray[np.int8]
    front_sign: int
    procrustes_weights: NDArray[np.float64]
    ring: NDArray[np.int32]


@cache
def load_canonical() -> CanonicalMesh:
    """The mesh that ships with the models.

    Raises
    ------
    ModelMissing
        when the file is not there.
    """
    if not MESH_FILE.is_file():
        raise ModelMissing(f"The canonical face mesh is missing: {MESH_FILE}. Restore it from the installation.")
    with np.load(MESH_FILE) as file:
        vertices = file["vertices"].astype(np.float64)
        uv = file["uvs"].astype(np.float64)
        triangles = np.ascontiguousarray(file["triangles"], np.int32)
        weights = file["procrustes_weights_full"].astype(np.float64)
    mesh = CanonicalMesh(
        vertices=vertices,
        uv=uv,
        triangles=triangles,
        triangle_class=_triangle_classes(triangles),
        front_sign=_front_sign(vertices, triangles),
        procrustes_weights=weights,
        ring=_ring_distance(triangles),
    )
    for array in (
        mesh.vertices,
        mesh.uv,
        mesh.triangles,
        mesh.triangle_class,
        mesh.procrustes_weights,
        mesh.ring,
    ):
        array.flags.writeable = False
    return mesh


def signed_areas(points: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.float64]:
    """Twice the signed area of each triangle of `points` (n, ≥ 2), in the points' own axes."""
    a, b, c = (np.asarray(points[triangles[:, k], :2], np.float64) for k in range(3))
    ab, ac = b - a, c - a
    areas: NDArray[np.float64] = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    return areas


def vertex_normals(points: NDArray[np.floating], triangles: NDArray[np.integer]) -> NDArray[np.float64]:
    """Area-weighted unit normals (n, 3) of a mesh in the canonical handedness (x right, y up, z to the camera)."""
    p = np.asarray(points, np.float64)
    a, b, c = (p[triangles[:, k]].T for k in range(3))
    (bx, by, bz), (cx, cy, cz) = b - a, c - a
    faces = (by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx)
    corners = triangles.ravel()
    normals = np.stack([np.bincount(corners, np.repeat(face, 3), len(p)) for face in faces], axis=1)
    unit: NDArray[np.float64] = normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9)
    return unit


@cache
def vertex_neighbours() -> NDArray[np.int32]:
    """(468, k) numbers of each vertex's neighbours in the mesh, its own first and wherever it has fewer than k - 1."""
    triangles = load_canonical().triangles
    edges = np.concatenate([triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0], [1, 0], [2, 1], [0, 2])])
    around = [np.unique(edges[edges[:, 0] == i, 1]) for i in range(N_VERTICES)]
    table = np.repeat(np.arange(N_VERTICES, dtype=np.int32)[:, None], 1 + max(map(len, around)), axis=1)
    for row, others in zip(table, around, strict=True):
        row[1 : 1 + len(others)] = others
    table.flags.writeable = False
    return table


@cache
def skin_distances() -> NDArray[np.float64]:
    """(468, 468) centimetres from vertex to vertex along the edges of the skin: around the eyes and the mouth, so that
    facing lids and lips are far from each other. Shortest paths after Dijkstra, a tenth longer than the way across.
    """
    mesh = load_canonical()
    skin = mesh.triangles[mesh.triangle_class == CLASS_SKIN]
    ends = np.unique(np.sort(np.concatenate([skin[:, [0, 1]], skin[:, [1, 2]], skin[:, [2, 0]]]), axis=1), axis=0)
    lengths = np.linalg.norm(mesh.vertices[ends[:, 0]] - mesh.vertices[ends[:, 1]], axis=1)
    graph = coo_array((lengths, (ends[:, 0], ends[:, 1])), shape=(N_VERTICES, N_VERTICES)).tocsr()
    distances = np.asarray(dijkstra(graph, directed=False), np.float64)
    distances.flags.writeable = False
    return distances


def _triangle_classes(triangles: NDArray[np.int32]) -> NDArray[np.int8]:
    classes = np.full(len(triangles), CLASS_SKIN, np.int8)
    for ring, value in (
        (EYE_RIGHT, CLASS_EYE),
        (EYE_LEFT, CLASS_EYE),
        (LIPS_INNER, CLASS_MOUTH),
    ):
        classes[np.isin(triangles, ring).all(axis=1)] = value
    return classes


def _front_sign(vertices: NDArray[np.float64], triangles: NDArray[np.int32]) -> int:
    picture = vertices[:, :2] * (1.0, -1.0)
    return int(np.sign(np.median(signed_areas(picture, triangles))))


def _ring_distance(triangles: NDArray[np.int32]) -> NDArray[np.int32]:
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    edges = np.concatenate([edges, edges[:, ::-1]])
    distance = np.full(N_VERTICES, np.iinfo(np.int32).max, np.int32)
    front = np.asarray(OVAL)
    step = 0
    while len(front):
        distance[front] = step
        step += 1
        reached = np.unique(edges[np.isin(edges[:, 0], front), 1])
        front = reached[distance[reached] > step]
    return distance
