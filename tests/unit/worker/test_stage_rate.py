from pipeline.jobs.progress import Progress
from pipeline.worker.stage_rate import StageRate


def test_what_was_there_from_an_earlier_run_does_not_count_as_speed() -> None:
    rate = StageRate()
    assert rate.note(Progress("rendering", 100, 200), 10.0)
    assert rate.seconds_left is None
    assert not rate.note(Progress("rendering", 101, 200), 40.0)
    assert rate.seconds_left is None, "getting ready is no pace"
    assert not rate.note(Progress("rendering", 111, 200), 45.0)
    assert rate.rate == 2.0
    assert rate.seconds_left == 44.5


def test_a_new_stage_begins_anew_and_an_uncounted_one_has_no_end_in_sight() -> None:
    rate = StageRate()
    rate.note(Progress("a", 0, 10), 0.0)
    rate.note(Progress("a", 10, 10), 1.0)
    assert rate.note(Progress("b", 0, 0), 2.0)
    assert rate.rate == 0.0
    assert rate.seconds_left is None
