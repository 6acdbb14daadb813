"""The worker is killed at every stage: the client goes on where it was, and the document is never touched."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline.client import FrameReady, LinkOptions, WorkerBack, WorkerLost
from pipeline.ipc.messages import Hello, JobDone, JobFailed, KeyframesSoFar, Progress, QualityBlock, Tracks
from pipeline.jobs.new import new_project
from pipeline.jobs.progress import never_cancelled, no_note, no_progress
from pipeline.jobs.render import render
from pipeline.jobs.render_request import Compute, project_request
from pipeline.jobs.source_choice import source_choice
from pipeline.project.detection import DetectionOptions
from tests.unit.worker.conftest import Listener, Place, listener

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def at(place: Place) -> Iterator[Listener]:
    """A client whose worker listens; the document stays as it is whatever happens."""
    document = place.path.read_bytes()
    made = listener()
    made.client.start()
    made.until(Hello)
    yield made
    made.client.close()
    assert place.path.read_bytes() == document


def kill(at: Listener) -> None:
    pid = at.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.long
def test_killed_while_it_opens_while_it_analyses_and_while_it_draws(
    at: Listener, tmp_path: Path, media_dir: Path
) -> None:
    source = source_choice(str(media_dir / "synthetic_portrait.png"))
    path, project = new_project(tmp_path / "job.likeness", media_dir / "single_face.mp4", None, [source], None)
    at.client.open_project(project, path)
    at.client.request_frame("plate-1", 3, layer="plate")
    kill(at)
    assert "status -9" in at.until(WorkerLost).reason
    at.until(WorkerBack)
    assert at.until(FrameReady).facts.frame == 3

    job = at.client.analyse("plate-1")
    at.until(Progress, lambda each: each.job == job and each.done >= 5)
    kill(at)
    assert at.until(WorkerLost).quarantined == ()
    assert at.until(Tracks).tracks[0].seen == 72
    at.until(JobDone, lambda each: each.job == job)

    generation = at.client.request_frame("plate-1", 40)
    kill(at)
    at.until(WorkerLost)
    ready = at.until(FrameReady, lambda each: not each.facts.missing)
    assert (ready.facts.generation, ready.facts.layer) == (generation, "result")


@pytest.mark.long
def test_keyframes_are_told_while_a_plate_is_analysed_and_go_on_after_a_kill(
    at: Listener, tmp_path: Path, media_dir: Path
) -> None:
    source = source_choice(str(media_dir / "synthetic_portrait.png"))
    path, project = new_project(
        tmp_path / "job.likeness", media_dir / "WolfgangLanger_Pexels.mp4", None, [source], None
    )
    at.client.open_project(project, path)
    job = at.client.analyse("plate-1", DetectionOptions())
    first = at.until(KeyframesSoFar)
    assert (first.job, first.face, first.start) == (job, "face-1", 0)
    assert first.proposals[0].kind == "first"
    at.until(Progress, lambda each: each.job == job and each.done >= 260)
    kill(at)
    at.until(WorkerLost)
    again = at.until(KeyframesSoFar)
    assert again.start >= 240, "what was told of the frames before stays"
    at.until(Tracks)
    at.until(JobDone, lambda each: each.job == job)


@pytest.mark.long
def test_killed_while_it_measures_drafts_it_goes_on_although_nobody_asks_for_a_picture(
    at: Listener, place: Place
) -> None:
    at.client.open_project(place.project, place.path)
    at.client.analyse("plate-1")
    at.until(JobDone)
    job = at.client.measure_drafts("plate-1")
    at.until(QualityBlock, lambda each: each.job == job)
    kill(at)
    assert at.until(WorkerLost).quarantined == ()
    at.until(QualityBlock, lambda each: each.job == job)
    at.until(JobDone, lambda each: each.job == job)


def test_killed_while_it_renders_the_result_has_the_bytes_of_an_unbroken_run(at: Listener, place: Place) -> None:
    at.client.open_project(place.project, place.path)
    broken, whole = place.folder / "broken.mkv", place.folder / "whole.mkv"
    job = at.client.render("plate-1", broken, last="40", quality="draft")
    at.until(Progress, lambda each: each.job == job and each.stage == "rendering" and each.done >= 10)
    kill(at)
    at.until(WorkerLost)
    assert at.until(JobDone, lambda each: each.job == job).rendered is not None
    compute = Compute("cpu", os.cpu_count() or 1)
    request = project_request(place.path, whole, no_note, last="40", quality="draft", compute=compute)
    render(request, no_progress, never_cancelled, no_note)
    assert broken.read_bytes() == whole.read_bytes()


def test_killed_while_it_is_idle_it_is_there_again(at: Listener, place: Place) -> None:
    at.client.open_project(place.project, place.path)
    kill(at)
    assert at.until(WorkerLost).quarantined == ()
    pid = at.until(WorkerBack).pid
    assert pid == at.client.pid
    generation = at.client.request_frame("plate-1", 12, layer="plate")
    assert at.until(FrameReady).facts.generation == generation


@pytest.mark.long
def test_a_worker_that_is_frozen_is_ended_and_replaced(place: Place) -> None:
    made = listener(LinkOptions(heartbeat_s=3.0))
    made.client.start()
    pid = made.until(Hello).pid
    os.kill(pid, signal.SIGSTOP)
    assert "no sign of life" in made.until(WorkerLost).reason
    assert made.until(WorkerBack).pid != pid
    assert not psutil.pid_exists(pid)
    made.client.close()


ORPHAN = """
import sys, time
from pipeline.client import WorkerClient
if __name__ == "__main__":
    hello = []
    client = WorkerClient(hello.append)
    client.start()
    while not hello:
        time.sleep(0.02)
    ring = client._link._ring
    print(client.pid, ring.name.lstrip("/") if ring else "none", flush=True)
    time.sleep(600)
