"""The closed loop: the result's expression comes nearer to the plate's, smoothly, and gaze is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observe import ObserveOptions
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import LIMIT
from pipeline.jobs.faces import MeshFace, prepare_faces
from pipeline.jobs.match_expression import follows_plate, kept_match, match_expression, match_key
from pipeline.jobs.match_keyframes import PlainLoop
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.parameters import MeshSettings

FRAMES = range(4, 28)


@dataclass(frozen=True)
class Scene:
    """Neutral to grin, the face ready and its expression matched."""

    reader: PlateReader
    pool: SessionPool
    face: MeshFace
    matched: MeshFace
    reading: ExpressionReader


@pytest.fixture(scope="module")
def scene(media_dir: Path) -> Iterator[Scene]:
    pool = SessionPool()
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    with open_plate(media_dir / "single_face.mp4") as reader:
        tracks = analyse_range(reader, pool, FRAMES, no_progress, never_cancelled)
        face = prepare_faces([FaceRequest((source,))], [read_sources((source,), pool)], tracks, reader, pool)[0]
        reading = ExpressionReader(reader, pool, 2, no_progress, never_cancelled)
        yield Scene(reader, pool, face, match_expression(face, reading).face, reading)


def test_the_results_performance_comes_nearer_to_the_plates(scene: Scene) -> None:
    wanted = scene.reading.of_plate(scene.face)
    differences = [scene.reading.of_result(face, "test") - wanted for face in (scene.face, scene.matched)]
    plain, led = (np.abs(difference - difference.mean(axis=0)) for difference in differences)
    moving = wanted.std(axis=0) > 0.03
    assert led[:, moving].mean() < 0.98 * plain[:, moving].mean()


def test_corrections_are_bounded_and_leave_gaze_alone(scene: Scene) -> None:
    corrections = scene.matched.prepared.corrections
    assert corrections is not None
    assert corrections.shape == (len(FRAMES), 52)
    assert np.abs(corrections).max() <= LIMIT
    gaze = [NAMES.index(name) for name in NAMES if name.startswith("eyeLook")]
    assert not corrections[:, gaze].any()
    assert scene.face.prepared.corrections is None, "the face that was given stays as it was"


def test_only_a_face_that_is_to_show_the_plates_expression_is_matched(scene: Scene) -> None:
    assert follows_plate(scene.face)
    assert not follows_plate(scene.matched), "corrections already come from elsewhere"


def test_what_was_matched_once_is_found_again(scene: Scene, tmp_path: Path) -> None:
    def never() -> PlainLoop:
        raise AssertionError("it was kept")

    loop = PlainLoop(scene.matched, np.linspace(0, 1, 52))
    with open_analysis(tmp_path, "0" * 64, ObserveOptions()) as store:
        first = kept_match(scene.face, "face 0", "a", store, lambda: loop)
        again = kept_match(scene.face, "face 0", "a", store, never)
        with pytest.raises(AssertionError):
            kept_match(scene.face, "face 0", "b", store, never)
    assert first is loop
    assert np.array_equal(corrections_of(again.face), corrections_of(scene.matched))
    assert np.array_equal(again.steady, loop.steady)


def test_corrections_belong_to_one_identity_under_one_set_of_parameters(scene: Scene) -> None:
    keys = {
        match_key(scene.face, settings, sources)
        for settings in (MeshSettings(), MeshSettings(shape=0.2))
        for sources in (["a"], ["b"])
    }
    assert len(keys) == 4
    assert match_key(scene.face, MeshSettings(), ["a"]) in keys


def test_it_can_be_stopped(scene: Scene) -> None:
    stopped = ExpressionReader(scene.reader, scene.pool, 1, no_progress, lambda: True)
    with pytest.raises(Cancelled):
        match_expression(scene.face, stopped)


def corrections_of(face: MeshFace) -> np.ndarray:
    assert face.prepared.corrections is not None
    return face.prepared.corrections
