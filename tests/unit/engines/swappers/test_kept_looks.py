"""What parameters make of an identity is built once for all threads, and only the last few are kept."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Lock

import pytest

from pipeline.engines.swappers.mesh.kept_looks import KeptLooks


def test_the_last_ones_are_kept() -> None:
    looks: KeptLooks[int] = KeptLooks(2)
    built: list[int] = []

    def build(key: int) -> int:
        built.append(key)
        return 10 * key

    for key in (1, 2, 1, 3, 1, 2):
        assert looks.get(key, partial(build, key)) == 10 * key
    assert built == [1, 2, 3, 2]


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
        both.wait(timeout=5)
        return name

    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(looks.get, name, partial(build, name)) for name in "ab"]
        assert [each.result() for each in found] == ["a", "b"]


def test_a_build_that_fails_is_tried_again() -> None:
    looks: KeptLooks[int] = KeptLooks(2)
    with pytest.raises(ZeroDivisionError):
        looks.get("a", lambda: 1 // 0)
    assert looks.get("a", lambda: 7) == 7