"""


def test_a_client_that_is_killed_takes_its_worker_and_its_shared_memory_along(tmp_path: Path) -> None:
    shared = Path("/dev/shm")
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    number, name = process.stdout.readline().split()
    pid, segment = int(number), shared / name
    process.kill()
    process.communicate()
    end = time.monotonic() + 120
    while (psutil.pid_exists(pid) or segment.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)
    assert not segment.exists()


def farther(job: int, last: Progress | None) -> Callable[[Progress], bool]:
    """Whether a job told that it got farther than it was."""
    return lambda each: each.job == job and (last is None or each.stage != last.stage or each.done > last.done)


@pytest.mark.long
def test_killed_again_and_again_a_long_render_resumes_from_its_ledger(tmp_path: Path, media_dir: Path) -> None:
    source = source_choice(str(media_dir / "synthetic_portrait.png"))
    plate = media_dir / "WolfgangLanger_Pexels.mp4"
    path, project = new_project(tmp_path / "job.likeness", plate, None, [source], None)
    document = path.read_bytes()
    made = listener()
    made.client.start()
    made.client.open_project(project, path)
    random.seed(4)
    job = made.client.render("plate-1", tmp_path / "broken.mkv", quality="draft")
    last: Progress | None = None
    for _ in range(6):  # Each time a little farther: work that brings the worker down twice at one place is left alone.
        made.until(Progress, farther(job, last))
        time.sleep(random.uniform(0.0, 3.0))
        pid = made.client.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        made.client.request_frame("plate-1", random.randrange(472), layer="plate")
        made.until(WorkerLost)
        last = [each for each in made.heard if isinstance(each, Progress) and each.job == job][-1]
    done = made.until(JobDone, lambda each: each.job == job)
    assert done.rendered is not None
    assert not [each for each in made.heard if isinstance(each, JobFailed)]
    made.client.close()
    assert path.read_bytes() == document
    compute = Compute("cpu", os.cpu_count() or 1)
    request = project_request(path, tmp_path / "whole.mkv", no_note, quality="draft", compute=compute)
    render(request, no_progress, never_cancelled, no_note)
    assert (tmp_path / "broken.mkv").read_bytes() == (tmp_path / "whole.mkv").read_bytes()
