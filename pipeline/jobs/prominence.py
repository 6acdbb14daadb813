"""Which face of a plate is meant where nobody said: the one that takes most of the picture for longest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.track_pieces import pieced
from pipeline.errors import NoFace
from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT
from pipeline.project.track_piece import OnTracks, named_tracks, resolved


def face_widths(track: TrackObservations) -> NDArray[np.float32]:
    """(T,) distance of the cheeks in each frame, pixels."""
    cheeks = track.landmarks[:, CHEEK_RIGHT, :2] - track.landmarks[:, CHEEK_LEFT, :2]
    return np.asarray(np.linalg.norm(cheeks, axis=1), np.float32)


def prominence(track: TrackObservations) -> float:
    """Sum over the track's frames of the face's width, pixels."""
    return float(face_widths(track).sum())


def most_prominent(tracks: Sequence[TrackObservations]) -> TrackObservations:
    """The track that nobody would miss. Raises NoFace: there is none."""
    if not tracks:
        raise NoFace("Nobody is seen in this range: choose one that shows a face.")
    return by_prominence(tracks)[0]


def choose_tracks(wanted: Sequence[OnTracks], tracks: Sequence[TrackObservations]) -> list[TrackObservations]:
    """What was seen of every entry: the track or pieces it names, else the most prominent of those nobody names.

    Raises NoFace: a track that isn't there, pieces without a frame, or fewer faces than entries.
    """
    by_id = {track.id: track for track in tracks}
    for named in sorted(named_tracks(wanted)):
        if named not in by_id:
            known = ", ".join(map(str, sorted(by_id))) or "none"
            raise NoFace(f"The plate has no face track {named}; there are: {known}. Analyse it again or name another.")
    chosen = []
    for entry, number in zip(wanted, resolved(wanted, [each.id for each in by_prominence(tracks)]), strict=True):
        if number is None:
            raise NoFace(f"{len(wanted)} faces are to be replaced, but the plate shows {len(tracks)} in this range.")
        chosen.append(pieced(entry.pieces, by_id) if entry.pieces else by_id[number])
    return chosen


def by_prominence(tracks: Sequence[TrackObservations]) -> list[TrackObservations]:
    """The tracks, the most prominent first."""
    return sorted(tracks, key=lambda each: (-prominence(each), each.id))
