"""Signals in words and as lines."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from editor.timeline.frame_scale import FrameScale
from editor.timeline.signal_traces import SignalBuckets, SignalTraces, channel_title, trace_points

LANE = QRectF(0, 0, 100, 58)


@pytest.mark.parametrize(
    ("channel", "title"),
    [
        ("AU12L", "smile, left (AU12L)"),
        ("AU1", "inner brow up (AU1)"),
        ("AU18", "pucker (AU18)"),
        ("plate_change", "plate change"),
    ],
)
def test_a_channel_is_called_by_what_it_measures(channel: str, title: str) -> None:
    assert channel_title(channel) == title


def test_frames_in_which_the_face_is_not_seen_break_the_line() -> None:
    values = np.array([[0.0, 0.5, np.nan, np.nan, 1.0, 1.0]], np.float32)
    buckets = SignalBuckets("face-1", ("AU1",), 0, 1, values, values)
    lines = list(trace_points(LANE, FrameScale(0, 10.0), buckets, 0, range(6)))
    assert [[(point.x(), point.y()) for point in line.toList()] for line in lines] == [
        [(5, 54), (15, 29)],
        [(45, 4), (55, 4)],
    ]


def test_a_peak_between_two_pixels_is_not_lost() -> None:
    values = np.zeros((1, 10_000), np.float32)
    values[0, 5_001] = 1.0
    buckets = SignalBuckets("face-1", ("AU1",), 0, 1, values, values)
    (line,) = trace_points(LANE, FrameScale(0, 0.01), buckets, 0, range(10_000))
    assert min(point.y() for point in line.toList()) == 4
    assert line.size() <= 2 * 101


def test_the_units_that_move_most_are_drawn_at_first_one_a_unit() -> None:
    names = ("AU1", "AU4L", "AU12L", "AU12R", "AU18", "AU26", "yaw", "trust")
    reach = np.array([0.1, 0.3, 0.9, 0.8, 0.4, 0.2, 40.0, 1.0], np.float32)[:, None]
    high = np.concatenate([np.zeros_like(reach), reach], axis=1)
    traces = SignalTraces()
    traces.put(SignalBuckets("face-1", names, 0, 1, high, high))
    assert traces.shown == ("AU4L", "AU12L", "AU18", "AU26")
    traces.toggle("AU18")
    traces.toggle("yaw")
    assert traces.shown == ("AU4L", "AU12L", "AU26", "yaw")


def test_a_value_is_found_by_frame() -> None:
    values = np.array([[0.1, 0.2, np.nan]], np.float32)
    buckets = SignalBuckets("face-1", ("AU1",), 10, 2, values, values)
    assert buckets.value("AU1", 13) == pytest.approx(0.2)
    assert buckets.value("AU1", 14) is None
    assert buckets.value("AU1", 9) is None
    assert buckets.value("AU9", 12) is None
