"""Decoding ahead is bounded, keeps order, carries errors, and ends when nobody listens."""

import threading
import time
from collections.abc import Iterator

import pytest

from pipeline.errors import FrameUnreadable, SizeChanged
from pipeline.media.decode_ahead import Item, decode_ahead


def damaged(frame: int) -> FrameUnreadable:
    return FrameUnreadable(f"frame {frame}", frame)


def test_no_more_than_the_depth_is_made_ahead() -> None:
    made: list[int] = []

    def produce() -> Iterator[Item]:
        for frame in range(50):
            made.append(frame)
            yield damaged(frame)

    items = decode_ahead(produce, 3)
    assert next(items).frame == 0
    time.sleep(0.1)
    assert len(made) <= 6
    assert [item.frame for item in items] == list(range(1, 50))


def test_an_error_of_the_producer_arrives_after_what_it_made() -> None:
    def produce() -> Iterator[Item]:
        yield damaged(0)
        raise SizeChanged("another size")

    items = decode_ahead(produce, 2)
    assert next(items).frame == 0
    with pytest.raises(SizeChanged, match="another size"):
        next(items)


def test_closing_ends_the_thread_and_runs_the_producers_cleanup() -> None:
    closed = threading.Event()

    def produce() -> Iterator[Item]:
        try:
            for frame in range(1000):
                yield damaged(frame)
        finally:
            closed.set()

    items = decode_ahead(produce, 2)
    next(items)
    items.close()
    assert closed.wait(2.0)
