import os

import pytest

from pipeline.jobs import machine_state as module


def test_the_machine_and_its_load_are_named() -> None:
    assert f"{os.cpu_count()} cores" in module.machine_state()
    assert "load" in module.machine_state()


@pytest.mark.skipif(not hasattr(os, "getloadavg"), reason="the system has no load average")
def test_a_busy_machine_is_said_to_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (0.1, 0.1, 0.1))
    assert "trust" not in module.machine_state()
    monkeypatch.setattr(os, "getloadavg", lambda: (9.0, 0.1, 0.1))
    assert "trust CPU time" in module.machine_state()
