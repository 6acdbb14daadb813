"""Circles of Qt's objects end in the window's thread, whoever makes garbage."""

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from editor.app.collector import Collector


@pytest.fixture
def collector(qapp: QCoreApplication) -> Iterator[Collector]:
    gc.collect()
    made = Collector()
    yield made
    made.deleteLater()
    gc.enable()


class _Circle(QObject):
    ended: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


def test_a_thread_that_makes_garbage_destroys_nothing(collector: Collector) -> None:
    _Circle.ended.clear()
    _Circle()

    def litter() -> None:
        for _ in range(20_000):
            circle: list[object] = []
            circle.append(circle)

    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert _Circle.ended == []
    collector.look()
    assert _Circle.ended == [threading.get_ident()]
