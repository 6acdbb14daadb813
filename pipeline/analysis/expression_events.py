"""Onsets, apexes and offsets of the action units."""

from collections.abc import Iterator

import numpy as np

from pipeline.analysis.action_units import CHANNELS, REGIONS, Channel
from pipeline.analysis.evidence import Evidence, frames_said
from pipeline.analysis.pose_events import head_speed
from pipeline.analysis.signals import Array, FaceSignals
from pipeline.analysis.swings import HALF, NEARLY, NOISE_TIMES, SET_OFF, Swing, calmed, noise_of, runs_of, swings
from pipeline.project.proposal import ProposalKind

LEAST_RISE = 0.12
"""Movements under this share of their channel's scale are not looked at."""
FAST_HEAD_DEG_S = 60.0
"""Head speed, degrees a second, at which a movement counts half: readings follow a head that swings."""
CALM_S = 0.03
"""Gaussian over a channel before it is read, seconds."""
BELIEVED_FROM = 0.5
LEAST_RUN = 5
"""Frames; in shorter believed stretches nothing can be seen to move."""


def expression_events(signals: FaceSignals) -> list[Evidence]:
    """Everything the units do where their region can be believed, weighed by how far it can."""
    steady = 1.0 / (1.0 + (head_speed(signals) / FAST_HEAD_DEG_S) ** 2)
    found: list[Evidence] = []
    for column, channel in enumerate(CHANNELS):
        trust = channel_trust(signals, channel)
        believed = trust >= BELIEVED_FROM
        for run in runs_of(believed, signals.frames, signals.cuts, LEAST_RUN):
            raw, seconds = signals.units[run, column], signals.seconds[run]
            values = calmed(raw, seconds, CALM_S)
            threshold = max(LEAST_RISE * channel.scale, NOISE_TIMES * noise_of(raw))
            for swing in swings(values, seconds, threshold):
                span = slice(run.start + swing.begun, run.start + swing.arrived + 1)
                weight = float((trust[span] * steady[span]).mean())
                found.extend(_read(channel, swing, values, run.start, weight))
    return found


def channel_trust(signals: FaceSignals, channel: Channel) -> Array:
    """(T,) trust 0..1 in a channel: of its side, or the lesser of both."""
    sides = signals.trust[:, REGIONS.index(channel.region)]
    if channel.side == "both":
        return np.asarray(sides.min(axis=1))
    return np.asarray(sides[:, ("left", "right").index(channel.side)])


def _read(channel: Channel, swing: Swing, values: Array, offset: int, weight: float) -> Iterator[Evidence]:
    strength = weight * abs(swing.at_once) / channel.scale
    step = f"{swing.amount:+.2f}{' cm' if channel.measured else ''} in {frames_said(swing.arrived - swing.begun)}"

    def evidence(index: int, kind: ProposalKind, what: str) -> Evidence:
        text = f"{channel.title} {what}, {step}"
        return Evidence(
            offset + index, kind, channel.region, strength, text, channel.unit, channel.side, channel.measured
        )

    if swing.amount > 0:
        yield evidence(swing.done(values, SET_OFF), "onset", "onset")
        apex = swing.done(values, NEARLY)
        yield evidence(apex, "apex", "apex" if channel.measured else f"apex {values[swing.arrived]:.2f}")
    else:
        yield evidence(swing.done(values, HALF), "offset", "offset")
