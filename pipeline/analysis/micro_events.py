"""Micro-expressions: a small movement that is over within half a second, on a face that is otherwise quiet.

A short movement is found easily; what makes it an expression is that nothing else explains it. Lips that talk, a blink
that drags the brow along and a turning head all move channels for a few frames. So the region must be quiet around the
movement, the eyes open and the head nearly still.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNELS, Channel
from pipeline.analysis.evidence import Evidence
from pipeline.analysis.expression_events import BELIEVED_FROM, channel_trust
from pipeline.analysis.pose_events import head_speed
from pipeline.analysis.signals import Array, FaceSignals
from pipeline.analysis.swings import NOISE_TIMES, Swing, calmed, noise_of, runs_of, swings

LONGEST_S = 0.5
"""Ekman and Friesen's bound of a micro-expression, seconds at a fifth of its height."""
LEAST_FRAMES = 3
LEAST_RISE = 0.35
"""Of the channel's scale."""
QUIET_S = 0.4
"""How long before and after the region must be quiet, seconds."""
QUIET_SHARE = 0.6
"""Quiet: nothing in the region moves by more than this share of the movement."""
STILL_DEG_S = 20.0
"""Head speed up to which the face is read, degrees a second."""
BLINK_GUARD_S = 0.2
ONE_SIDED = 0.4
"""The other side moves less than this share."""
CALM_S = 0.02
LEAST_RUN = 12


def micro_events(signals: FaceSignals, blinks: NDArray[np.int64]) -> list[Evidence]:
    """Every micro-expression; `blinks` are the indices of the face's blinks."""
    scaled = _scaled(signals)
    speed = head_speed(signals)
    found: list[Evidence] = []
    for column, channel in enumerate(CHANNELS):
        believed = channel_trust(signals, channel) >= BELIEVED_FROM
        for run in runs_of(believed, signals.frames, signals.cuts, LEAST_RUN):
            for first, peak, last, rise in _short(scaled[run, column], signals.seconds[run]):
                span = slice(run.start + first, run.start + last + 1)
                if _explained(signals, blinks, speed, span) or not _quiet(signals, scaled, channel, span, run, rise):
                    continue
                found.append(_read(scaled, column, run.start + peak, span, rise))
    return found


def _scaled(signals: FaceSignals) -> Array:
    """(T, C) units in parts of their scales."""
    return np.asarray(signals.units / np.array([channel.scale for channel in CHANNELS]), np.float64)


def _short(values: Array, seconds: Array) -> list[tuple[int, int, int, float]]:
    """First, highest and last index, and rise, of every movement that is up and down again in LONGEST_S."""
    calm = calmed(values, seconds, CALM_S)
    movements = swings(calm, seconds, max(LEAST_RISE, NOISE_TIMES * noise_of(values)))
    found = []
    for up, down in pairwise(movements):
        if not (up.amount > 0 > down.amount and up.end == down.begin):
            continue
        first, last, rise = _bounds(calm, up, down)
        if last - first + 1 >= LEAST_FRAMES and seconds[last] - seconds[first] <= LONGEST_S:
            found.append((first, up.end, last, rise))
    return found


def _bounds(values: Array, up: Swing, down: Swing) -> tuple[int, int, float]:
    """First and last index over a fifth of the height, and the height."""
    rise = min(up.amount, -down.amount)
    level = values[up.end] - 0.8 * rise
    over = values[up.begin : down.end + 1] > level
    before = np.flatnonzero(~over[: up.end - up.begin])
    after = np.flatnonzero(~over[up.end - up.begin :])
    first = up.begin + (int(before[-1]) + 1 if len(before) else 0)
    last = up.end + (int(after[0]) - 1 if len(after) else down.end - up.end)
    return first, last, rise


def _explained(signals: FaceSignals, blinks: NDArray[np.int64], speed: Array, span: slice) -> bool:
    """Whether a blink or the turning head moves the face here."""
    seconds = signals.seconds
    moments = seconds[blinks]
    near = (moments >= seconds[span.start] - BLINK_GUARD_S) & (moments <= seconds[span.stop - 1] + BLINK_GUARD_S)
    return bool(near.any()) or float(speed[span].max()) > STILL_DEG_S


def _quiet(signals: FaceSignals, scaled: Array, channel: Channel, span: slice, run: slice, rise: float) -> bool:
    """Whether nothing in the channel's region moves much before, during and after, but the channel's own unit."""
    seconds = signals.seconds
    low, high = np.searchsorted(seconds, [seconds[span.start] - QUIET_S, seconds[span.stop - 1] + QUIET_S])
    before = slice(max(run.start, int(low)), span.start)
    after = slice(span.stop, min(run.stop, int(high) + 1))
    around = slice(before.start, after.stop)
    for column, other in enumerate(CHANNELS):
        if other.region != channel.region:
            continue
        parts = [before, after] if other.unit == channel.unit else [before, around, after]
        moved = max((float(np.ptp(scaled[part, column])) for part in parts if part.stop > part.start), default=0.0)
        if moved > QUIET_SHARE * rise:
            return False
    return True


def _read(scaled: Array, column: int, peak: int, span: slice, rise: float) -> Evidence:
    channel = CHANNELS[column]
    sided = ", one-sided" if _one_sided(scaled, channel, span, rise) else ""
    unit = " cm" if channel.measured else ""
    frames = span.stop - span.start
    text = f"micro {channel.title} {rise * channel.scale:+.2f}{unit}, up and down in {frames} frames{sided}"
    return Evidence(peak, "micro", channel.region, rise, text, channel.unit, channel.side, channel.measured)


def _one_sided(scaled: Array, channel: Channel, span: slice, rise: float) -> bool:
    other = {"left": "right", "right": "left", "both": ""}[channel.side]
    return any(
        float(np.ptp(scaled[span, column])) < ONE_SIDED * rise
        for column, each in enumerate(CHANNELS)
        if (each.unit, each.measured, each.side) == (channel.unit, channel.measured, other)
    )
