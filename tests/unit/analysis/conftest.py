"""Observations of the real clips, read once for all tests that look at them."""

from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from tests.unit.analysis.excerpts import Excerpt, read_excerpt


@pytest.fixture(scope="session")
def shared_pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


@pytest.fixture(scope="session")
def grin(media_dir: Path, shared_pool: SessionPool) -> Excerpt:
    """All of the man who goes from neutral to a grin."""
    return read_excerpt(media_dir / "single_face.mp4", 0, 72, shared_pool)


@pytest.fixture(scope="session")
def hand_comes(media_dir: Path, shared_pool: SessionPool) -> Excerpt:
    """The woman whose hand comes before her face at frame 58, and stays."""
    return read_excerpt(media_dir / "WolfgangLanger_Pexels.mp4", 46, 106, shared_pool)
