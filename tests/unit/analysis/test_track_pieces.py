"""A face put together from pieces of tracks: rows in order of frames, motion only within a track."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.track_pieces import pieced
from pipeline.errors import NoFace
from pipeline.project.track_piece import TrackPiece


def track(number: int, frames: range) -> TrackObservations:
    """A track whose every value says its number and frame."""
    said = np.array([100 * number + frame for frame in frames], np.float32)
    count = len(frames)
    return TrackObservations(
        id=number,
        frames=np.array(frames, np.int32),
        landmarks=np.broadcast_to(said[:, None, None], (count, 478, 3)).copy(),
        scores=np.broadcast_to(said[:, None], (count, 52)).copy(),
        presence=said.copy(),
        flow=np.broadcast_to(said[:-1, None, None], (count - 1, 478, 2)).copy(),
        flow_error=np.zeros((count - 1, 478), np.float32),
        width=640,
        height=360,
        change=said.copy(),
    )


TRACKS = {1: track(1, range(10)), 2: track(2, range(6, 20)), 3: track(3, range(30, 33))}


def test_rows_come_in_order_and_the_first_piece_wins_where_both_are_seen() -> None:
    pieces = (TrackPiece(track=3), TrackPiece(track=1, first=4), TrackPiece(track=2, last=12))
    face = pieced(pieces, TRACKS)
    assert face.frames.tolist() == [*range(4, 13), 30, 31, 32]
    assert face.presence.tolist() == [*range(104, 110), 210, 211, 212, 330, 331, 332]
    assert face.landmarks[0, 7, 1] == 104
    assert face.scores[-1, 3] == 332


def test_no_motion_is_known_across_a_seam() -> None:
    face = pieced((TrackPiece(track=1, last=5), TrackPiece(track=2)), TRACKS)
    seam = face.frames.tolist().index(5)
    assert np.isinf(face.flow_error[seam]).all()
    assert not face.flow[seam].any()
    assert (face.flow[seam - 1, 0, 0], face.flow[seam + 1, 0, 0]) == (104, 206)
    assert np.isfinite(np.delete(face.flow_error, seam, axis=0)).all()
    assert face.change is not None
    assert np.isnan(face.change).tolist() == [False] * 6 + [True] + [False] * 13


def test_pieces_are_kept_apart_from_the_track_and_from_each_other() -> None:
    whole = TRACKS[1]
    early, late = (pieced((each,), TRACKS) for each in (TrackPiece(track=1, last=5), TrackPiece(track=1, first=6)))
    assert len({whole.part, early.part, late.part}) == len({whole.key(), early.key(), late.key()}) == 3


def test_pieces_in_which_nobody_is_seen_are_refused() -> None:
    with pytest.raises(NoFace, match="track 1"):
        pieced((TrackPiece(track=1, first=50),), TRACKS)
    assert pieced((TrackPiece(track=1),), {1: replace(TRACKS[1], change=None)}).change is None
