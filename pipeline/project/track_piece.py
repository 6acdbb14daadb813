"""Which analysed tracks a face is: one, or pieces of several where the analysis joined or parted people wrongly."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct


class TrackPiece(Struct, frozen=True, kw_only=True):
    """A part of an analysed track. `first` and `last` are plate frames, both inclusive; None: where the track ends."""

    track: int
    first: int | None = None
    last: int | None = None


class OnTracks(Protocol):
    """Something that is seen on tracks: a face of the document, or of a render."""

    @property
    def track(self) -> int | None:
        """The track's number; None: the most prominent one that nobody else takes."""

    @property
    def pieces(self) -> tuple[TrackPiece, ...]:
        """What of which tracks it is, where it isn't all of `track`."""


def pieces_of(face: OnTracks) -> tuple[TrackPiece, ...]:
    """The pieces a face consists of; none where it takes the most prominent track, whichever that is."""
    if face.pieces:
        return face.pieces
    return () if face.track is None else (TrackPiece(track=face.track),)


def named_tracks(faces: Iterable[OnTracks]) -> set[int]:
    """Numbers of the tracks that faces name."""
    return {piece.track for face in faces for piece in pieces_of(face)}


def resolved(faces: Sequence[OnTracks], tracks: Sequence[int]) -> list[int | None]:
    """The main track of each face, as a render takes them; `tracks`: those of the plate, the most prominent first.

    A face that names none takes the most prominent one that nobody names. None: there is none left.
    """
    named = named_tracks(faces)
    free = iter([each for each in tracks if each not in named])
    return [known[0].track if (known := pieces_of(each)) else next(free, None) for each in faces]


def before(pieces: Sequence[TrackPiece], frame: int) -> tuple[TrackPiece, ...]:
    """What of the pieces lies before a plate frame."""
    return tuple(
        TrackPiece(
            track=each.track, first=each.first, last=frame - 1 if each.last is None else min(each.last, frame - 1)
        )
        for each in pieces
        if each.first is None or each.first < frame
    )


def from_on(pieces: Sequence[TrackPiece], frame: int) -> tuple[TrackPiece, ...]:
    """What of the pieces lies on a plate frame and after it."""
    return tuple(
        TrackPiece(track=each.track, first=frame if each.first is None else max(each.first, frame), last=each.last)
        for each in pieces
        if each.last is None or each.last >= frame
    )


def joined(pieces: Sequence[TrackPiece]) -> tuple[TrackPiece, ...]:
    """The pieces, each once, those of one track that follow or cover each other made one; in order of their tracks."""
    found: list[TrackPiece] = []
    for each in sorted(pieces, key=lambda piece: (piece.track, -1 if piece.first is None else piece.first)):
        last = found[-1] if found else None
        if last is not None and last.track == each.track and _meets(last, each):
            ends = (last.last, each.last)
            end = None if None in ends else max(end for end in ends if end is not None)
            found[-1] = TrackPiece(track=last.track, first=last.first, last=end)
        else:
            found.append(each)
    return tuple(found)


def _meets(earlier: TrackPiece, later: TrackPiece) -> bool:
    return earlier.last is None or later.first is None or later.first <= earlier.last + 1


def label(face: OnTracks) -> str:
    """A face's tracks in a word: `3`, or `3:-40 5:41-` for pieces."""
    if not face.pieces:
        return str(face.track)
    return " ".join(_told(each) for each in face.pieces)


def _told(piece: TrackPiece) -> str:
    if piece.first is None and piece.last is None:
        return str(piece.track)
    first, last = ("" if each is None else str(each) for each in (piece.first, piece.last))
    return f"{piece.track}:{first}-{last}"
