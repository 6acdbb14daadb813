"""The result's neutral shape: the performer's face moved towards the identity's, openings kept.

A different upper lip or lid must not open a shut mouth or leave a blink half done, so both edges of every opening
get their common displacement; and lips keep most of the performer's shape, because expression reads there first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.bands import ramp
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT, LID_PAIRS, LIP_PAIRS, LIPS_INNER, LIPS_OUTER, load_canonical
from pipeline.imaging.procrustes import umeyama
from pipeline.project.parameters import MeshSettings

Floats = NDArray[np.float64]


def shape_offset(plate_neutral: Floats, source_neutral: Floats, smile: float, settings: MeshSettings) -> Floats:
    """(468, 3) centimetres to add to the performer's neutral face.

    The more the photo smiles (`smile` 0..1), the less its lips' shape is believed.
    """
    mesh, fine = load_canonical(), settings.geometry
    pose = umeyama(source_neutral, plate_neutral, mesh.procrustes_weights)
    aligned = pose.scale * source_neutral @ pose.rotation.T + pose.translation
    inwards = ramp(mesh.ring, 0, fine.shape_rings)
    share = settings.shape_rim * settings.shape + (1 - settings.shape_rim) * settings.shape * inwards
    offset = (aligned - plate_neutral) * share[:, None]
    offset = _openings_kept(offset, plate_neutral, LIP_PAIRS, fine.lip_opening_reach, (*LIPS_OUTER, *LIPS_INNER))
    offset = _openings_kept(offset, plate_neutral, LID_PAIRS, fine.lid_opening_reach, (*EYE_RIGHT, *EYE_LEFT))
    shape = settings.lip_shape * (1 - fine.smile_doubt * smile)
    return _lips_held(offset, shape, settings.mouth_height, fine.lip_reach, fine.mouth_reach)


def _lips_held(offset: Floats, lip_shape: float, mouth_height: float, reach: float, mouth_reach: float) -> Floats:
    """Lips move as one by their mean, up and down by a share of it: a smile is read from the mouth's height as well.

    Of their own change of shape only a share is taken. The mouth's height leads the skin from further away than their
    shape does: pressed together on a shorter way, the plate's shading under the lip became a thin dark line.
    """
    lips = list(LIPS_OUTER + LIPS_INNER)
    xy = load_canonical().vertices[:, :2]
    distance = ((xy[:, None] - xy[None, lips]) ** 2).sum(2).min(1)
    mean = offset[lips].mean(0)
    held: Floats = offset - np.exp(-distance / (2 * reach**2))[:, None] * (1 - lip_shape) * (offset - mean)
    led = np.exp(-distance / (2 * mouth_reach**2)) * (load_canonical().ring > 0)
    held[:, 1] -= led * (1 - mouth_height) * mean[1]
    return held


def _openings_kept(
    offset: Floats, neutral: Floats, pairs: Sequence[tuple[int, int]], reach: float, ring: tuple[int, ...]
) -> Floats:
    """Facing vertices move together; the correction fades over `reach` centimetres on its own side of the opening."""
    upper = np.array([pair[0] for pair in pairs])
    lower = np.array([pair[1] for pair in pairs])
    common = (offset[upper] + offset[lower]) / 2
    middle = (neutral[upper] + neutral[lower]) / 2
    nearest = ((neutral[:, None, :2] - middle[None, :, :2]) ** 2).sum(2).argmin(1)
    kept = offset.copy()
    for edge, other, side in ((upper, lower, 1), (lower, upper, -1)):
        distance = ((neutral[:, None, :2] - neutral[None, edge, :2]) ** 2).sum(2)
        weight = np.exp(-distance / (2 * reach**2))
        same_side = (neutral[:, 1] - middle[nearest, 1]) * side >= -1e-3
        fade = weight.max(1) * same_side
        fade[other] = 0
        mean = (weight / np.maximum(weight.sum(1), 1e-9)[:, None]) @ (common - offset[edge])
        kept += mean * fade[:, None]
    kept[upper] = common
    kept[lower] = common
    return kept
