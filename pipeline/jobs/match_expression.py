"""Closing the loop on expression: what a reader sees in the result is led back to what it sees in the plate.

The result is drawn, its blendshape scores are read in the very region in which the plate's are read, and the
difference is added to the scores that move the mesh; twice. It costs about as much as the analysis, and it optimises
the reader that measures it: a viewer sees less of a difference than the figures do. Frames with something before the
face are left alone.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.store import AnalysisStore
from pipeline.engines.faces import N_BLENDSHAPES, FaceSample
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.regions import tracking_region
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled, FrameUnreadable
from pipeline.imaging.arrays import ImageU8, Rect
from pipeline.imaging.planes import Planes
from pipeline.jobs.code_version import code_version
from pipeline.jobs.expression_steps import Scores, next_corrections
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.progress import CancelledCheck, Progress, ProgressSink
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.project.parameters import MeshSettings

PASSES = 2
MATCH_VERSION = 2
"""Counts changes of the loop that give other corrections: they are part of the kept ones' key."""


def match_expression(
    face: MeshFace,
    reader: PlateReader,
    pool: SessionPool,
    threads: int,
    progress: ProgressSink,
    cancelled: CancelledCheck,
) -> MeshFace:
    """The face with corrections that bring the result's expression to the plate's, at every frame of its solve.

    Raises Cancelled.
    """
    solve = face.prepared.solve
    corrections = np.zeros((len(solve.frames), N_BLENDSHAPES))
    reading = ExpressionReader(reader, pool, threads, progress, cancelled)
    wanted = reading.of_plate(face)
    for number in range(1, PASSES + 1):
        got = reading.of_result(face, f"matching expression, pass {number} of {PASSES}")
        corrections = next_corrections(corrections, wanted, got, solve.frames, solve.clear)
        face = replace(face, prepared=face.prepared.corrected(corrections))
    return face


def follows_plate(face: MeshFace) -> bool:
    """Whether the result is meant to show the plate's expression: none is borrowed."""
    return face.prepared.corrections is None


def kept_match(
    face: MeshFace,
    settings: MeshSettings,
    name: str,
    store: AnalysisStore,
    sources: Sequence[str],
    match: Callable[[], MeshFace],
) -> MeshFace:
    """The face with the corrections that `store` keeps under `name`, else with those of `match`, kept there.

    `sources` are the hashes of the identity's photos: corrections belong to one identity on one face.
    """
    parts = [
        f"{code_version()} {MATCH_VERSION}",
        face.prepared.solve.key,
        *sources,
        msgspec.json.encode(settings).decode(),
    ]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    kept = store.get(name, key)
    if kept is not None:
        corrections = np.frombuffer(kept[0], "<f8").reshape(-1, N_BLENDSHAPES)
        return replace(face, prepared=face.prepared.corrected(corrections))
    matched = match()
    if matched.prepared.corrections is not None:
        store.put(name, key, [matched.prepared.corrections.astype("<f8").tobytes()])
    return matched


class ExpressionReader:
    """Reads blendshape scores over the frames of a solve, several frames at a time."""

    def __init__(
        self, reader: PlateReader, pool: SessionPool, threads: int, progress: ProgressSink, cancelled: CancelledCheck
    ) -> None:
        self._reader = reader
        self._view = view_of(reader.info)
        self._landmarker = FaceMeshLandmarker(pool)
        self._threads = threads
        self._progress = progress
        self._cancelled = cancelled

    def of_plate(self, face: MeshFace) -> Scores:
        """(T, 52) scores of the plate at the frames of the face's solve; NaN where no face is read."""
        return self._scores(face, self._read_plate, "reading expression")

    def of_result(self, face: MeshFace, stage: str) -> Scores:
        """(T, 52) scores of the result, in the same regions; NaN where no face is read. Raises Cancelled."""
        return self._scores(face, self._read_result, stage)

    def _scores(self, face: MeshFace, read: Callable[[MeshFace, Planes, int], Scores], stage: str) -> Scores:
        solve = face.prepared.solve
        found = np.full((len(solve.frames), N_BLENDSHAPES), np.nan)
        pending: deque[tuple[int, Future[Scores]]] = deque()
        with ThreadPoolExecutor(self._threads, thread_name_prefix="match") as workers:
            for done, (i, planes) in enumerate(self._frames(solve.frames)):
                if self._cancelled():
                    raise Cancelled("Stopped while the expression was matched; the analysis is kept.")
                if not isinstance(planes, FrameUnreadable):
                    pending.append((i, workers.submit(read, face, planes, i)))
                while len(pending) > 2 * self._threads:
                    self._take(pending, found)
                self._progress(Progress(stage, done + 1, len(solve.frames)))
            while pending:
                self._take(pending, found)
        return found

    @staticmethod
    def _take(pending: "deque[tuple[int, Future[Scores]]]", found: Scores) -> None:
        i, score = pending.popleft()
        found[i] = score.result()

    def _frames(self, frames: NDArray[np.int32]) -> Iterator[tuple[int, Planes | FrameUnreadable]]:
        """Index in the solve and picture, in order; frames between runs are not decoded."""
        runs = np.split(np.arange(len(frames)), np.flatnonzero(np.diff(frames) != 1) + 1)
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
