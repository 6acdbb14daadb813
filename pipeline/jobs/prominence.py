"""Which face of a plate is meant where nobody said: the one that takes most of the picture for longest."""

from collections.abc import Sequence

import numpy as np

from pipeline.analysis.observations import TrackObservations
from pipeline.errors import NoFace
from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT


def prominence(track: TrackObservations) -> float:
    """Sum over the track's frames of the face's width, pixels."""
    cheeks = track.landmarks[:, CHEEK_RIGHT, :2] - track.landmarks[:, CHEEK_LEFT, :2]
    return float(np.linalg.norm(cheeks, axis=1).sum())


def choose_tracks(wanted: Sequence[int | None], tracks: Sequence[TrackObservations]) -> list[TrackObservations]:
    """One track for every entry: the one it names, else the most prominent of those nobody took.

    Raises NoFace: a track that isn't there, or fewer faces than entries.
    """
    by_id = {track.id: track for track in tracks}
    for number in wanted:
        if number is not None and number not in by_id:
            known = ", ".join(map(str, sorted(by_id))) or "none"
            raise NoFace(f"The plate has no face track {number}; there are: {known}. Analyse it again or name another.")
    named = {number for number in wanted if number is not None}
    free = sorted((track for track in tracks if track.id not in named), key=lambda each: (-prominence(each), each.id))
    if len(free) < sum(number is None for number in wanted):
        raise NoFace(f"{len(wanted)} faces are to be replaced, but the plate shows {len(tracks)} in this range.")
    spare = iter(free)
    return [next(spare) if number is None else by_id[number] for number in wanted]
