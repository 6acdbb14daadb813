"""What the automatic balance brings: likeness at rest and motion in strong expression, with it and without.

Both results are in plain closed loop. The calmest and the strongest tenth of the frames are drawn and read again: by
measuring's networks, the identity network that no engine sees, and dense flow from a calm frame to the strong ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.activation import activation
from pipeline.analysis.shots import shots_of
from pipeline.analysis.signals import face_signals
from pipeline.engines.faces import FaceMesh, FaceSolve
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.regions import tracking_region
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.procrustes import Pose
from pipeline.jobs.bench_films import MATCH_THREADS, engine_face
from pipeline.jobs.bench_media import BenchMedia, Pair
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import CORRECTED
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.match_expression import match_expression
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.balance import balance_curves
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.recipe import parameters_at
from pipeline.quality.bars import Bar
from pipeline.quality.expression import SIGMA_MEASURED
from pipeline.quality.expression_flow import PosedFrame, expression_flow, flow_error
from pipeline.quality.identity import IdentityMeter, identity_missing
from pipeline.render.frame import FrameRenderer

PAIRS = (("WolfgangLanger", "synthetic_portrait"), ("WolfgangLanger", "single_face.jpg"), ("single_face", "@243"))
"""Parts of the names of plate and source."""
TENTH = 0.1
MOST = 24
"""Frames of either kind that are looked at, evenly over the tenth."""
COLUMNS = (
    "frames", "identity_rest", "identity_strong", "error_rest", "error_strong", "gain_strong", "mouth_flow",
    "brows_flow", "nearer_rest", "gain_more", "mouth_off", "brows_off",
)  # fmt: skip
BARS = {
    "nearer_rest": Bar(">", 0.0),
    "gain_more": Bar(">", 0.0),
    "mouth_off": Bar("<=", 1.0),
    "brows_off": Bar("<=", 1.0),
}
NOTES = (
    "rest, strong: the calmest and the strongest tenth of the clear frames, by the course that the balance follows",
    "identity: mean distance to the source; nearer_rest: how much nearer the balance brings it",
    "error: mean of the scores that move; gain_strong: share of the plate's change of them from rest that is shown",
    "gain_more: how much nearer to 1 it is with balance",
    "flow: error of the skin's motion from rest; off: the same as a share of that without balance",
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """One film at the frames looked at: by index of the solve."""

    pictures: dict[int, ImageU8]
    meshes: dict[int, FaceMesh]


def bench_balance(media: BenchMedia, pairs: Sequence[Pair]) -> BenchTable:
    """Two rows a pair: without balance and with it."""
    rows: list[BenchRow] = []
    for pair in pairs:
        if any(plate in pair.plate and source in pair.source for plate, source in PAIRS):
            rows += balance_rows(media, pair)
    missing = identity_missing()
    return BenchTable(
        "balance", "Automatic balance, re-detected", COLUMNS, rows, (*NOTES, *([missing] if missing else []))
    )


def balance_rows(media: BenchMedia, pair: Pair) -> list[BenchRow]:
    """The rows of one pair."""
    plate = media.path(pair.plate)
    solve, course = media.solve(plate), _course(media, pair)
    clear = np.flatnonzero(solve.clear)
    ranked = clear[np.argsort(course[clear], kind="stable")]
    count = max(1, round(TENTH * len(ranked)))
    rest, strong = _spread(ranked[:count]), _spread(ranked[-count:])
    with open_plate(plate) as reader:
        view, frames = view_of(reader.info), solve.frames
        face = engine_face(plate, solve, [media.source(pair.source)])
        matched = match_expression(
            face, ExpressionReader(reader, media.pool, MATCH_THREADS, media.progress, media.cancelled)
        ).face
        landmarker = FaceMeshLandmarker(media.pool)

        def read(shown: Sequence[MeshFace]) -> _Read:
            renderer = FrameRenderer(view, shown, None)
            pictures = {
                i: view.rgb8(renderer.render(reader.read(int(frames[i]))).planes) for i in sorted({*rest, *strong})
            }
            regions = {i: [tracking_region(solve.landmarks[i])] for i in pictures}
            return _Read(pictures, {i: landmarker.locate_rois(pictures[i], regions[i])[0] for i in pictures})

        own, *results = (read(each) for each in ([], [matched], [balanced_face(matched, course)]))
    figures = [_figures(media, pair, solve, own, each, rest, strong) for each in results]
    without, with_it = figures
    with_it |= {
        "nearer_rest": without["identity_rest"] - with_it["identity_rest"],
        "gain_more": abs(1 - without["gain_strong"]) - abs(1 - with_it["gain_strong"]),
        "mouth_off": with_it["mouth_flow"] / without["mouth_flow"],
        "brows_off": with_it["brows_flow"] / without["brows_flow"],
    }
    return [
        BenchRow(f"{pair.label}: without balance", without),
        BenchRow(f"{pair.label}: with balance", with_it, BARS),
    ]


def balanced_face(face: MeshFace, course: Floats) -> MeshFace:
    """The face under the curves that a balance writes on its default parameters; `course` (T,) as its solve."""
    curves = balance_curves(FaceParameters(), face.prepared.solve.frames.tolist(), course.tolist())
    return replace(face, settings_at=lambda frame: parameters_at(FaceParameters(), curves, frame))


def _course(media: BenchMedia, pair: Pair) -> Floats:
    """(T,) how strongly the face expresses something."""
    plate = media.path(pair.plate)
    track, journal, times = media.observed(plate)
    return activation(face_signals(track, media.solve(plate), times, shots_of(journal), journal.change()))


def _spread(indices: NDArray[np.intp]) -> list[int]:
    ordered = np.sort(indices)
    chosen = np.linspace(0, len(ordered) - 1, min(MOST, len(ordered))).round().astype(int)
    return [int(i) for i in ordered[chosen]]


def _figures(
    media: BenchMedia, pair: Pair, solve: FaceSolve, own: _Read, result: _Read, rest: list[int], strong: list[int]
) -> dict[str, float]:
    scores = {
        name: np.stack([each.meshes[i].scores for i in (*rest, *strong)]).astype(np.float64)
        for name, each in (("own", own), ("result", result))
    }
    moving = CORRECTED & (scores["own"].std(axis=0) > SIGMA_MEASURED)
    wanted, got = (scores[name][:, moving] for name in ("own", "result"))
    error, n = np.abs(got - wanted).mean(axis=1), len(rest)
    change, shown = (each[n:].mean(0) - each[:n].mean(0) for each in (wanted, got))
    flow = _flow(solve, own, result, rest[n // 2], strong)
    return {
        "frames": float(len(wanted)),
        "identity_rest": _distance(media, pair, result, rest),
        "identity_strong": _distance(media, pair, result, strong),
        "error_rest": float(error[:n].mean()),
        "error_strong": float(error[n:].mean()),
        "gain_strong": float(shown @ change / max(float(change @ change), 1e-9)),
        "mouth_flow": flow["mouth"],
        "brows_flow": flow["brows"],
    }


def _distance(media: BenchMedia, pair: Pair, result: _Read, indices: list[int]) -> float:
    """Mean distance to the source; NaN where identity can't be measured."""
    if identity_missing() is not None:
        return float("nan")
    meter, photo = IdentityMeter(), media.source(pair.source)
    source = meter.embed(photo.image, photo.mesh.landmarks)
    found = [meter.embed(result.pictures[i], result.meshes[i].landmarks) for i in indices]
    return float(np.mean([np.linalg.norm(each - source) for each in found]))


def _flow(solve: FaceSolve, own: _Read, result: _Read, start: int, strong: list[int]) -> dict[str, float]:
    """Mean errors of the skin's motion from a calm frame to the strong ones."""

    def posed(film: _Read, i: int) -> PosedFrame:
        luma = np.asarray(cv2.cvtColor(film.pictures[i], cv2.COLOR_RGB2GRAY), np.uint8)
        return PosedFrame(luma, film.meshes[i].landmarks, Pose(solve.scale[i], solve.rotation[i], solve.translation[i]))

    errors = [
        flow_error(*(expression_flow(posed(film, start), posed(film, i)) for film in (own, result))) for i in strong
    ]
    return {name: float(np.mean([each[name] for each in errors])) for name in ("mouth", "brows")}
