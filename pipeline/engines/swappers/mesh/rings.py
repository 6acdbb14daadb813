"""Two rings of triangles around the outline: they carry the surroundings a little way with the face.

The inner ring takes part in the outline's motion, the outer one stands still, so hair and background stretch
instead of tearing. The outer ring bounds everything the engine may change.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.mesh import N_VERTICES, OVAL, load_canonical, signed_areas
from pipeline.project.frame_stages import GeometrySettings

BEHIND = 50.0
"""Pixels by which the rings lie behind the face: it hides them, never they it."""

Floats = NDArray[np.float64]


class RingedMeshes(NamedTuple):
    """The plate's and the result's mesh with their rings, (540, 3) pixels each."""

    plate: Floats
    result: Floats


@cache
def ringed_triangles() -> NDArray[np.int32]:
    """The mesh's triangles followed by the rings', all front facing alike."""
    mesh = load_canonical()
    count = len(OVAL)
    loops = (list(OVAL), [N_VERTICES + i for i in range(count)], [N_VERTICES + count + i for i in range(count)])
    strip = []
    for inner, outer in pairwise(loops):
        for i in range(count):
            j = (i + 1) % count
            strip += [(inner[i], inner[j], outer[i]), (inner[j], outer[j], outer[i])]
    ring = np.array(strip, np.int32)
    flat = mesh.vertices[:, :2] * (1.0, -1.0)
    oval = flat[list(OVAL)]
    areas = signed_areas(np.concatenate([flat, 2 * oval, 3 * oval]), ring)
    wrong = np.sign(areas) != mesh.front_sign
    ring[wrong] = ring[wrong][:, ::-1]
    triangles = np.ascontiguousarray(np.concatenate([mesh.triangles, ring]), np.int32)
    triangles.flags.writeable = False
    return triangles


@cache
def ringed_uv() -> NDArray[np.float32]:
    """(540, 2) chart coordinates; the rings' lie outside the outline, where no texture is."""
    uv = load_canonical().uv
    oval = uv[list(OVAL)]
    centre = oval.mean(0)
    rings = [centre + (oval - centre) * k for k in (2, 3)]
    return np.concatenate([uv, *rings]).astype(np.float32)


def ringed(plate: Floats, result: Floats, motion: float, fine: GeometrySettings) -> RingedMeshes:
    """Both meshes (468, 3) pixels with rings; `motion` is the share of the outline's motion the inner ring takes."""
    oval = list(OVAL)
    centre = np.append(plate[oval, :2].mean(0), 0.0)
    spoke = plate[oval] - centre
    behind = max(plate[:, 2].max(), result[:, 2].max()) + BEHIND
    near = plate[oval] + (fine.ring_inner - 1) * spoke
    far = plate[oval] + (fine.ring_outer - 1) * spoke
    moved = near + motion * (result[oval] - plate[oval])
    for loop in (near, far, moved):
        loop[:, 2] = behind
    return RingedMeshes(np.concatenate([plate, near, far]), np.concatenate([result, moved, far]))
