"""How many prepared faces are kept from job to job."""

from dataclasses import dataclass
from typing import cast

import pytest

from pipeline.engines.swappers.mesh.swapper import PreparedFace
from pipeline.jobs import workbench
from pipeline.jobs.workbench import Workbench


@dataclass
class Held:
    """Stands for a prepared face: of one only its size counts here."""

    held_bytes: int


def prepared(bench: Workbench, *names: str, size: int = 100) -> list[str]:
    """Ask for faces of a plate of one, in order; those that had to be made."""
    made: list[str] = []

    def make(name: str) -> PreparedFace:
        made.append(name)
        return cast(PreparedFace, Held(size))

    for name in names:
        bench.prepared(name, 1, lambda name=name: make(name))  # type: ignore[misc]
    return made


def test_the_face_before_a_recast_is_kept_until_it_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Workbench("cpu")
    assert prepared(bench, "before", "after", "before", "after") == ["before", "after"]
    monkeypatch.setattr(workbench, "PREPARED_BYTES", 150)
    assert prepared(bench, "before") == [], "it is there when it is asked for first"
    assert prepared(bench, "after", "after") == ["after"]


def test_another_versions_faces_are_kept_apart_and_no_more_than_it_has() -> None:
    bench = Workbench("cpu")
    prepared(bench, "own")
    beside = bench.beside()
    assert prepared(beside, "own", "old", "older", "older", "old") == ["old", "older", "old"]
    assert prepared(bench, "own") == []
