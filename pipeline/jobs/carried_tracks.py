"""Which tracks of a new version of a plate the faces of a document are, told by where they were seen."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.gates import mesh_box, shared
from pipeline.analysis.observations import TrackObservations
from pipeline.project.plate_map import PlateMap
from pipeline.project.plate_replacement import FaceTracks
from pipeline.project.project import FaceTrack
from pipeline.project.track_piece import TrackPiece, pieces_of

_SAME_PLACE = 0.5
"""Share of the smaller box from which two boxes are of one face."""
_ALL = 0.98
"""Share of a face's frames from which on one track is all of it."""

Box = NDArray[np.float64]


def carried_tracks(
    faces: Sequence[FaceTrack],
    old: Sequence[TrackObservations],
    new: Sequence[TrackObservations],
    plates: PlateMap,
    scale: tuple[float, float],
) -> dict[str, FaceTracks]:
    """By the id of a face that names tracks. `scale`: how much wider and higher the new plate's picture is."""
    before = {each.id: _boxes(each, scale) for each in old}
    after = {each.id: _boxes(each, (1.0, 1.0)) for each in new}
    found = {}
    for face in faces:
        pieces = [each for each in pieces_of(face) if each.track in before]
        if pieces:
            found[face.id] = _of(_seen(pieces, before, after, plates))
    return found


def _boxes(track: TrackObservations, scale: tuple[float, float]) -> dict[int, Box]:
    return {
        int(frame): mesh_box(landmarks) * np.array([*scale, *scale])
        for frame, landmarks in zip(track.frames, track.landmarks, strict=True)
    }


def _seen(
    pieces: Sequence[TrackPiece],
    before: Mapping[int, Mapping[int, Box]],
    after: Mapping[int, Mapping[int, Box]],
    plates: PlateMap,
) -> dict[int, int]:
    """The new track at each new frame in which the face is seen, ascending."""
    found: dict[int, int] = {}
    for piece in pieces:
        for frame, box in before[piece.track].items():
            inside = (piece.first is None or piece.first <= frame) and (piece.last is None or frame <= piece.last)
            place = plates.new_frame(frame) if inside else None
            if place is None or place in found:
                continue
            fits = {number: shared(box, boxes[place]) for number, boxes in after.items() if place in boxes}
            best = max(fits, key=lambda number: fits[number], default=None)
            if best is not None and fits[best] >= _SAME_PLACE:
                found[place] = best
    return dict(sorted(found.items()))


def _of(seen: Mapping[int, int]) -> FaceTracks:
    if not seen:
        return FaceTracks()
    numbers = list(seen.values())
    most = max(set(numbers), key=lambda number: (numbers.count(number), -number))
    if numbers.count(most) >= _ALL * len(numbers):
        return FaceTracks(track=most)
    pieces: list[TrackPiece] = []
    for frame, number in seen.items():
        if pieces and pieces[-1].track == number:
            pieces[-1] = TrackPiece(track=number, first=pieces[-1].first, last=frame)
        else:
            pieces.append(TrackPiece(track=number, first=frame, last=frame))
    return FaceTracks(track=most, pieces=tuple(pieces))
