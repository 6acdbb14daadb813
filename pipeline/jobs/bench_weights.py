"""The `weights` table of the bench: a smile taken back in steps, and what a reader sees of it in the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES, BlendshapeReader
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.regions import tracking_region
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.mesh import BROW_LEFT, BROW_RIGHT, EYE_LEFT, EYE_RIGHT
from pipeline.jobs.bench_media import BenchMedia
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.faces import constant, plate_crops
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters
from pipeline.quality.bars import Bar
from pipeline.render.frame import EngineFace, FrameRenderer

CASES = (
    ("WolfgangLanger_Pexels.mp4", (330, 260)),
    ("single_face.mp4", (60, 40)),
)
"""Clip and smiling frames of it."""
SOURCES = (None, "synthetic_portrait.png")
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
SMILE = [NAMES.index("mouthSmileLeft"), NAMES.index("mouthSmileRight")]
OTHERS = [i for i, name in enumerate(NAMES) if name.startswith(("brow", "eyeSquint", "eyeWide", "eyeBlink"))]
CORNERS = [61, 291]
UPPER = [*BROW_LEFT, *BROW_RIGHT, *EYE_LEFT, *EYE_RIGHT]
COLUMNS = ("score", "at_0", "follow_error", "travel", "least_step", "others_moved", "others_read")
BARS = {"follow_error": Bar("<=", 0.10), "least_step": Bar(">", 0.0), "others_moved": Bar("<=", 0.05)}
NOTES = (
    "AU12 on both sides at 0, 25, 50, 75, 100 %, the picture read again at each",
    "score, at_0: the smile read at 100 and 0 %; follow_error: its worst distance from the share of the former",
    "travel: of the mouth's corners from 0 to 100 %, face widths; least_step: the least of the steps, as a share of it",
    "others_moved: brows and lids as found again, mean, as a share of the corners' travel",
    "others_read: largest change of a score of theirs, which the reader also infers from the mouth",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    scores: NDArray[np.float64]
    landmarks: NDArray[np.float64]
    """(478, 2) pixels."""


def bench_weights(media: BenchMedia) -> BenchTable:
    """A row a frame: the performer's own face, then an identity's."""
    rows = []
    for clip, frames in CASES:
        plate = media.path(clip)
        wanted = [frame for frame in frames if frame < media.stop(plate)]
        if not wanted:
            continue
        for source in SOURCES:
            rows += weight_rows(media, plate, wanted, source)
    return BenchTable("weights", "Weights of the smile", COLUMNS, rows, NOTES)


def weight_rows(media: BenchMedia, plate: Path, frames: Sequence[int], source: str | None) -> list[BenchRow]:
    """A row a frame of one plate; `source` names the identity, None is the performer's own face."""
    solve = media.solve(plate)
    photos = [] if source is None else [media.source(source)]
    swapper = MeshSwapper(reader=BlendshapeReader(media.pool))
    landmarker = FaceMeshLandmarker(media.pool)
    rows = []
    with open_plate(plate) as reader:
        view = view_of(reader.info)
        prepared = swapper.prepare(solve, photos, plate_crops(reader, view))
        for frame in frames:
            planes = reader.read(frame)
            faces = [EngineFace(swapper, prepared, constant(_smile(weight))) for weight in STEPS]
            readings = [
                _read(landmarker, solve, frame, view.rgb8(FrameRenderer(view, [face], None).render(planes).planes))
                for face in faces
            ]
            label = f"{plate.stem} {frame}" + ("" if source is None else f" <- {source}")
            rows.append(BenchRow(label, _figures(readings, solve.face_width_px), BARS))
    return rows


def _smile(weight: float) -> FaceParameters:
    return FaceParameters(expression=ExpressionWeights(AU12L=weight, AU12R=weight))


def _read(landmarker: FaceMeshLandmarker, solve: FaceSolve, frame: int, picture: ImageU8) -> _Reading:
    i = int(np.searchsorted(solve.frames, frame))
    mesh = landmarker.locate_rois(picture, [tracking_region(solve.landmarks[i])])[0]
    return _Reading(mesh.scores.astype(np.float64), mesh.landmarks[:, :2])


def _figures(readings: list[_Reading], face_width: float) -> dict[str, float]:
    scores = np.stack([each.scores for each in readings])
    smile = scores[:, SMILE].mean(1)
    # Corners are followed along the line from their place at 0 to that at 100 %.
    points = np.stack([each.landmarks for each in readings])
    path = points[:, CORNERS]
    line = path[-1] - path[0]
    length = np.maximum(np.linalg.norm(line, axis=1), 1e-6)
    along = ((path - path[0]) * line).sum(2) / length
    elsewhere = np.linalg.norm(points[:, UPPER] - points[-1, UPPER], axis=2).mean(1).max()
    return {
        "score": float(smile[-1]),
        "at_0": float(smile[0]),
        "follow_error": float(np.abs(smile - np.array(STEPS) * smile[-1]).max()),
        "travel": float(length.mean() / face_width),
        "least_step": float((np.diff(along, axis=0) / length).min()),
        "others_moved": float(elsewhere / length.mean()),
        "others_read": float(np.abs(scores - scores[-1])[:, OTHERS].max()),
    }
