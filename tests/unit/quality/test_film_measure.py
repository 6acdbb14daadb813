from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.faces import FaceSolve
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.swapper import MeshSwapper
from pipeline.errors import NoFace
from pipeline.imaging.mesh import EYE_LEFT, EYE_RIGHT
from pipeline.imaging.planes import Planes
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.faces import constant, plate_crops
from pipeline.jobs.known_face import known_face
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.prominence import most_prominent
from pipeline.jobs.solve import solve_track
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.expression import ExpressionWeights
from pipeline.project.face_parameters import FaceParameters
from pipeline.quality.film_measure import FilmMeasures, Stride, expression_error, measure_closely
from pipeline.quality.film_summary import Summary, around, per_frame, shot_figures, summary, worst_frames
from pipeline.quality.plate_reading import PlateReading, read_known_plate
from pipeline.render.frame import EngineFace, FrameRenderer

QUICK = Stride(still=24)
CLOSE = Stride(still=4)
Reordered = Callable[[str, Callable[[int], int]], Path]


@pytest.fixture(scope="module")
def solve(excerpt: Path, pool: SessionPool) -> FaceSolve:
    with open_plate(excerpt) as reader:
        tracks = analyse_range(reader, pool, range(reader.info.frames), no_progress, never_cancelled)
        return solve_track(most_prominent(tracks), reader, pool)


@pytest.fixture(scope="module")
def plate(excerpt: Path, solve: FaceSolve, pool: SessionPool) -> PlateReading:
    return read_known_plate(excerpt, dict(zip(solve.frames.tolist(), solve.landmarks, strict=True)), pool)


