"""What the bench measures on: clips, sources, and solved plates, each made once a run."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.journal import Journal, MemoryJournal
from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.photo_faces import find_faces
from pipeline.analysis.solve import solve_face
from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.errors import MediaNotFound, NoFace
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.progress import CancelledCheck, ProgressSink
from pipeline.jobs.prominence import most_prominent
from pipeline.jobs.solve import with_brows, with_hands
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

ROOT = Path(__file__).resolve().parents[2]
MEDIA = ROOT / "tests" / "data" / "media"
"""The clips of a checkout; an installed program is given its own with `--media`."""
LABELS = ROOT / "tests" / "data" / "labels" / "hand_mattes.json"
PAIRS = ROOT / "resources" / "bench" / "pairs.toml"
ASTRONAUT = "astronaut"


@dataclass(frozen=True, slots=True)
class Pair:
    """A face for a plate; see `resources/bench/pairs.toml`."""

    plate: str
    source: str
    temporal_drop: float | None = None
    reported: bool = False

    @property
    def label(self) -> str:
        return f"{Path(self.plate).stem} <- {self.source}"


def load_pairs(path: Path = PAIRS, wanted: Sequence[str] = ()) -> list[Pair]:
    """The pairs of a file; with `wanted`, those whose label contains one of these texts.

    Raises MediaNotFound where none is left.
    """
    if not path.is_file():
        raise MediaNotFound(f"There is no list of pairs at {path}.")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["pair"]
    pairs = [Pair(**entry) for entry in entries]
    kept = [pair for pair in pairs if not wanted or any(text in pair.label for text in wanted)]
    if not kept:
        raise MediaNotFound(f"No pair matches {', '.join(wanted)}. There are: {'; '.join(p.label for p in pairs)}.")
    return kept


Observed = tuple[TrackObservations, Journal, Sequence[Fraction]]


@dataclass
class BenchMedia:
    """The clips of one bench run. Sources and solves are kept: they don't depend on what is measured.

    `last` limits every plate to frames 0..last.
    """

    folder: Path
    pool: SessionPool
    progress: ProgressSink
    cancelled: CancelledCheck
    last: int | None = None
    _observed: dict[Path, Observed] = field(default_factory=dict)
    _solves: dict[Path, FaceSolve] = field(default_factory=dict)
    _sources: dict[str, SourcePhoto] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """A clip of the folder. Raises MediaNotFound."""
        path = self.folder / name
        if not path.exists():
            raise MediaNotFound(f"The bench needs {path}. Name the folder that holds the clips with --media.")
        return path

    def stop(self, plate: Path) -> int:
        """One past the last frame measured."""
        with open_plate(plate) as reader:
            return reader.info.frames if self.last is None else min(self.last + 1, reader.info.frames)

    def solve(self, plate: Path) -> FaceSolve:
        """The plate's most prominent face, analysed with hands and solved. Raises NoFace."""
        if plate not in self._solves:
            with open_plate(plate) as reader:
                track = with_hands(self.observed(plate)[0], reader, self.pool)
                self._solves[plate] = with_brows(solve_face(track), reader)
        return self._solves[plate]

    def observed(self, plate: Path) -> Observed:
        """The plate's most prominent face, the pass's journal, and the time of every frame. Raises NoFace."""
        if plate not in self._observed:
            journal = MemoryJournal()
            with open_plate(plate) as reader:
                frames = range(self.stop(plate))
                tracks = analyse_range(reader, self.pool, frames, self.progress, self.cancelled, journal)
                times = [int(pts) * reader.info.time_base for pts in reader.pts]
            if not tracks:
                raise NoFace(f"No face was found in {plate}. Choose another clip.")
            self._observed[plate] = most_prominent(tracks), journal, times
        return self._observed[plate]

    def source(self, name: str) -> SourcePhoto:
        """A photo, a film's frame (`film.mp4@5`), or the astronaut. Raises NoFace, MediaError."""
        if name not in self._sources:
            image = self._picture(name)
            faces = find_faces(image, self.pool)
            if not faces:
                raise NoFace(f"No face was found in {name}. Choose another source.")
            self._sources[name] = SourcePhoto(image, faces[0], name)
        return self._sources[name]

    def _picture(self, name: str) -> ImageU8:
        if name == ASTRONAUT:
            from skimage.data import astronaut

            return np.asarray(astronaut(), np.uint8)  # type: ignore[no-untyped-call]
        film, at, frame = name.rpartition("@")
        if not at:
            return read_photo(self.path(name))
        with open_plate(self.path(film)) as reader:
            return view_of(reader.info).rgb8(reader.read(int(frame)))


def landmarks_of(solve: FaceSolve) -> dict[int, NDArray[np.float32]]:
    """The solve's landmarks by plate frame."""
    return dict(zip(solve.frames.tolist(), solve.landmarks, strict=True))


def hidden_frames(plate: Path, solve: FaceSolve) -> tuple[set[int], str]:
    """Frames in which something lies before the face, and how that is known.

    A `.keyframes.json` beside the clip, read by eye, goes before what the solve found.
    """
    notes = plate.with_suffix(".keyframes.json")
    if notes.is_file():
        events: Mapping[str, list[int]] = json.loads(notes.read_text(encoding="utf-8"))
        if "hand_overlaps_face" in events:
            first, last = events["hand_overlaps_face"]
            return set(range(first, last + 1)), "by eye"
    return set(solve.frames[~solve.clear].tolist()), "by the solve"
