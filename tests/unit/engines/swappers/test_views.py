"""Several views of one identity fused into one pack."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.source import SourcePack, build_source, lay_out
from pipeline.engines.swappers.mesh.views import fuse_views
from pipeline.media.photo import read_photo
from pipeline.project.identity_stages import ViewSettings
from pipeline.project.parameters import MeshSettings


@pytest.fixture(scope="module")
def portrait(media_dir: Path, models_dir: Path) -> SourcePack:
    image = read_photo(media_dir / "synthetic_portrait.png")
    mesh = find_faces(image, SessionPool(models_dir))[0]
    return build_source(lay_out(SourcePhoto(image, mesh), 512, 200.0), MeshSettings())


def half_hidden(pack: SourcePack) -> SourcePack:
    """The pack as if its right half had been turned away: nothing is known there."""
    hidden = np.zeros_like(pack.facing)
    hidden[:, : pack.size // 2] = pack.facing[:, : pack.size // 2]
    return replace(pack, facing=hidden, middle=pack.middle * hidden[..., None], confidence=hidden)


def test_one_view_is_left_as_it_is(portrait: SourcePack) -> None:
    assert fuse_views([portrait], 1.0, ViewSettings()) is portrait


def test_what_the_first_view_hides_comes_from_the_second(portrait: SourcePack) -> None:
    fused = fuse_views([half_hidden(portrait), portrait], 1.0, ViewSettings())
    right = (portrait.facing > 0.9) & (portrait.foreign < 0.1) & (np.arange(portrait.size) > 0.6 * portrait.size)
    assert np.abs(fused.middle[right] - portrait.middle[right]).mean() < 0.1 * np.abs(portrait.middle[right]).mean()
    assert np.median(fused.confidence[right]) > 0.95


def test_what_the_first_view_shows_stays_its_own(portrait: SourcePack) -> None:
    other = replace(portrait, middle=-portrait.middle, fine=-portrait.fine)
    fused = fuse_views([portrait, other], 1.0, ViewSettings())
    seen = portrait.facing > 0.95
    kept = (fused.middle * portrait.middle).mean(2)[seen].sum() / (portrait.middle**2).mean(2)[seen].sum()
    assert kept > 0.3


def test_without_mix_only_the_shape_is_shared(portrait: SourcePack) -> None:
    wider = replace(portrait, neutral=portrait.neutral * (1.1, 1.0, 1.0))
    fused = fuse_views([portrait, wider], 0.0, ViewSettings())
    assert np.array_equal(fused.middle, portrait.middle)
    spread = np.ptp(fused.neutral[:, 0]) / np.ptp(portrait.neutral[:, 0])
    assert 1.01 < spread < 1.10
