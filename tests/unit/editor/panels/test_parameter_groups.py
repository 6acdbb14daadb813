"""Every parameter has one place in the inspector."""

from collections import Counter

from editor.panels.parameter_groups import groups
from pipeline.project.parameter_table import PARAMETERS


def test_every_parameter_is_there_once() -> None:
    counted = Counter(each.name for group in groups() for line in group.lines for each in line.parameters)
    assert set(counted) == set(PARAMETERS)
    assert set(counted.values()) == {1}


def test_the_performance_comes_first_and_the_advanced_last_and_folded() -> None:
    titles = [group.title for group in groups()]
    assert titles[:5] == ["Performance", "Expressions", "Regions", "Upper face units", "Lower face units"]
    rest = [group for group in groups() if group.title.startswith("Advanced")]
    assert groups()[-len(rest) :] == rest
    assert all(group.folded for group in rest)
    assert [line.title for line in groups()[0].lines] == ["Overall", "Upper face", "Lower face"]


def test_left_and_right_share_a_line() -> None:
    lines = {line.title: line for group in groups() for line in group.lines}
    assert [each.name for each in lines["Smile"].parameters] == ["AU12L", "AU12R"]
    assert [each.name for each in lines["Brows"].parameters] == ["brows_left", "brows_right"]
    assert lines["Smile"].unit == 12
