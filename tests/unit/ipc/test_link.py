"""A worker that dies, hangs, or can't be started: what its client does about it."""

import queue
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.client import ClientEvent, LinkOptions, WorkerBack, WorkerClient, WorkerLost
from pipeline.ipc.messages import FrameFailed, Hello, JobDone, JobFailed

STRANGE = "tests.unit.ipc.strange_worker"


class Told:
    def __init__(self, options: LinkOptions) -> None:
        self.events: queue.Queue[ClientEvent] = queue.Queue()
        self.client = WorkerClient(self.events.put, options)
        self.client.start()

    def next(self, *kinds: type) -> ClientEvent:
        end = time.monotonic() + 120
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            if isinstance(event, kinds):
                return event


@pytest.fixture
def told() -> Iterator[Told]:
    made = Told(LinkOptions(module=STRANGE, slots=0, end_patience_s=0.5))
    yield made
    made.client.close()


def test_a_job_that_brings_the_worker_down_twice_is_refused_and_others_are_done(told: Told) -> None:
    bad = told.client.analyse("dies")
    first, second = told.next(WorkerLost), told.next(WorkerLost)
    assert isinstance(first, WorkerLost)
    assert first.quarantined == ()
    assert isinstance(second, WorkerLost)
    assert second.quarantined == (f"job-{bad}",)
    failed = told.next(JobFailed)
    assert isinstance(failed, JobFailed)
    assert (failed.job, failed.error.kind) == (bad, "Quarantined")
    good = told.client.analyse("good")
    assert told.next(JobDone) == JobDone(job=good)


def test_a_job_that_gets_further_each_time_is_given_back_until_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRANGE_WORKER_DONE", str(tmp_path / "done"))
    told = Told(LinkOptions(module=STRANGE, slots=0))
    job = told.client.analyse("gets on and dies")
    assert told.next(JobDone, JobFailed) == JobDone(job=job)
    told.client.close()


def test_a_picture_that_brings_the_worker_down_twice_fails_in_words(told: Told) -> None:
    generation = told.client.request_frame("plate-1", 3)
    failed = told.next(FrameFailed)
    assert isinstance(failed, FrameFailed)
    assert (failed.generation, failed.frame, failed.error.kind) == (generation, 3, "Quarantined")


def test_a_job_that_is_silent_beyond_its_own_patience_hangs_although_the_heart_beats(told: Told) -> None:
    job = told.client.analyse("never answers")
    lost = told.next(WorkerLost)
    assert isinstance(lost, WorkerLost)
    assert f"job-{job} got no further" in lost.reason
    back = told.next(WorkerBack)
    assert isinstance(back, WorkerBack)
    assert back.starts == 2


def test_a_process_without_heartbeat_is_ended_and_started_again() -> None:
    told = Told(LinkOptions(module=STRANGE, slots=0, heartbeat_s=1.0))
    assert isinstance(told.next(Hello), Hello)
    lost = told.next(WorkerLost)
    assert isinstance(lost, WorkerLost)
    assert "no sign of life" in lost.reason
    assert isinstance(told.next(WorkerBack), WorkerBack)
    told.client.close()


def test_a_worker_that_cannot_be_started_is_given_up_after_a_few_tries() -> None:
    told = Told(LinkOptions(module="tests.unit.ipc.no_such_worker", slots=0))
    losses: list[WorkerLost] = []
    while not (losses and losses[-1].final):
        lost = told.next(WorkerLost)
        assert isinstance(lost, WorkerLost)
        losses.append(lost)
    assert len(losses) == 4
    began = time.monotonic()
    told.client.close()
    assert time.monotonic() - began < 30


def test_a_stopped_job_is_not_given_to_a_fresh_worker(told: Told) -> None:
    job = told.client.analyse("never answers")
    told.client.cancel(job)
    assert isinstance(told.next(WorkerLost), WorkerLost)
    failed = told.next(JobFailed)
    assert isinstance(failed, JobFailed)
    assert (failed.job, failed.error.kind) == (job, "Cancelled")


def test_closing_does_not_wait_for_a_worker_that_is_still_starting_or_busy(told: Told) -> None:
    told.client.analyse("never answers")
    began = time.monotonic()
    told.client.close()
    assert time.monotonic() - began < 30
