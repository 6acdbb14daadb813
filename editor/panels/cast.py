"""Who is seen in the plate, as the worker found them, and which face of the document each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from editor.document.document import Document
from editor.look import colours
from pipeline.ipc.messages import Tracks
from pipeline.ipc.seen_track import Track
from pipeline.project.project import FaceTrack, Project
from pipeline.project.track_piece import TrackPiece, named_tracks, pieces_of, resolved

PICTURE_PX = (1280, 1280)
"""Size of the plate's pictures that portraits are cut from."""
_AROUND = 1.5
"""A portrait is the face's box, this much larger."""
_MOST_PORTRAITS = 80


@dataclass(frozen=True, slots=True)
class CastRow:
    """A face of the document, or a track that no face takes."""

    face: FaceTrack | None
    track: int | None
    """The main track; None: the plate shows nobody for this face, or isn't analysed."""
    runs: tuple[tuple[int, int], ...]
    """Start and stop of each run of frames in which it is seen."""

    @property
    def seen(self) -> int:
        """Frames in which it is seen."""
        return sum(stop - start for start, stop in self.runs)

    def meets(self, other: "CastRow") -> bool:
        """Whether both are seen in one frame, and so are two people."""
        return any(a < d and c < b for a, b in self.runs for c, d in other.runs)


class Cast(QObject):
    """The people of the plate that is open."""

    changed = Signal()
    """Somebody was found, or a portrait came."""
    pictures_wanted = Signal(object)
    """Plate frames whose pictures portraits are cut from."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._tracks: tuple[Track, ...] = ()
        self._portraits: dict[int, QPixmap] = {}
        document.opened.connect(self._forget)

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Everybody, the most prominent first."""
        return self._tracks

    def take(self, found: Tracks) -> None:
        """The plate is analysed."""
        plate = self._document.plate
        if plate is None or plate.id != found.plate or found.tracks == self._tracks:
            return
        self._tracks = found.tracks
        self.changed.emit()
        frames = dict.fromkeys(each.portrait for each in found.tracks[:_MOST_PORTRAITS])
        if frames:
            self.pictures_wanted.emit(tuple(sorted(frames)))

    def take_picture(self, frame: int, picture: QImage, width: int) -> None:
        """A picture of the plate at a frame that was wanted, reduced from `width` pixels across."""
        for each in self._tracks:
            if each.portrait == frame:
                self._portraits[each.track] = _cut_out(picture, each.box, width)
        self.changed.emit()

    def portrait(self, track: int | None) -> QPixmap | None:
        """A square picture of somebody's face; None where there is none yet."""
        return None if track is None else self._portraits.get(track)

    def rows(self) -> list[CastRow]:
        """The document's faces in their order, then the tracks that none of them takes."""
        project, plate = self._document.project, self._document.plate
        faces = [each for each in project.faces if plate is not None and each.plate == plate.id]
        main = self.main_tracks(project)
        rows = [CastRow(face, main.get(face.id), self._runs_of(face, main.get(face.id))) for face in faces]
        taken = named_tracks(faces) | set(main.values())
        free = [each for each in self._tracks if each.track not in taken]
        return rows + [CastRow(None, each.track, each.runs) for each in free]

    def main_tracks(self, project: Project) -> dict[str, int]:
        """The main track of each face of the plate, by the face's id, as a render takes them."""
        plate = self._document.plate
        faces = [each for each in project.faces if plate is not None and each.plate == plate.id]
        found = resolved(faces, [each.track for each in self._tracks])
        return {face.id: track for face, track in zip(faces, found, strict=True) if track is not None}

    def _runs_of(self, face: FaceTrack, track: int | None) -> tuple[tuple[int, int], ...]:
        pieces = pieces_of(face) or (() if track is None else (TrackPiece(track=track),))
        known = {each.track: each.runs for each in self._tracks}
        return _united([run for piece in pieces for run in _within(known.get(piece.track, ()), piece)])

    def _forget(self) -> None:
        self._tracks = ()
        self._portraits.clear()
        self.changed.emit()


def _within(runs: Sequence[tuple[int, int]], piece: TrackPiece) -> list[tuple[int, int]]:
    low = 0 if piece.first is None else piece.first
    cut = [(max(start, low), stop if piece.last is None else min(stop, piece.last + 1)) for start, stop in runs]
    return [(start, stop) for start, stop in cut if start < stop]


def _united(runs: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, stop in sorted(runs):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return tuple(found)


def _cut_out(picture: QImage, box: tuple[float, float, float, float], width: float) -> QPixmap:
    """The square around a box that is given in a picture `width` pixels wide."""
    scale = picture.width() / width
    x0, y0, x1, y1 = (each * scale for each in box)
    side = max(x1 - x0, y1 - y0) * _AROUND
    square = QRectF((x0 + x1 - side) / 2, (y0 + y1 - side) / 2, side, side)
    cut = square.toAlignedRect()
    portrait = QPixmap(cut.size())
    portrait.fill(colours.RAISED)
    painter = QPainter(portrait)
    painter.drawImage(-cut.topLeft(), picture)
    painter.end()
    return portrait
