"""Films the bench makes to measure: results of the engine and of the naive paste, and plates in another light."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.engines.faces import FaceSolve, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.imaging.arrays import Rect
from pipeline.imaging.planes import Planes
from pipeline.jobs.bench_media import landmarks_of
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.faces import MeshFace, constant, plate_crops
from pipeline.jobs.match_expression import match_expression
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.plate_view import view_of
from pipeline.media.presets import load_preset
from pipeline.media.reader import open_plate
from pipeline.project.face_parameters import FaceParameters
from pipeline.quality.naive_paste import NaivePaste
from pipeline.quality.regrade import Grade, regrade
from pipeline.render.frame import EngineFace, FrameRenderer, PlacedFace
from pipeline.render.sequence import SequenceProgress, SequenceRequest, render_sequence

LOSSLESS = "ffv1-lossless"
"""Figures are of the engine's pixels, not of an encoder's."""


MATCH_THREADS = 2


def engine_face(plate: Path, solve: FaceSolve, photos: Sequence[SourcePhoto]) -> MeshFace:
    """The built-in engine prepared for a plate, with its default parameters, open loop."""
    swapper = MeshSwapper()
    with open_plate(plate) as reader:
        prepared = swapper.prepare(solve, photos, plate_crops(reader, view_of(reader.info)))
    return EngineFace(swapper, prepared, constant(FaceParameters()))


class FilmMaker:
    """Writes lossless films of a plate's frames 0..stop-1 into one folder."""

    def __init__(self, folder: Path, progress: ProgressSink, cancelled: CancelledCheck) -> None:
        self._folder = folder
        self._progress = progress
        self._cancelled = cancelled

    def plate(self, plate: Path, stop: int) -> Path:
        """The plate's own frames, when only some of them are measured; else the plate."""
        with open_plate(plate) as reader:
            if stop >= reader.info.frames:
                return plate
        return self._written(plate, stop, f"{plate.stem}-plate", lambda planes: planes)

    def graded(self, plate: Path, stop: int, grade: Grade) -> Path:
        """The plate in another light."""
        with open_plate(plate) as reader:
            view = view_of(reader.info)
        rect = Rect(0, 0, *view.size)

        def relit(planes: Planes) -> Planes:
            before = view.crop(planes, rect)
            everywhere = np.ones(before.shape[:2], np.bool_)
            return view.apply(planes, rect, before, regrade(before, grade), everywhere)

        return self._written(plate, stop, f"{plate.stem}-{grade}", relit)

    def matched(self, plate: Path, stop: int, face: MeshFace, pool: SessionPool, name: str) -> Path:
        """A face in closed loop: its expression led back to the plate's, as a render of final quality does."""
        with open_plate(plate) as reader:
            reading = ExpressionReader(reader, pool, MATCH_THREADS, self._progress, self._cancelled)
            matched = match_expression(face, reading).face
        return self.faces(plate, stop, [matched], name)

    def naive(self, plate: Path, stop: int, solve: FaceSolve, photo: SourcePhoto, name: str) -> Path:
        """The photo pasted on."""
        return self.faces(plate, stop, [NaivePaste(photo, landmarks_of(solve))], name)

    def faces(self, plate: Path, stop: int, faces: Sequence[PlacedFace], name: str) -> Path:
        """Whatever faces are given, drawn without a mark."""
        with open_plate(plate) as reader:
            renderer = FrameRenderer(view_of(reader.info), faces, None)
        return self._written(plate, stop, name, lambda planes: renderer.render(planes).planes)

    def _written(self, plate: Path, stop: int, name: str, frame: Callable[[Planes], Planes]) -> Path:
        output = self._folder / f"{name}.mkv"

        def told(state: SequenceProgress) -> None:
            self._progress(Progress(f"rendering {name}", state.done, state.total))

        request = SequenceRequest(plate, output, load_preset(LOSSLESS), stop=stop)
        render_sequence(request, frame, lambda number: name, told, self._cancelled)
        return output
