import re
from xml.etree import ElementTree as ET

import numpy as np

from pipeline.quality.report_chart import MOST_POINTS, WIDTH, Line, TimeAxis, chart


def paths(svg: str) -> list[str]:
    return [each.attrib["d"] for each in ET.fromstring(svg).iter("path")]


def test_a_line_breaks_where_values_are_missing_for_long_and_bridges_what_is_passed_over() -> None:
    sparse = np.where(np.arange(120) % 6 == 0, 1.0, np.nan)
    (path,) = paths(chart([Line("a", sparse)], TimeAxis(0, 120)))
    assert path.count("M") == 1
    assert path.count("L") == 19
    sparse[40:100] = np.nan
    (path,) = paths(chart([Line("a", sparse)], TimeAxis(0, 120)))
    assert path.count("M") == 2


def test_keyframes_cuts_and_left_out_spans_stand_where_they_are() -> None:
    axis = TimeAxis(100, 101, [(150, "apex")], [120], [[130, 139]])
    svg = chart([Line("a", np.arange(101.0))], axis, label_keyframes=True)
    assert "apex 150" in svg
    field = ET.fromstring(svg).find("rect")
    assert field is not None
    assert float(field.attrib["x"]) == round(axis.x(129.5), 1)
    assert f'x1="{axis.x(120):.1f}"' in svg


def test_the_name_of_a_keyframe_at_the_end_stays_inside() -> None:
    axis = TimeAxis(0, 72, [(0, "first"), (71, "last")])
    names = ET.fromstring(chart([Line("a", np.arange(72.0))], axis, label_keyframes=True)).findall("text[@class='key']")
    assert [each.text for each in names] == ["first 0", "last 71"]
    assert float(names[0].attrib["x"]) == round(axis.x(0), 1)
    assert float(names[1].attrib["x"]) <= WIDTH - 7 * 6


def test_a_floor_is_drawn_where_values_come_near_it() -> None:
    values = np.linspace(27, 40, 50)
    assert "--miss" in chart([Line("a", values)], TimeAxis(0, 50), limit=28)
    assert "--miss" not in chart([Line("a", values)], TimeAxis(0, 50), limit=400)


def test_a_long_series_keeps_its_extremes() -> None:
    values = np.zeros(100_000)
    values[54_321] = 9.0
    (path,) = paths(chart([Line("a", values)], TimeAxis(0, 100_000)))
    heights = [float(each) for each in re.findall(r"[ML][\d.]+ ([\d.]+)", path)]
    assert len(heights) <= MOST_POINTS
    assert min(heights) < max(heights) - 50


def test_nothing_is_drawn_of_nothing_and_names_are_escaped() -> None:
    assert chart([Line("a", np.full(9, np.nan))], TimeAxis(0, 9)) == ""
    assert "<b>" not in chart([Line("<b>", np.ones(9))], TimeAxis(0, 9))
