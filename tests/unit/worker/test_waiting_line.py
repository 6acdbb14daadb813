"""Renders begin in the order that was asked for last."""

from functools import partial

from pipeline.ipc.messages import JobDone
from pipeline.worker.job import Job
from pipeline.worker.turnstile import Priority, Turnstile
from pipeline.worker.waiting_line import WaitingLine


def test_what_waits_begins_as_it_was_ordered_and_what_has_begun_is_passed_over() -> None:
    line = WaitingLine()
    for number in (1, 2, 3, 4):
        job = Job(number, Priority.RENDER, Turnstile(), lambda message: None)
        line.put(job, partial(JobDone, job=number))
    assert line.take()[0].number == 1
    line.order((4, 1, 2))
    assert [line.take()[0].number for _ in range(3)] == [4, 2, 3]
