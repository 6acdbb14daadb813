"""Two-sided smoothing of landmarks, with the picture's own motion as control.

A Kalman filter forward and a Rauch-Tung-Striebel pass backward for every landmark: the state is the position, the
flow moves it from frame to frame, the network's landmark corrects it. Because the flow carries the motion, the
filter may trust the trembling landmarks little without lagging behind: a blink stays as fast as it was filmed.
Lengths are in units u = face width / 200, so that the same settings serve every size.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SmoothingSettings:
    """Standard deviations of the filter, in u = face width / 200 (pixels at a face 200 pixels wide)."""

    measurement: float = 1.2
    """Noise of a landmark of the network."""
    flow: float = 0.08
    """Noise of the flow itself, a frame step."""
    flow_per_error: float = 0.3
    """Further noise a unit of forward-backward disagreement."""
    fallback: float = 0.8
    """Noise of the landmark's own smoothed velocity, used where the flow is rejected."""
    max_error: float = 1.0
    """The flow is rejected above this forward-backward disagreement."""
    max_departure: float = 3.0
    """The flow is rejected where it departs further than this from the landmark's velocity."""
    velocity_sigma: float = 1.0
    """Gaussian over the landmark's velocity, frames."""
    depth_sigma: float = 1.5
    """Gaussian over z, frames: no flow sees depth."""
    covered_measurement: float = 6.0
    """Noise of a landmark that something covers: the network guesses there."""
    covered_flow: float = 0.3
    """Noise of the head's motion where it stands in for the flow of a covered landmark."""


PIECE = 2000
"""Long spans are smoothed in pieces of so many frames, which bounds the memory."""
OVERLAP = 150
"""Frames beyond a piece that are smoothed with it: ten times the filter's memory, so that no seam remains."""


def smooth(observations: TrackObservations, covered: NDArray[np.bool_], settings: SmoothingSettings) -> Array:
    """Smoothed landmarks (T, 478, 3) in pixels.

    `covered` (T, 478) says which landmarks something lies before. Spans without flow between them (a gap in the
    track, a cut) are smoothed apart, so nothing bleeds over them.
    """
    out = np.empty(observations.landmarks.shape, np.float64)
    for start, stop in spans(observations):
        unit = float(np.median(np.ptp(observations.landmarks[start:stop, :, 0], axis=1))) / 200.0
        for low in range(start, stop, PIECE):
            high = min(low + PIECE, stop)
            first, last = max(start, low - OVERLAP), min(stop, high + OVERLAP)
            pairs = slice(first, last - 1)
            piece = _smooth_piece(
                observations.landmarks[first:last].astype(np.float64),
                observations.flow[pairs].astype(np.float64),
                observations.flow_error[pairs].astype(np.float64),
                covered[first:last],
                unit,
                settings,
            )
            out[low:high] = piece[low - first : high - first]
    return out


def spans(observations: TrackObservations) -> list[tuple[int, int]]:
    """[start, stop) index ranges of the observations that flow connects."""
    broken = ~np.isfinite(observations.flow_error).any(1) | (np.diff(observations.frames) != 1)
    edges = [0, *(np.nonzero(broken)[0] + 1).tolist(), len(observations.frames)]
    return list(pairwise(edges))


def _smooth_piece(
    landmarks: Array, flow: Array, error: Array, covered: NDArray[np.bool_], unit: float, settings: SmoothingSettings
) -> Array:
    out = landmarks.copy()
    if len(landmarks) > 1:
        control, process = control_of(landmarks, flow, error, covered, unit, settings)
        noise = np.where(covered, settings.covered_measurement, settings.measurement) * unit
        out[..., :2] = rts(landmarks[..., :2], control, process, noise**2)
    out[..., 2] = gaussian_over_time(landmarks[..., 2], settings.depth_sigma)
    return out