@pytest.fixture(scope="module")
def itself(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> FilmMeasures:
    return measure_closely(plate, reordered("copied", lambda frame: frame), pool)


def failed(found: Summary) -> set[str]:
    return {name for name, bar in found.floors.items() if not bar.passed(found.figures[name])}


def test_a_copy_of_a_film_is_perfect_in_every_measure(itself: FilmMeasures) -> None:
    found = summary(itself)
    figures = found.figures
    perfect = ("au_weighted", "au_pooled", "au_plain", "au_gain", "motion_mouth", "motion_mouth_gain", "motion_brows")
    for name in (*perfect, "flicker_ratio", "sharpness"):
        assert figures[name] == pytest.approx(1), name
    for name in ("landmarks_mean", "landmarks_p95", "landmarks_worst", "expression_error", "seam_mean", "skin_worst"):
        assert figures[name] == pytest.approx(0, abs=1e-6), name
    assert figures["kept_eyes_db"] > 70
    assert figures["brows_db"] > 70
    assert figures["highlights_overlap"] == 1
    assert failed(found) == set()


def test_a_frozen_face_misses_a_floor(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> None:
    found = summary(measure_closely(plate, reordered("still", lambda frame: 0), pool, stride=QUICK))
    assert {"au_weighted", "au_gain"} <= failed(found)
    assert found.figures["motion_mouth"] < 0.3


def test_shuffled_frames_miss_a_floor(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> None:
    order = np.random.default_rng(7).permutation(24)
    missed = failed(
        summary(measure_closely(plate, reordered("mixed", lambda frame: int(order[frame])), pool, stride=QUICK))
    )
    assert "au_weighted" in missed


def test_an_expression_of_half_its_strength_misses_a_floor(
    excerpt: Path, solve: FaceSolve, plate: PlateReading, film: Callable[..., Path], pool: SessionPool
) -> None:
    half = drawn(excerpt, solve, film, "half", weighed(0.5))
    found = summary(measure_closely(plate, half, pool, stride=QUICK))
    assert failed(found) == {"au_gain"}
    assert 0.3 < found.figures["au_gain"] < 0.75
    assert found.figures["expression_error"] > 0.03
    assert 0.7 < found.figures["motion_mouth"] < 1
    assert 0.3 < found.figures["motion_mouth_gain"] < 0.85


def weighed(overall: float) -> FaceParameters:
    return FaceParameters(expression=ExpressionWeights(expression=overall))


def drawn(excerpt: Path, solve: FaceSolve, film: Callable[..., Path], name: str, settings: FaceParameters) -> Path:
    """The performer's own face under `settings`."""
    swapper = MeshSwapper()
    with open_plate(excerpt) as reader:
        view = view_of(reader.info)
        prepared = swapper.prepare(solve, [], plate_crops(reader, view))
    renderer = FrameRenderer(view, [EngineFace(swapper, prepared, constant(settings))], None)
    return film(name, lambda planes: renderer.render(planes).planes)


def test_a_render_that_knows_its_picture_keeps_the_plates_eyes_and_one_that_paints_them_over_does_not(
    excerpt: Path, solve: FaceSolve, plate: PlateReading, film: Callable[..., Path], pool: SessionPool
) -> None:
    settings = weighed(0.8)
    swapper = MeshSwapper()
    with open_plate(excerpt) as reader:
        view = view_of(reader.info)
        face = EngineFace(swapper, swapper.prepare(solve, [], plate_crops(reader, view)), constant(settings))
    known = known_face(face, view)
    kept = summary(
        measure_closely(plate, drawn(excerpt, solve, film, "moved", settings), pool, stride=CLOSE, known=known)
    )
    assert kept.figures["kept_eyes_db"] > 40
    assert failed(kept) == set()
    assert kept.figures["eyes_db"] < kept.figures["kept_eyes_db"] - 5, "place by place the lids' own motion counts"

    def painted(planes: Planes) -> Planes:
        luma = planes.data[0].copy()
        for ring in (EYE_RIGHT, EYE_LEFT):
            points = solve.landmarks[planes.frame, list(ring), :2]
            (x0, y0), (x1, y1) = points.min(0).astype(int), points.max(0).astype(int)
            luma[y0:y1, x0:x1] = 90
        return replace(planes, data=(luma, *planes.data[1:]))

    blind = film("painted", painted)
    assert "kept_eyes_db" in failed(summary(measure_closely(plate, blind, pool, stride=CLOSE, known=known)))
    assert "kept_eyes_db" not in summary(measure_closely(plate, blind, pool, stride=QUICK)).floors


def test_frames_are_passed_over_at_a_lower_pace_but_for_those_named(plate: PlateReading, pool: SessionPool) -> None:
    stride = Stride(still=5, always=frozenset({7}))
    series = per_frame(measure_closely(plate, plate.path, pool, stride=stride))
    assert np.flatnonzero(np.isfinite(series["seam"])).tolist() == [0, 5, 7, 10, 15, 20]
    assert np.isfinite(series["landmarks"]).all()


def test_the_worst_frame_is_the_spoilt_one(plate: PlateReading, reordered: Reordered, pool: SessionPool) -> None:
    spoilt = measure_closely(plate, reordered("spoilt", lambda frame: 0 if frame == 19 else frame), pool, stride=QUICK)
    worst = worst_frames(spoilt)
    assert worst[0].frame == 19
    assert all(abs(a.frame - b.frame) >= 6 for a in worst for b in worst if a is not b)
    assert around(spoilt, 19)["expression_error"] > 5 * around(spoilt, 8)["expression_error"]
    assert shot_figures(spoilt, 0, 12)["au_weighted"] == pytest.approx(1)
    assert shot_figures(spoilt, 12, 24)["au_weighted"] < 0.99
    assert "au_weighted" not in shot_figures(spoilt, 0, 5), "too short to correlate"


def test_a_film_without_the_face_is_refused(plate: PlateReading, film: Callable[..., Path], pool: SessionPool) -> None:
    def grey(planes: Planes) -> Planes:
        blank = tuple(np.full_like(plane, 128) for plane in planes.data)
        return replace(planes, data=blank)

    with pytest.raises(NoFace, match="nothing to compare"):
        measure_closely(plate, film("blank", grey), pool)


def test_a_few_frames_have_no_correlation_and_no_floor_for_it(itself: FilmMeasures) -> None:
    few = summary(replace(itself, clear=np.arange(24) < 5))
    assert np.isnan(few.figures["au_weighted"])
    assert "au_weighted" not in few.floors
    assert "landmarks_mean" in few.floors


def test_expression_error_looks_at_the_units_that_move() -> None:
    original = np.zeros((10, 3))
    original[:, 0] = np.linspace(0, 1, 10)
    result = original + np.array([0.1, 0.9, 0.0])
    error = expression_error(original, result, np.arange(10) < 9)
    assert error[:9] == pytest.approx(0.1)
    assert np.isnan(error[9])
