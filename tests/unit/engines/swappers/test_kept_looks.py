"""What parameters make of an identity is built once for all threads, and only the last few are kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event, Lock

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.swappers.mesh import kept_looks
from pipeline.engines.swappers.mesh.grade import MATTE_PARAMETERS, PAINT_PARAMETERS, identity_mattes, match_to_plate
from pipeline.engines.swappers.mesh.kept_looks import KeptLooks
from pipeline.engines.swappers.mesh.swapper import OFFSET_PARAMETERS, PreparedFace
from pipeline.errors import Cancelled
from pipeline.project.parameter_table import PARAMETERS, Parameter, with_values
from pipeline.project.parameters import MeshSettings


def test_the_last_ones_are_kept() -> None:
    looks: KeptLooks[int] = KeptLooks(2)
    built: list[int] = []

    def build(key: int) -> int:
        built.append(key)
        return 10 * key

    for key in (1, 2, 1, 3, 1, 2):
        assert looks.get(key, partial(build, key)) == 10 * key
    assert built == [1, 2, 3, 2]


def test_as_many_are_kept_as_is_said_last() -> None:
    looks: KeptLooks[int] = KeptLooks(1)
    built: list[int] = []

    def build(key: int) -> int:
        built.append(key)
        return key

    looks.size = 3
    for key in (1, 2, 3, 1, 2, 3):
        looks.get(key, partial(build, key))
    looks.size = 1
    for key in (3, 2, 3):
        looks.get(key, partial(build, key))
    assert built == [1, 2, 3, 2, 3]


def test_no_more_is_kept_than_may_be_in_memory_but_what_frames_need_now(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: KeptLooks[NDArray[np.uint8]] = KeptLooks(4, most_bytes=250, least=2)

    def ask(*keys: str) -> int:
        for key in keys:
            looks.get(key, lambda: np.zeros(100, np.uint8))
        return len(looks.values())

    assert ask("a", "b", "c", "d", "e") == 4, "all are in use"
    monkeypatch.setattr(kept_looks, "SETTLED_S", -1.0)
    assert ask("e") == 2
    assert ask("f") == 2
    large: KeptLooks[NDArray[np.uint8]] = KeptLooks(4, most_bytes=50)
    large.get("a", lambda: np.zeros(100, np.uint8))
    assert large.found("a") is not None, "the last one is kept however large it is"
    for key in "abc":
        large.get(key, lambda: np.zeros(100, np.uint8))
    assert len(large.values()) == 1


def test_threads_share_what_one_of_them_builds() -> None:
    looks: KeptLooks[object] = KeptLooks(4)
    together, counted, built = Barrier(4), Lock(), [0]

    def build() -> object:
        with counted:
            built[0] += 1
        return object()

    def ask() -> object:
        together.wait()
        return looks.get("same", build)

    with ThreadPoolExecutor(4) as threads:
        found = [each.result() for each in [threads.submit(ask) for _ in range(4)]]
    assert built == [1]
    assert len(set(map(id, found))) == 1


def test_different_keys_do_not_wait_for_each_other() -> None:
    looks: KeptLooks[str] = KeptLooks(4)
    both = Barrier(2)

    def build(name: str) -> str:
        both.wait(timeout=60)
        return name

    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(looks.get, name, partial(build, name)) for name in "ab"]
        assert [each.result() for each in found] == ["a", "b"]


def test_a_build_that_fails_is_tried_again() -> None:
    looks: KeptLooks[int] = KeptLooks(2)
    with pytest.raises(ZeroDivisionError):
        looks.get("a", lambda: 1 // 0)
    assert looks.get("a", lambda: 7) == 7


def test_who_waits_for_a_build_that_is_stopped_builds_it() -> None:
    looks: KeptLooks[int] = KeptLooks(2)
    begun, waits = Event(), Event()

    def stopped() -> int:
        begun.set()
        assert waits.wait(timeout=60)
        raise Cancelled("Stopped.")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(looks.get, "a", stopped)
        assert begun.wait(timeout=60)
        second = threads.submit(looks.get, "a", lambda: 7)
        waits.set()
        assert second.result(timeout=60) == 7
        with pytest.raises(Cancelled):
            first.result()


def changed(settings: MeshSettings, values: dict[Parameter, float]) -> MeshSettings:
    for each, value in values.items():
        settings = with_values(settings, each.part.partition(".")[2], {each.name: value})
    return settings


def test_paint_mattes_and_offset_depend_on_no_other_parameter_than_they_say(prepared: PreparedFace) -> None:
    """Otherwise a curve on the other one would show yesterday's look."""
    plain = MeshSettings()
    source = prepared.source(plain)
    assert source is not None
    before = prepared.textures(source, plain)
    makers: dict[str, tuple[Callable[[MeshSettings], tuple[float, ...]], Callable[[MeshSettings], object], object]] = {
        "paint": (PAINT_PARAMETERS, lambda s: match_to_plate(source, prepared.plate(s), s).detail, before.detail),
        "mattes": (MATTE_PARAMETERS, lambda s: identity_mattes(source, prepared.plate(s), s), before.mattes),
        "offset": (OFFSET_PARAMETERS, lambda s: PreparedFace(prepared.solve, prepared.calm, prepared.photos).offset(s),
                   prepared.offset(plain)),
    }  # fmt: skip
    for name, (own, make, known) in makers.items():
        others = {
            each: each.lowest if each.default != each.lowest else each.highest
            for each in PARAMETERS.values()
            if each.part.startswith("settings") and own(changed(plain, {each: -1.0})) == own(plain)
        }
        assert np.array_equal(make(changed(plain, others)), known), name  # type: ignore[arg-type]
