from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.analysis import smoothing
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.smoothing import SmoothingSettings, gaussian_over_time, rts, smooth, spans
from pipeline.imaging.uv import chart
from tests.unit.analysis.excerpts import Excerpt, first_frames

SETTINGS = SmoothingSettings()


def _uncovered(track: TrackObservations) -> NDArray[np.bool_]:
    return np.zeros(track.landmarks.shape[:2], np.bool_)


def _texture_psnr(excerpt: Excerpt, landmarks: NDArray[np.floating]) -> float:
    """How still the skin stands in the face's chart, dB: what a tracked texture is judged by."""
    uv = chart(192)
    grays = [cv2.cvtColor(excerpt.pictures[f], cv2.COLOR_RGB2GRAY) for f in excerpt.track.frames.tolist()]
    textures = [
        cv2.GaussianBlur(uv.unwrap(gray.astype(np.float32), points), (0, 0), 0.7)
        for gray, points in zip(grays, landmarks, strict=True)
    ]
    errors = [((a - b)[uv.covered] ** 2).mean() for a, b in zip(textures[1:], textures[:-1], strict=True)]
    return float(10 * np.log10(255**2 / np.median(errors)))


def test_the_filter_is_the_least_squares_solution() -> None:
    """Against the normal equations of the same problem, written out and solved at once."""
    rng = np.random.default_rng(4)
    count = 9
    measured, control = rng.normal(size=(count, 1, 2)), rng.normal(size=(count - 1, 1, 2))
    process, noise = rng.uniform(0.1, 2.0, (count - 1, 1)), rng.uniform(0.1, 2.0, (count, 1))
    matrix, right = np.diag(1 / noise[:, 0]), measured[:, 0] / noise
    for t in range(count - 1):
        weight = 1 / process[t, 0]
        matrix[t : t + 2, t : t + 2] += weight * np.array([[1, -1], [-1, 1]])
        right[t] -= weight * control[t, 0]
        right[t + 1] += weight * control[t, 0]
    expected = np.linalg.solve(matrix, right)
    np.testing.assert_allclose(rts(measured, control, process, noise)[:, 0], expected, atol=1e-10)


def test_the_texture_of_a_real_face_stands_stiller(grin: Excerpt) -> None:
    raw = _texture_psnr(grin, grin.track.landmarks)
    smoothed = _texture_psnr(grin, smooth(grin.track, _uncovered(grin.track), SETTINGS))
    assert smoothed > 46.5
    assert smoothed > raw + 2.5


def test_smoothing_does_not_lag_behind_the_face(grin: Excerpt) -> None:
    """The smoothed motion fits the raw motion best at no delay."""
    raw = np.diff(grin.track.landmarks[..., :2].mean(1), axis=0)
    smoothed = np.diff(smooth(grin.track, _uncovered(grin.track), SETTINGS)[..., :2].mean(1), axis=0)
    misfit = [np.abs(np.roll(smoothed, lag, axis=0)[3:-3] - raw[3:-3]).mean() for lag in (-1, 0, 1)]
    assert np.argmin(misfit) == 1


def test_nothing_bleeds_over_a_cut_or_a_gap(grin: Excerpt) -> None:
    track = grin.track
    moved = track.landmarks.copy()
    moved[40:, :, 0] += 200
    error = track.flow_error.copy()
    error[39] = np.inf
    cut = replace(track, landmarks=moved, flow_error=error)
    assert spans(cut) == [(0, 40), (40, 72)]
    before = smooth(first_frames(track, 40), _uncovered(track)[:40], SETTINGS)
    np.testing.assert_allclose(smooth(cut, _uncovered(cut), SETTINGS)[:40, :, :2], before[..., :2], atol=0.02)
    frames = track.frames.copy()
    frames[20:] += 7
    assert spans(replace(track, frames=frames)) == [(0, 20), (20, 72)]


def test_a_covered_landmark_follows_the_head_and_not_the_hand(grin: Excerpt) -> None:
    """The chin's landmarks and flow are made to follow something that passes; the rest of the face says otherwise."""
    track = grin.track
    chin = np.zeros(478, np.bool_)
    chin[[152, 148, 176, 149, 377, 400, 378, 17, 200, 199, 175]] = True
    covered = _uncovered(track)
    covered[30:40, chin] = True
    landmarks, flow = track.landmarks.copy(), track.flow.copy()
    landmarks[30:40, chin, 0] += 12
    flow[30:40, chin, 0] = 8
    truth = smooth(track, _uncovered(track), SETTINGS)
    disturbed = replace(track, landmarks=landmarks, flow=flow)
    known = smooth(disturbed, covered, SETTINGS)
    unknown = smooth(disturbed, _uncovered(track), SETTINGS)
    apart = [float(np.abs((each - truth)[30:40, chin, :2]).mean()) for each in (known, unknown)]
    assert apart[0] < 2.0
    assert apart[1] > 2.5 * apart[0]


def test_pieces_of_a_long_span_leave_no_seam(grin: Excerpt, monkeypatch: pytest.MonkeyPatch) -> None:
    track = _back_and_forth(grin.track, 8)
    whole = smooth(track, _uncovered(track), SETTINGS)
    monkeypatch.setattr(smoothing, "PIECE", 200)
    pieces = smooth(track, _uncovered(track), SETTINGS)
    assert np.abs(pieces - whole).max() < 0.005


def _back_and_forth(track: TrackObservations, times: int) -> TrackObservations:
    """The clip played forward and backward in turn: a long span without a cut."""
    order = np.concatenate([np.arange(71) if k % 2 == 0 else np.arange(71, 0, -1) for k in range(times)])
    steps = np.diff(order)
    flow = np.where((steps > 0)[:, None, None], track.flow[order[:-1] % 71], -track.flow[order[1:] % 71])
    return replace(
        track,
        frames=np.arange(len(order), dtype=np.int32),
        landmarks=track.landmarks[order],
        scores=track.scores[order],
        presence=track.presence[order],
        flow=flow,
        flow_error=track.flow_error[np.minimum(order[:-1], order[1:])],
    )


def test_a_gaussian_over_time_keeps_what_is_constant_and_calms_the_rest() -> None:
    assert np.allclose(gaussian_over_time(np.full((9, 2), 3.5), 1.5), 3.5)
    trembling = np.tile([1.0, -1.0], 20)[:, None]
    assert np.abs(gaussian_over_time(trembling, 1.5)[5:-5]).max() < 0.01
