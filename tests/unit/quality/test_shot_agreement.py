"""A passage counts as found where it shares half of the longer one's frames."""

from pipeline.analysis.dissolves import Dissolve
from pipeline.quality.shot_agreement import passages_hit


def test_each_passage_counts_once_and_only_where_it_lies() -> None:
    there = [Dissolve(10, 20), Dissolve(50, 60)]
    assert passages_hit(there, there) == (2, 2)
    assert passages_hit([Dissolve(12, 22)], there) == (1, 1)
    assert passages_hit([Dissolve(0, 40), Dissolve(90, 95)], there) == (0, 0)
    assert passages_hit([Dissolve(10, 15), Dissolve(15, 20)], there) == (1, 2)
    assert passages_hit([], there) == (0, 0)
