"""Plates as the bench measures on them: solved, cut to length and read for comparing, each once a run."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.faces import FaceSolve
from pipeline.jobs.bench_films import FilmMaker
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.progress import Progress
from pipeline.quality.plate_reading import PlateReading, read_plate


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredPlate:
    """`filmed` is the clip, `solve` its face; `reading` is of the frames that are measured, in a film of just these."""

    filmed: Path
    solve: FaceSolve
    reading: PlateReading


class BenchPlates:
    """Plates in the order they are asked for. `folder` takes the excerpts when not all of a clip is measured."""

    def __init__(self, media: BenchMedia, folder: Path) -> None:
        self._media = media
        self._maker = FilmMaker(folder, media.progress, media.cancelled)
        self._measured: dict[Path, MeasuredPlate] = {}

    def measured(self, plate: Path) -> MeasuredPlate:
        """The plate, made ready where it isn't yet. Raises NoFace, MediaError, Cancelled."""
        if plate not in self._measured:
            film = self._maker.plate(plate, self._media.stop(plate))
            self._measured[plate] = MeasuredPlate(plate, self._media.solve(plate), self._read(film))
        return self._measured[plate]

    def _read(self, film: Path) -> PlateReading:
        def told(done: int, total: int) -> None:
            self._media.progress(Progress(f"reading {film.stem}", done, total))

        return read_plate(film, self._media.pool, told, self._media.cancelled)
