from dataclasses import replace

import numpy as np
import pytest

from pipeline.analysis.coverage import covered_share, landmarks_covered
from pipeline.analysis.quantised import LIMIT, grid_exponent, quantise
from pipeline.analysis.solve import SolveSettings, hidden_landmarks, solve_face, solve_key
from pipeline.engines.faces import OcclusionMatte
from pipeline.errors import NoFace
from pipeline.imaging.arrays import Rect
from tests.unit.analysis.excerpts import Excerpt, first_frames


def _box(rect: Rect) -> OcclusionMatte:
    return OcclusionMatte(rect, np.full((rect.height, rect.width), 255, np.uint8))


def _lower_face(excerpt: Excerpt, index: int) -> Rect:
    points = excerpt.track.landmarks[index, :468, :2]
    low, high = points.min(0), points.max(0)
    return Rect(int(low[0]), int((low[1] + high[1]) / 2), int(high[0]) + 1, int(high[1]) + 1)


def test_a_covered_frame_is_not_clear_and_shapes_no_neutral(grin: Excerpt) -> None:
    track = grin.track
    covered = {frame: _box(_lower_face(grin, frame)) for frame in range(12)}
    solve = solve_face(replace(track, occlusion=covered))
    assert not solve.clear[:12].any()
    assert solve.clear[12:].all()
    assert solve.neutral_frames.min() >= 12
    assert set(solve.occlusion) == set(covered)


def test_a_matte_beside_the_face_leaves_the_frame_clear(grin: Excerpt) -> None:
    solve = solve_face(replace(grin.track, occlusion={5: _box(Rect(0, 0, 40, 40))}))
    assert solve.clear.all()


def test_the_covered_share_follows_the_chart(grin: Excerpt) -> None:
    landmarks = grin.track.landmarks[0]
    everything = Rect(0, 0, grin.track.width, grin.track.height)
    assert covered_share(_box(everything), landmarks) == pytest.approx(1.0)
    assert 0.3 < covered_share(_box(_lower_face(grin, 0)), landmarks) < 0.65
    assert covered_share(_box(Rect(0, 0, 30, 30)), landmarks) == 0.0


def test_landmarks_under_the_matte_and_close_beside_it_are_hidden(grin: Excerpt) -> None:
    landmarks = grin.track.landmarks[0]
    hidden = landmarks_covered(_box(_lower_face(grin, 0)), landmarks, 150.0)
    assert hidden[152]
    assert hidden[17]
    assert not hidden[10]
    assert not hidden[159]
    track = replace(grin.track, occlusion={3: _box(_lower_face(grin, 3))})
    assert np.flatnonzero(hidden_landmarks(track).any(1)).tolist() == [3]


def test_the_key_tells_every_change_that_matters(grin: Excerpt) -> None:
    track, settings = grin.track, SolveSettings()
    moved = track.landmarks.copy()
    moved[0, 0, 0] += 0.01
    keys = {
        solve_key(track, settings),
        solve_key(replace(track, landmarks=moved), settings),
        solve_key(replace(track, occlusion={3: _box(Rect(0, 0, 4, 4))}), settings),
        solve_key(track, replace(settings, clear_below=0.03)),
        solve_key(track, replace(settings, smoothing=replace(settings.smoothing, flow=0.1))),
    }
    assert len(keys) == 5
    assert solve_key(replace(track), settings) == solve_key(track, settings) == solve_face(track).key


def test_the_same_observations_give_the_same_solve(grin: Excerpt) -> None:
    one, other = solve_face(grin.track), solve_face(grin.track)
    assert one.landmarks.tobytes() == other.landmarks.tobytes()
    assert one.basis.tobytes() == other.basis.tobytes()


def test_a_track_without_frames_is_refused(grin: Excerpt) -> None:
    with pytest.raises(NoFace, match="no frame"):
        solve_face(first_frames(grin.track, 0))


def test_landmarks_lie_on_a_fine_grid_that_sixteen_bits_hold(grin: Excerpt) -> None:
    points = grin.track.landmarks
    rounded = quantise(points)
    assert np.abs(rounded - points).max() <= 1 / 128
    assert quantise(rounded).tobytes() == rounded.tobytes()
    huge = points * 40
    extent = np.abs(huge - huge.mean(axis=1, keepdims=True)).max()
    assert extent / 2.0 ** grid_exponent(huge) <= LIMIT
