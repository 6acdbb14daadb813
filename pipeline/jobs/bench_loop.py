"""The closed loop at keyframes: what more work there brings, and what it costs, beside the plain loop and none.

Expression is read anew by the follower that measuring uses; the motion of mouth and brows comes from dense flow, which
no loop is closed on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.keyframes import propose_keyframes
from pipeline.analysis.shots import shots_of
from pipeline.analysis.signals import face_signals
from pipeline.engines.faces import FaceSolve
from pipeline.imaging.procrustes import Pose
from pipeline.jobs.bench_films import MATCH_THREADS, FilmMaker, engine_face
from pipeline.jobs.bench_media import BenchMedia, Pair
from pipeline.jobs.bench_plates import BenchPlates, MeasuredPlate
from pipeline.jobs.bench_table import BenchRow, BenchTable
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import CORRECTED
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.match_expression import match_expression
from pipeline.jobs.match_keyframes import KEYFRAME_PASSES, joined, led_further, workable
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from pipeline.quality.bars import Bar
from pipeline.quality.expression import SIGMA_MEASURED
from pipeline.quality.expression_flow import PosedFrame, expression_flow, flow_error
from pipeline.quality.film_faces import FaceFollower, FilmFace
from pipeline.quality.frame_pairs import film_frames
from pipeline.quality.measure import measure_results

PAIRS = (("WolfgangLanger", "synthetic_portrait"), ("WolfgangLanger", "single_face.mp4@5"), ("single_face", "@243"))
"""Parts of the names of plate and source."""
BEFORE_FRAMES = 6
"""Motion is compared from so many frames before a keyframe to it, and as many on from it."""
COLUMNS = (
    "keyframes", "au_keys", "au_else", "au_fewer", "worst_rise", "mouth_flow", "brows_flow", "mouth_rest", "brows_rest",
    "sharp_bump", "mc_lost", "identity",
)  # fmt: skip
BARS = {
    "au_fewer": Bar(">=", 0.25),
    "worst_rise": Bar("<=", 0.0),
    "mouth_flow": Bar("<=", 1.0),
    "brows_flow": Bar("<=", 1.0),
    "sharp_bump": Bar("<=", 0.02),
    "mc_lost": Bar("<=", 0.3),
}
NOTES = (
    "au_keys, au_else: mean error of the scores that move, at keyframes and in all other clear frames, less each one's",
    "  mean over the film; au_fewer: share of the plain loop's that is gone; worst_rise: most that any frame got worse",
    "flow: error of the skin's motion to and from keyframes, the plain loop's 1; rest: the same from the calmest frame",
    "sharp_bump: most that sharpness at a keyframe departs from the plain loop's; mc_lost: dB of temporal PSNR",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """What is read of one result: its face, the flow errors, sharpness by frame, temporal PSNR and identity."""

    face: FilmFace
    flow: Mapping[str, float]
    sharpness: NDArray[np.float64]
    stable: float
    identity: float


def bench_loop(media: BenchMedia, pairs: Sequence[Pair], keep: Path | None = None) -> BenchTable:
    """Three rows a pair: open loop, plain closed loop, and more work at the keyframes that detection proposes."""
    rows = []
    with TemporaryDirectory(prefix="likeness-bench-") as scratch:
        plates = BenchPlates(media, keep or Path(scratch))
        for pair in pairs:
            if any(plate in pair.plate and source in pair.source for plate, source in PAIRS):
                plate = plates.measured(media.path(pair.plate))
                rows += _rows(media, plate, pair, keep or Path(scratch))
    return BenchTable("loop", "Closed loop at keyframes, re-detected, lossless", COLUMNS, rows, NOTES)


def _rows(media: BenchMedia, plate: MeasuredPlate, pair: Pair, folder: Path) -> list[BenchRow]:
    keyframes = _proposed(media, plate)
    at = workable(keyframes, plate.solve)
    maker = FilmMaker(folder, media.progress, media.cancelled)
    faces = _faces(media, plate, pair, at)
    stem = f"{Path(pair.plate).stem}-{Path(pair.source).name}".replace("@", "-")
    films = [
        maker.faces(plate.filmed, plate.reading.frames, [face], f"loop-{stem}-{k}") for k, face in enumerate(faces)
    ]
    measured = measure_results(
        plate.reading,
        films,
        media.pool,
        excluded=set(plate.solve.frames[~plate.solve.clear].tolist()),
        sources=[media.source(pair.source)],
        cancelled=media.cancelled,
    )
    reads = []
    for film, measures in zip(films, measured, strict=True):
        face = _followed(media, film)
        figures = measures.figures()
        reads.append(
            _Read(
                face,
                _flow(plate, film, face, at, int(plate.solve.neutral_frames[0])),
                measures.series.sharpness,
                figures["tpsnr_mc"],
                figures.get("identity_to_source", float("nan")),
            )
        )
    labels = ("open loop", "plain closed loop", "more at keyframes")
    return [
        BenchRow(f"{pair.label}: {label}", _figures(plate, at, read, reads[1]), BARS if read is reads[2] else {})
        for label, read in zip(labels, reads, strict=True)
    ]


def _proposed(media: BenchMedia, plate: MeasuredPlate) -> list[int]:
    track, journal, times = media.observed(plate.filmed)
    signals = face_signals(track, plate.solve, times, shots_of(journal), journal.change())
    return [each.frame for each in propose_keyframes(signals, DetectionOptions())]


def _faces(media: BenchMedia, plate: MeasuredPlate, pair: Pair, at: Sequence[int]) -> list[MeshFace]:
    face = engine_face(plate.filmed, plate.solve, [media.source(pair.source)])
    with open_plate(plate.filmed) as reader:
        reading = ExpressionReader(reader, media.pool, MATCH_THREADS, media.progress, media.cancelled)
        plain = match_expression(face, reading)
        further = joined(plain.face, {i: led_further(plain, i, reading.quiet(), KEYFRAME_PASSES) for i in at})
    return [face, plain.face, further]


def _followed(media: BenchMedia, film: Path) -> FilmFace:
    follower = FaceFollower(media.pool)
    for each in film_frames(film, []):
        follower.add(each.original)
    return follower.face()


def _figures(plate: MeasuredPlate, at: Sequence[int], read: _Read, plain: _Read) -> dict[str, float]:
    error, before = _errors(plate, read.face), _errors(plate, plain.face)
    keys = plate.solve.frames[list(at)]
    others = np.setdiff1d(plate.solve.frames[plate.solve.clear], keys)
    bump = np.abs(read.sharpness[keys] / plain.sharpness[keys] - 1)
    figures = {
        "keyframes": float(len(at)),
        "au_keys": float(np.nanmean(error[keys])),
        "au_else": float(np.nanmean(error[others])),
        "au_fewer": float(1 - np.nanmean(error[keys]) / np.nanmean(before[keys])),
        "worst_rise": float(np.nanmax((error - before)[plate.solve.frames[plate.solve.clear]])),
        "sharp_bump": float(np.nanmax(bump)),
        "mc_lost": plain.stable - read.stable,
        "identity": read.identity,
    }
    return figures | {name: value / plain.flow[name] for name, value in read.flow.items()}


def _errors(plate: MeasuredPlate, face: FilmFace) -> NDArray[np.float64]:
    """(T,) mean error of the scores that move, each less its own mean over the clear frames."""
    wanted, got = (each.scores.astype(np.float64) for each in (plate.reading.face, face))
    clear = plate.solve.frames[plate.solve.clear]
    moving = CORRECTED & (np.nanstd(wanted[clear], axis=0) > SIGMA_MEASURED)
    difference = (got - wanted)[:, moving]
    error: NDArray[np.float64] = np.abs(difference - np.nanmean(difference[clear], axis=0)).mean(axis=1)
    return error


def _flow(plate: MeasuredPlate, film: Path, face: FilmFace, at: Sequence[int], rest: int) -> dict[str, float]:
    """Mean errors of motion: to and from keyframes, and from the calmest frame to keyframes."""
    solve = plate.solve
    steps = [(i + k, i + k + BEFORE_FRAMES) for i in at for k in (-BEFORE_FRAMES, 0)]
    near = [(a, b) for a, b in steps if a >= 0 and b < len(solve.frames) and solve.clear[[a, b]].all()]
    far = [(rest, i) for i in at if i != rest]
    needed = sorted({i for pair in (*near, *far) for i in pair})
    ours, theirs = _posed(film, face, solve, needed), _posed(plate.reading.path, plate.reading.face, solve, needed)
    found: dict[str, float] = {}
    for name, pairs in (("flow", near), ("rest", far)):
        errors = [
            flow_error(expression_flow(theirs[a], theirs[b]), expression_flow(ours[a], ours[b]))
            for a, b in pairs
            if all(i in films for films in (ours, theirs) for i in (a, b))
        ]
        found |= {
            f"{region}_{name}": float(np.mean([each[region] for each in errors])) for region in ("mouth", "brows")
        }
    return found


def _posed(film: Path, face: FilmFace, solve: FaceSolve, needed: Sequence[int]) -> dict[int, PosedFrame]:
    """By the solve's index; the head's pose is the plate's in every film."""
    wanted = {int(solve.frames[i]): i for i in needed}
    found = {}
    for each in film_frames(film, []):
        i = wanted.get(each.frame)
        if i is not None and each.original is not None and face.seen[each.frame]:
            luma = np.asarray(cv2.cvtColor(each.original, cv2.COLOR_RGB2GRAY), np.uint8)
            pose = Pose(solve.scale[i], solve.rotation[i], solve.translation[i])
            found[i] = PosedFrame(luma, face.landmarks[each.frame], pose)
    return found
