"""Who is silent too long, and who is blamed when a worker dies."""

from pipeline.ipc.watch import WorkWatch


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watch(heartbeat_s: float = 10.0) -> tuple[WorkWatch, Clock]:
    clock = Clock()
    made = WorkWatch(heartbeat_s, clock)
    made.begin()
    return made, clock


def test_a_silent_process_is_overdue_unless_its_work_declared_more_patience() -> None:
    made, clock = watch()
    clock.now = 9.0
    assert made.overdue() is None
    made.working("job-1", 100.0)
    clock.now = 50.0
    assert made.overdue() is None
    made.finished("job-1")
    assert "no sign of life" in (made.overdue() or "")
    made.heard()
    assert made.overdue() is None


def test_work_that_gets_no_further_is_overdue_although_the_process_lives() -> None:
    made, clock = watch()
    made.working("pane-viewer", 5.0)
    clock.now = 6.0
    made.heard()
    assert "pane-viewer" in (made.overdue() or "")


def test_progress_and_being_held_keep_work_from_being_overdue() -> None:
    made, clock = watch(1000.0)
    made.working("job-1", 5.0)
    clock.now = 4.0
    made.progressed("job-1", "rendering", 1)
    clock.now = 8.0
    assert made.overdue() is None
    made.idle("job-1")
    clock.now = 800.0
    assert made.overdue() is None


def test_work_that_brings_the_worker_down_twice_is_quarantined_and_what_was_done_between_is_not() -> None:
    made, _ = watch()
    made.working("job-1", 5.0)
    made.working("job-2", 5.0)
    assert made.lost() == []
    made.begin()
    made.working("job-1", 5.0)
    made.working("job-2", 5.0)
    made.finished("job-2")
    assert made.lost() == ["job-1"]


def test_work_that_gets_further_each_time_is_not_quarantined() -> None:
    made, _ = watch()
    for done in (10, 20, 30):
        made.working("job-1", 5.0)
        made.progressed("job-1", "rendering", done)
        assert made.lost() == []
    made.working("job-1", 5.0)
    made.progressed("job-1", "rendering", 30)
    assert made.lost() == ["job-1"]


def test_the_next_stage_is_farther_although_it_counts_from_the_beginning() -> None:
    made, _ = watch()
    for stage, done in (("analysing", 400), ("rendering", 3)):
        made.working("job-1", 5.0)
        made.progressed("job-1", stage, done)
        assert made.lost() == []
    made.working("job-1", 5.0)
    assert made.lost() == ["job-1"], "before any stage it is no farther"


def test_what_is_forgiven_begins_anew() -> None:
    made, _ = watch()
    made.working("prepare-plate-1", 5.0)
    made.lost()
    made.forgive("prepare-")
    made.working("prepare-plate-1", 5.0)
    assert made.lost() == []


def test_time_in_which_nobody_listened_is_not_the_workers_fault() -> None:
    made, clock = watch()
    made.working("job-1", 5.0)
    clock.now = 60.0
    made.rested()
    assert made.overdue() is None