def control_of(
    landmarks: Array,
    flow: Array,
    error: Array,
    covered: NDArray[np.bool_],
    unit: float,
    settings: SmoothingSettings,
) -> tuple[Array, Array]:
    """The motion that drives the filter (T-1, n, 2) and its variance (T-1, n).

    Flow where it is trusted; the landmark's own smoothed velocity where it is rejected; the motion of the visible
    rest of the face where the landmark is covered (the flow there belongs to what covers it).
    """
    velocity = gaussian_over_time(np.diff(landmarks[..., :2], axis=0), settings.velocity_sigma)
    departure = np.linalg.norm(flow - velocity, axis=2)
    rejected = ~(error <= settings.max_error * unit) | (departure > settings.max_departure * unit)
    hidden = covered[:-1] | covered[1:]
    control = np.where(rejected[..., None], velocity, flow)
    finite = np.where(np.isfinite(error), error, 0.0)
    deviation = np.where(rejected, settings.fallback * unit, settings.flow * unit + settings.flow_per_error * finite)
    for t in np.nonzero(hidden.any(1))[0]:
        trusted = ~hidden[t] & ~rejected[t]
        if trusted.sum() >= MIN_TRUSTED:
            control[t, hidden[t]] = _head_motion(landmarks[t, :, :2], flow[t], trusted)[hidden[t]]
            deviation[t, hidden[t]] = settings.covered_flow * unit
    return control, deviation**2


MIN_TRUSTED = 40
"""Visible landmarks with good flow that a fit of the head's motion needs."""


def _head_motion(points: Array, flow: Array, trusted: NDArray[np.bool_]) -> Array:
    """Affine motion (n, 2) of all points, fitted to the flow at the trusted ones; outliers get less weight."""
    design = np.column_stack([points - points.mean(0), np.ones(len(points))])
    weight = trusted.astype(np.float64)
    for _ in range(3):
        scaled = design * weight[:, None]
        coefficients = np.linalg.solve(scaled.T @ design + 1e-6 * np.eye(3), scaled.T @ flow)
        motion = np.asarray(design @ coefficients, np.float64)
        residual = np.linalg.norm(flow - motion, axis=1)
        spread = 1.5 * float(np.median(residual[trusted])) + 1e-6
        weight = trusted / (1.0 + (residual / spread) ** 2)
    return motion


def rts(measured: Array, control: Array, process: Array, noise: Array) -> Array:
    """Kalman filter and Rauch-Tung-Striebel smoother (Rauch, Tung, Striebel 1965) for independent points.

    Model: x[t+1] = x[t] + control[t] + w, z[t] = x[t] + v, with var(w) = `process` and var(v) = `noise`
    for each coordinate.

    Parameters
    ----------
    measured: (T, n, 2). control: (T-1, n, 2). process: (T-1, n). noise: (T, n).

    Returns
    -------
    (T, n, 2) the mean of the state given all measurements.
    """
    count = len(measured)
    state = np.empty_like(measured)
    variance = np.empty(measured.shape[:2])
    state[0], variance[0] = measured[0], noise[0]
    predicted = np.empty_like(measured)
    predicted_variance = np.empty_like(variance)
    for t in range(1, count):
        predicted[t] = state[t - 1] + control[t - 1]
        predicted_variance[t] = variance[t - 1] + process[t - 1]
        gain = predicted_variance[t] / (predicted_variance[t] + noise[t])
        state[t] = predicted[t] + gain[:, None] * (measured[t] - predicted[t])
        variance[t] = (1.0 - gain) * predicted_variance[t]
    for t in range(count - 2, -1, -1):
        back = variance[t] / predicted_variance[t + 1]
        state[t] += back[:, None] * (state[t + 1] - predicted[t + 1])
    return state


def gaussian_over_time(values: Array, sigma: float) -> Array:
    """Gaussian of `sigma` frames along the first axis, ends repeated."""
    if sigma <= 0 or len(values) < 2:
        return values
    radius = int(3 * sigma + 1)
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = np.concatenate([np.repeat(values[:1], radius, 0), values, np.repeat(values[-1:], radius, 0)])
    return np.asarray(sum(w * padded[k : k + len(values)] for k, w in enumerate(kernel)), np.float64)
