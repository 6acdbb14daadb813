"""The closed loop: the result's expression comes nearer to the plate's, smoothly, and gaze is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observe import ObserveOptions
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.faces import MeshFace, prepare_faces
from pipeline.jobs.match_expression import (
    LIMIT,
    ExpressionReader,
    follows_plate,
    kept_match,
    match_expression,
    smoothed,
    ungained,
)
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


@pytest.fixture(scope="module")
def scene(media_dir: Path) -> Iterator[Scene]:
    pool = SessionPool()
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    with open_plate(media_dir / "single_face.mp4") as reader:
        tracks = analyse_range(reader, pool, FRAMES, no_progress, never_cancelled)
        face = prepare_faces([FaceRequest((source,))], [read_sources((source,), pool)], tracks, reader, pool)[0]
        matched = match_expression(face, reader, pool, 2, no_progress, never_cancelled)
        yield Scene(reader, pool, face, matched)


def test_the_results_scores_come_nearer_to_the_plates(scene: Scene) -> None:
    reading = ExpressionReader(scene.reader, scene.pool, 2, no_progress, never_cancelled)
    wanted = reading.of_plate(scene.face)
    plain, led = (np.abs(reading.of_result(face, "test") - wanted) for face in (scene.face, scene.matched))
    moving = wanted.std(axis=0) > 0.03
    assert led[:, moving].mean() < 0.95 * plain[:, moving].mean()


def test_corrections_are_bounded_and_leave_gaze_alone(scene: Scene) -> None:
    corrections = scene.matched.prepared.corrections
    assert corrections is not None
    assert corrections.shape == (len(FRAMES), 52)
    assert np.abs(corrections).max() <= LIMIT
    gaze = [NAMES.index(name) for name in NAMES if name.startswith("eyeLook")]
    assert not corrections[:, gaze].any()
    assert scene.face.prepared.corrections is None, "the face that was given stays as it was"


def test_corrections_do_not_run_over_a_gap_in_the_track() -> None:
    step = np.zeros((6, 52))
    step[:3] = 1
    across = smoothed(step, np.array([0, 1, 2, 3, 4, 5], np.int32))
    apart = smoothed(step, np.array([0, 1, 2, 40, 41, 42], np.int32))
    assert 0 < across[3, 0] < 1
    assert np.array_equal(apart, step)


def test_only_a_face_that_is_to_show_the_plates_expression_is_matched(scene: Scene) -> None:
    assert follows_plate(scene.face)
    assert not follows_plate(scene.matched), "corrections already come from elsewhere"


def test_gains_of_expression_act_on_a_matched_expression(scene: Scene) -> None:
    """What is matched does not depend on them, so keys on them leave every other frame as it is."""
    gained = replace(scene.face, settings_at=lambda frame: MeshSettings(shape=0.2, expression=0.5, expression_jaw=1.3))
    assert ungained(gained).settings_at(5) == MeshSettings(shape=0.2)
    assert ungained(gained).prepared is gained.prepared


def test_what_was_matched_once_is_found_again(scene: Scene, tmp_path: Path) -> None:
    def never() -> MeshFace:
        raise AssertionError("it was kept")

    def kept(match: object, sources: list[str], face: MeshFace = scene.face) -> MeshFace:
        return kept_match(face, "face 0", store, sources, match)  # type: ignore[arg-type]

    with open_analysis(tmp_path, "0" * 64, ObserveOptions()) as store:
        first = kept(lambda: scene.matched, ["a"])
        again = kept(never, ["a"])
        other = kept(lambda: replace(scene.face), ["b"])
        one_key = replace(scene.face, settings_at=lambda frame: MeshSettings(shape=0.2 if frame == 9 else 0.85))
        keyed = kept(lambda: replace(scene.face), ["a"], one_key)
    assert first is scene.matched
    assert again.prepared.corrections is not None
    assert np.array_equal(again.prepared.corrections, np.asarray(scene.matched.prepared.corrections))
    assert other.prepared.corrections is None
    assert keyed.prepared.corrections is None, "a key on any of its frames is matched anew"


def test_it_can_be_stopped(scene: Scene) -> None:
    with pytest.raises(Cancelled):
        match_expression(scene.face, scene.reader, scene.pool, 1, no_progress, lambda: True)
