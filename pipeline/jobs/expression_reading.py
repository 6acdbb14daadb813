"""What the expression reader sees at the frames of a solve: in the plate, and in the result as it is drawn now."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import N_BLENDSHAPES, FaceSample
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.regions import tracking_region
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.planes import Planes
from pipeline.jobs.expression_steps import Scores
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink, no_progress
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of

_STOPPED = "Stopped while the expression was matched; the analysis is kept."

Indices = NDArray[np.intp]
"""Indices of a solve, ascending."""


class ExpressionReader:
    """Reads blendshape scores over the frames of a solve, several frames at a time."""

    def __init__(
        self, reader: PlateReader, pool: SessionPool, threads: int, progress: ProgressSink, cancelled: CancelledCheck
    ) -> None:
        self._reader, self._pool = reader, pool
        self._view = view_of(reader.info)
        self._landmarker = FaceMeshLandmarker(pool)
        self._threads = threads
        self._progress = progress
        self._cancelled = cancelled

    def quiet(self) -> "ExpressionReader":
        """The same, telling of no progress: for a few frames at a time."""
        return ExpressionReader(self._reader, self._pool, self._threads, no_progress, self._cancelled)

    def of_plate(self, face: MeshFace, indices: Indices | None = None) -> Scores:
        """(n, 52) scores of the plate at `indices` of the face's solve, None: at all; NaN where no face is read.

        Raises Cancelled.
        """
        return self._scores(face, self._read_plate, "reading expression", indices)

    def of_result(self, face: MeshFace, stage: str, indices: Indices | None = None) -> Scores:
        """The same of the result, in the same regions. Raises Cancelled."""
        return self._scores(face, self._read_result, stage, indices)

    def of_variants(self, face: MeshFace, i: int, corrections: Scores) -> Scores:
        """(n, 52) scores of the result at index `i` of the solve under each of `corrections` (n, 52).

        Raises Cancelled.
        """
        if self._cancelled():
            raise Cancelled(_STOPPED)
        solve = face.prepared.solve
        planes = self._reader.read(int(solve.frames[i]))
        picture = self._view.rgb8(planes)

        def seen(correction: Scores) -> Scores:
            everywhere = np.broadcast_to(correction, (len(solve.frames), N_BLENDSHAPES))
            variant = replace(face, prepared=face.prepared.corrected(everywhere))
            return self._read(face, self._drawn(variant, planes, picture), i)

        with ThreadPoolExecutor(self._threads, thread_name_prefix="match") as workers:
            return np.stack(list(workers.map(seen, corrections)))

    def _scores(
        self, face: MeshFace, read: Callable[[MeshFace, Planes, int], Scores], stage: str, indices: Indices | None
    ) -> Scores:
        frames = face.prepared.solve.frames
        wanted = np.arange(len(frames)) if indices is None else indices
        found = np.full((len(wanted), N_BLENDSHAPES), np.nan)
        pending: deque[tuple[int, Future[Scores]]] = deque()
        with ThreadPoolExecutor(self._threads, thread_name_prefix="match") as workers:
            for done, (i, planes) in enumerate(self._frames(frames, wanted)):
                if self._cancelled():
                    raise Cancelled(_STOPPED)
                if not isinstance(planes, FrameUnreadable):
                    pending.append((done, workers.submit(read, face, planes, i)))
                while len(pending) > 2 * self._threads:
                    self._take(pending, found)
                self._progress(Progress(stage, done + 1, len(wanted)))
            while pending:
                self._take(pending, found)
        return found

    @staticmethod
    def _take(pending: "deque[tuple[int, Future[Scores]]]", found: Scores) -> None:
        at, score = pending.popleft()
        found[at] = score.result()

    def _frames(self, frames: NDArray[np.int32], wanted: Indices) -> Iterator[tuple[int, Planes | FrameUnreadable]]:
        """Index in the solve and picture, in order; frames between runs are not decoded."""
        runs = np.split(wanted, np.flatnonzero(np.diff(frames[wanted]) != 1) + 1)
        for run in runs:
            if len(run):
                first, last = int(frames[run[0]]), int(frames[run[-1]])
                yield from zip(run.tolist(), self._reader.frames(first, last + 1), strict=True)

    def _read_plate(self, face: MeshFace, planes: Planes, i: int) -> Scores:
        return self._read(face, self._view.rgb8(planes), i)

    def _read_result(self, face: MeshFace, planes: Planes, i: int) -> Scores:
        return self._read(face, self._drawn(face, planes, self._view.rgb8(planes)), i)

    def _read(self, face: MeshFace, picture: ImageU8, i: int) -> Scores:
        # The same region for plate and result: the network's answer moves with it.
        region = tracking_region(face.prepared.solve.landmarks[i])
        mesh = self._landmarker.locate_rois(picture, [region])[0]
        if mesh.presence <= PRESENT:
            return np.full(N_BLENDSHAPES, np.nan)
        return mesh.scores.astype(np.float64)

    def _drawn(self, face: MeshFace, planes: Planes, picture: ImageU8) -> ImageU8:
        region = face.region(planes.frame)
        rect = Rect(0, 0, 0, 0) if region is None else region.clipped(*self._view.size)
        if rect.empty:
            return picture
        patch = face.swap(FaceSample(planes.frame, rect, self._view.crop(planes, rect)))
        drawn = picture.copy()
        drawn[rect.y0 : rect.y1, rect.x0 : rect.x1] = np.clip(np.rint(patch.colour * 255), 0, 255).astype(np.uint8)
        return drawn
