"""The worker holds for the next job what makes it faster, and nothing that it can have again at once."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.ipc.messages import Figures, JobDone, JobFailed, QualityBlock
from tests.unit.worker.conftest import Listener, Place, looking_at

PIPELINE = Path(__file__).parents[3] / "pipeline"
LARGE = re.compile(r"^\s*(?:from|import) scipy\.(?:signal|stats|interpolate|integrate)\b", re.MULTILINE)
"""Each brings most of the others: 35 MB."""


@pytest.fixture(scope="module")
def at(place: Place) -> Iterator[Listener]:
    with looking_at(place) as found:
        yield found


def soon(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + 120.0
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return what()


@pytest.mark.skipif(sys.platform == "win32", reason="asks for the files that another process has open")
def test_decoders_and_networks_of_jobs_are_given_back(at: Listener, media_dir: Path) -> None:
    strip = at.client.filmstrip("plate-1", [3, 40], (64, 64))
    at.until(JobDone, lambda each: each.job == strip)
    measuring = at.client.measure_drafts("plate-1")
    at.until(QualityBlock, lambda each: each.job == measuring)
    at.client.cancel(measuring)
    at.until(JobFailed, lambda each: each.job == measuring)
    assert at.client.pid is not None
    worker, plate = psutil.Process(at.client.pid), (media_dir / "single_face.mp4").resolve()

    def open_decoders() -> int:
        return sum(Path(each.path).resolve() == plate for each in worker.open_files())

    def networks() -> tuple[str, ...]:
        at.client.figures()
        return at.until(Figures).networks

    # No picture was asked for: that decoder would stay.
    assert soon(lambda: open_decoders() == 0), worker.open_files()
    assert soon(lambda: networks() == ()), networks()
    strip = at.client.filmstrip("plate-1", [7], (64, 64))
    at.until(JobDone, lambda each: each.job == strip)


def test_no_part_of_scipy_is_loaded_for_a_few_lines_of_it() -> None:
    found = [path.name for path in PIPELINE.rglob("*.py") if LARGE.search(path.read_text(encoding="utf-8"))]
    assert not found
