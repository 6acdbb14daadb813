"""Several views of one identity as one pack: its shape over all of them, each texel from the view that shows it best.

The first view leads: it gives slow tone, iris and expression, and keeps every texel that it shows well. A texel
that it hides comes from a view turned that way, rather than mirrored from the face's other half.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh.source import SourcePack
from pipeline.imaging.arrays import ImageF32, Mask, Matte
from pipeline.imaging.bands import gaussian
from pipeline.imaging.mesh import load_canonical
from pipeline.imaging.procrustes import umeyama
from pipeline.imaging.uv import chart
from pipeline.project.identity_stages import ViewSettings

_COMMON = 500
"""Texels that both views must show before their contrast is compared."""


def fuse_views(views: Sequence[SourcePack], mix: float, fine: ViewSettings) -> SourcePack:
    """One pack of one or more views; all have the same chart size.

    `mix` 0..1: how far the other views take part in the texture; 0 leaves it to the first. The shape is solved over
    all views whatever the mix.
    """
    lead = views[0]
    if len(views) == 1:
        return lead
    neutral = _shape(views, fine)
    if mix <= 0:
        return replace(lead, neutral=neutral)
    shares = _shares(views, mix, fine)
    matched = [lead, *(_contrast_matched(view, lead, fine) for view in views[1:])]
    return replace(
        lead,
        middle=_mixed(shares, [view.middle for view in matched]),
        fine=_mixed(shares, [view.fine for view in matched]),
        confidence=np.maximum.reduce([lead.confidence, *(mix * view.facing for view in views[1:])]),
        facing=np.maximum.reduce([lead.facing, *(mix * view.facing for view in views[1:])]),
        foreign=_mixed(shares, [view.foreign for view in views]),
        skin=_mixed(shares, [view.skin for view in views]),
        iris=next((view.iris for view in views if view.iris is not None), None),
        neutral=neutral,
        face_width=max(view.face_width for view in views),
    )


def _shares(views: Sequence[SourcePack], mix: float, fine: ViewSettings) -> list[Matte]:
    """How much of each texel comes from which view; the shares of a texel sum to 1."""
    lead = views[0]
    weights = [fine.view_lead * np.maximum(lead.facing * (1 - lead.foreign), fine.view_least)]
    for view in views[1:]:
        finer = min(1.0, view.face_width / lead.face_width) ** 0.5
        weights.append(mix * finer * view.facing * (1 - view.foreign))
    seam, choice = fine.view_seam * lead.size, fine.view_choice
    powered = [np.asarray(gaussian((weight**choice).astype(np.float32), seam)) for weight in weights]
    total = np.sum(powered, axis=0)
    return [np.asarray(weight / total, np.float32) for weight in powered]


def _mixed(shares: Sequence[Matte], layers: Sequence[ImageF32]) -> ImageF32:
    """The layers (size, size[, 3]) by their shares."""
    parts = [
        layer * (share if layer.ndim == 2 else share[..., None]) for share, layer in zip(shares, layers, strict=True)
    ]
    return np.asarray(np.sum(parts, axis=0), np.float32)


def _contrast_matched(view: SourcePack, lead: SourcePack, fine: ViewSettings) -> SourcePack:
    """A view with the first one's contrast, measured where both show skin: softness and grade differ between photos."""
    both = (view.facing > 0.5) & (lead.facing > 0.5) & (view.skin > 0.5) & (lead.skin > 0.5)
    if both.sum() < _COMMON:
        return view
    return replace(
        view,
        middle=view.middle * _gain(view.middle, lead.middle, both, fine),
        fine=view.fine * _gain(view.fine, lead.fine, both, fine),
    )


def _gain(detail: ImageF32, wanted: ImageF32, where: Mask, fine: ViewSettings) -> np.float32:
    ratio = np.sqrt((wanted[where] ** 2).mean() / max(float((detail[where] ** 2).mean()), 1e-9))
    return np.float32(np.clip(ratio, fine.view_contrast_least, fine.view_contrast_most))


def _shape(views: Sequence[SourcePack], fine: ViewSettings) -> NDArray[np.float64]:
    """(468, 3) neutral of all views in the first one's frame, every vertex weighted by how well each view shows it."""
    lead = views[0].neutral
    fit = load_canonical().procrustes_weights
    total = np.zeros_like(lead)
    weight_sum = np.zeros((len(lead), 1))
    for view in views:
        pose = umeyama(view.neutral, lead, fit)
        aligned = float(pose.scale) * view.neutral @ np.asarray(pose.rotation).T + np.asarray(pose.translation)
        seen = fine.view_shape_least + chart(view.size).sample(view.facing).astype(np.float64)
        weight = (seen * min(1.0, view.face_width / views[0].face_width))[:, None]
        total += weight * aligned
        weight_sum += weight
    return total / weight_sum
