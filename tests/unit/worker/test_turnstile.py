import threading
import time

from pipeline.worker.turnstile import GIVE_WAY_S, Priority, Turnstile


def test_the_order_is_preview_prefetch_analysis_strip_proxy_render_measure() -> None:
    names = [each.name for each in sorted(Priority)]
    assert names == ["PREVIEW", "PREFETCH", "ANALYSIS", "STRIP", "PROXY", "RENDER", "MEASURE"]


def test_lower_work_waits_while_there_is_some_of_a_higher_priority() -> None:
    turnstile = Turnstile()
    order: list[str] = []

    def render() -> None:
        turnstile.wait(Priority.RENDER, lambda: False, 1.0, lambda: None)
        order.append("render")

    turnstile.enter(Priority.PREFETCH)
    turnstile.enter(Priority.ANALYSIS)
    thread = threading.Thread(target=render)
    thread.start()
    time.sleep(0.05)
    order.append("prefetch done")
    turnstile.leave(Priority.PREFETCH)
    time.sleep(0.05)
    order.append("analysis done")
    turnstile.leave(Priority.ANALYSIS)
    thread.join(60)
    assert order == ["prefetch done", "analysis done", "render"]


def test_higher_work_never_waits_for_lower() -> None:
    turnstile = Turnstile()
    with turnstile.working(Priority.RENDER), turnstile.working(Priority.ANALYSIS):
        assert turnstile.is_free(Priority.PREVIEW)
        assert not turnstile.is_free(Priority.RENDER)


def test_waiting_ends_when_the_work_is_stopped_and_tells_that_it_waits() -> None:
    turnstile = Turnstile()
    turnstile.enter(Priority.ANALYSIS)
    stop, told = threading.Event(), []
    thread = threading.Thread(target=turnstile.wait, args=(Priority.RENDER, stop.is_set, 0.01, lambda: told.append(1)))
    thread.start()
    time.sleep(0.05)
    stop.set()
    turnstile.wake()
    thread.join(60)
    assert not thread.is_alive()
    assert told


def test_a_frame_gives_way_to_pictures_that_are_looked_at_but_not_for_ever() -> None:
    turnstile = Turnstile()
    turnstile.enter(Priority.PREVIEW)
    began = time.monotonic()
    assert turnstile.wait(Priority.RENDER, lambda: False, 1.0, lambda: None)
    assert time.monotonic() - began >= GIVE_WAY_S


def test_measuring_lets_pictures_that_are_looked_at_go_first_as_long_as_there_are_any() -> None:
    turnstile, ended = Turnstile(), threading.Event()

    def measure() -> None:
        turnstile.wait(Priority.MEASURE, lambda: False, 1.0, lambda: None)
        ended.set()

    turnstile.enter(Priority.PREVIEW)
    thread = threading.Thread(target=measure)
    thread.start()
    assert not ended.wait(2 * GIVE_WAY_S)
    turnstile.leave(Priority.PREVIEW)
    assert ended.wait(5)
    thread.join(60)
