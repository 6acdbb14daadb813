"""Where the tests find clips, reference figures and networks."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.jobs.library_threads import pin_blas

# Windows are drawn into memory; without this Qt looks for a screen and ends the process where there is none.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# As in the program's own processes, before numpy is loaded: threads that spin while they wait take from other tests.
pin_blas()

# A busy machine is no failure, and a change passes or fails the same way every time.
settings.register_profile("likeness", deadline=None, derandomize=True)
settings.load_profile("likeness")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module", autouse=True)
def widgets_end_in_their_own_thread() -> Iterator[None]:
    """What a module leaves in circles is collected here: a collector that runs in another thread, while later tests
    decode, would destroy Qt's objects there. What is still in use then is not searched again after every module."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        gc.collect()
        gc.freeze()


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


@pytest.fixture(scope="session")
def lay_analysis(tmp_path_factory: pytest.TempPathFactory, media_dir: Path) -> Callable[[Path], None]:
    """Lays what is known of single_face.mp4 where a project in a folder keeps it, and where its `cache` does.

    With it, a test of what comes after the analysis (and the portrait's closed loop) need not wait for them.
    """
    from pipeline.cli import main

    made = tmp_path_factory.mktemp("analysed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(made / "config"))
        patch.setenv("LIKENESS_CACHE", str(made / "cache"))
        plate, source = str(media_dir / "single_face.mp4"), str(media_dir / "synthetic_portrait.png")
        arguments = ["render", "--plate", plate, "--source", source, "--out", "1", "--no-measure"]
        assert main([*arguments, "--provider", "cpu", "-o", str(made / "result.mkv")]) == 0

    def lay(folder: Path) -> None:
        for place in (".likeness", "cache"):
            shutil.copytree(made / "cache" / "analysis", folder / place / "analysis")

    return lay
