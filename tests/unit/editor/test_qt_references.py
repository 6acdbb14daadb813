"""Qt's calls can't free the interpreter's own objects."""

import sys

from PySide6.QtCore import QObject

from editor.qt_references import PLENTY, keep_singletons


def test_a_hundred_thousand_qt_calls_leave_none_alive() -> None:
    watched = QObject()
    for _ in range(100_000):
        watched.setObjectName("x")
    assert sys.version_info >= (3, 12) or sys.getrefcount(None) > PLENTY // 2


def test_guarding_twice_changes_nothing() -> None:
    before = sys.getrefcount(NotImplemented)
    keep_singletons()
    assert abs(sys.getrefcount(NotImplemented) - before) < 1000
