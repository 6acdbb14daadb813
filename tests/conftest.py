"""Where the tests find clips, reference figures and networks."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Windows are drawn into memory; without this Qt looks for a screen and ends the process where there is none.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no failure, and a change passes or fails the same way every time.
settings.register_profile("likeness", deadline=None, derandomize=True)
settings.load_profile("likeness")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """`tests/data`: everything the tests compare against."""
    return ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def media_dir(data_dir: Path) -> Path:
    """Real clips and photos, described in `tests/data/README.md`."""
    return data_dir / "media"


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The networks that ship."""
    return ROOT / "models"
