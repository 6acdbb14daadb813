"""How strongly a face expresses something, as one number a frame: what the automatic balance follows.

Every reading of a unit counts by its share of a plain action, as far as its region is to be trusted, and the root of
their mean square is the face's: many units at once weigh more than one. Blinks, gaze and pose are no expression.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.action_units import CHANNELS, REGIONS
from pipeline.analysis.signals import FaceSignals
from pipeline.analysis.swings import calmed

REST, FULL = 0.12, 0.60
"""The root mean square of a resting face, and of a whole expression: on the first test film, calm between two laughs
reads 0.26, a laugh 0.57 to 0.68.
"""
MOST = 1.5
"""A reading counts up to this share of a plain action."""
SMOOTHING_S = 0.2
"""Standard deviation over time, seconds: balance follows an expression, not its tremble."""


def activation(signals: FaceSignals) -> NDArray[np.float64]:
    """(T,) 0..1 at the frames of the signals; where the face is covered, as the frames around."""
    scales = np.array([channel.scale for channel in CHANNELS])
    regions = [REGIONS.index(channel.region) for channel in CHANNELS]
    shares = np.clip(signals.units / scales, 0.0, MOST) * signals.trust.min(axis=2)[:, regions]
    strength = np.sqrt((shares**2).mean(axis=1))
    if signals.clear.any():
        strength = np.interp(signals.frames, signals.frames[signals.clear], strength[signals.clear])
    course = np.clip((strength - REST) / (FULL - REST), 0.0, 1.0)
    return calmed(course, signals.seconds, SMOOTHING_S)
