"""Turns of the head: where one begins and where it arrives."""

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.evidence import Evidence, frames_said
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.swings import SET_OFF, calmed, runs_of, swings

AXES = (
    ("turn", "to picture right", "to picture left"),
    ("nod", "up", "down"),
    ("tilt", "to picture left", "to picture right"),
)
LEAST_DEG, FULL_DEG = 3.0, 12.0
"""Smallest movement looked at, and the turn that counts in full when it is done at once."""
AT_ONCE_S = 0.5
"""A head that takes longer drifts, seconds."""
CALM_S = 0.06
LEAST_RUN = 8
BELIEVED_FROM = 0.5


def pose_events(signals: FaceSignals) -> list[Evidence]:
    """Begin and arrival of every quick turn, nod and tilt, where the face can be believed."""
    found: list[Evidence] = []
    trust = signals.trust.max(axis=(1, 2))
    believed = trust >= BELIEVED_FROM
    for run in runs_of(believed, signals.frames, signals.cuts, LEAST_RUN):
        seconds = signals.seconds[run]
        for axis, (name, plus, minus) in enumerate(AXES):
            values = calmed(signals.pose[run, axis], seconds, CALM_S)
            for swing in swings(values, seconds, LEAST_DEG, AT_ONCE_S):
                span = slice(run.start + swing.begun, run.start + swing.arrived + 1)
                strength = float(trust[span].mean()) * abs(swing.at_once) / FULL_DEG
                way = plus if swing.amount > 0 else minus
                sized = f"{abs(swing.amount):.0f} degrees {way} in {frames_said(swing.arrived - swing.begun)}"
                for index, text in (
                    (swing.done(values, SET_OFF), f"head begins to {name}, {sized}"),
                    (swing.arrived, f"head {name} ends, {sized}"),
                ):
                    found.append(Evidence(run.start + index, "pose", "head", strength, text, f"head {name}"))
    return found


def head_speed(signals: FaceSignals) -> NDArray[np.float64]:
    """(T,) degrees a second, all axes together."""
    if len(signals.frames) < 2:
        return np.zeros(len(signals.frames))
    rates = np.gradient(signals.pose, signals.seconds, axis=0)
    return np.asarray(np.linalg.norm(rates, axis=1))
