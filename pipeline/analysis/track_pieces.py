"""What was seen of a face that is pieces of several tracks: their rows in one, in order of frames."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations
from pipeline.errors import NoFace
from pipeline.project.track_piece import TrackPiece


def pieced(pieces: Sequence[TrackPiece], tracks: Mapping[int, TrackObservations]) -> TrackObservations:
    """The observations of a face, its tracks by number. In frames where two pieces are seen the first one is meant.

    Motion is known only between frames that one track has next to each other. Raises NoFace: nothing is left.
    """
    chosen: dict[int, tuple[int, int]] = {}
    for piece in pieces:
        for row, frame in enumerate(tracks[piece.track].frames.tolist()):
            if (piece.first is None or frame >= piece.first) and (piece.last is None or frame <= piece.last):
                chosen.setdefault(frame, (piece.track, row))
    if not chosen:
        told = ", ".join(f"track {each.track} from {each.first} to {each.last}" for each in pieces)
        raise NoFace(f"A face is {told}, where nobody is seen: merge it with another, or take it away.")
    rows = [chosen[frame] for frame in sorted(chosen)]
    main = tracks[pieces[0].track]
    landmarks, scores, presence = (
        np.stack([getattr(tracks[track], name)[row] for track, row in rows])
        for name in ("landmarks", "scores", "presence")
    )
    flow, flow_error = _motion(rows, tracks)
    return TrackObservations(
        id=main.id,
        part=" ".join(f"{each.track}:{each.first}-{each.last}" for each in pieces),
        frames=np.array(sorted(chosen), np.int32),
        landmarks=landmarks,
        scores=scores,
        presence=presence,
        flow=flow,
        flow_error=flow_error,
        width=main.width,
        height=main.height,
        occlusion=_by_frame("occlusion", chosen, tracks),
        change=_change(rows, tracks),
        hands=None if main.hands is None else _by_frame("hands", chosen, tracks),
        embedding=main.embedding,
    )


_Rows = Sequence[tuple[int, int]]
"""(track, row in it) of each frame."""


def _motion(rows: _Rows, tracks: Mapping[int, TrackObservations]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    points = tracks[rows[0][0]].landmarks.shape[1]
    flow = np.zeros((len(rows) - 1, points, 2), np.float32)
    error = np.full((len(rows) - 1, points), np.inf, np.float32)
    for i, ((track, row), following) in enumerate(pairwise(rows)):
        if following == (track, row + 1):
            flow[i], error[i] = tracks[track].flow[row], tracks[track].flow_error[row]
    return flow, error


def _change(rows: _Rows, tracks: Mapping[int, TrackObservations]) -> NDArray[np.float32] | None:
    """NaN where a row's frame before is another track's."""
    found = np.full(len(rows), np.nan, np.float32)
    for i, (track, row) in enumerate(rows):
        change = tracks[track].change
        if change is None:
            return None
        if i == 0 or rows[i - 1] == (track, row - 1):
            found[i] = change[row]
    return found


def _by_frame(
    name: str, chosen: Mapping[int, tuple[int, int]], tracks: Mapping[int, TrackObservations]
) -> dict[int, Any]:
    found = {}
    for frame, (track, _) in chosen.items():
        seen = getattr(tracks[track], name) or {}
        if frame in seen:
            found[frame] = seen[frame]
    return found
