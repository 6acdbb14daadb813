"""More work at keyframes: nearer there, fading over the neighbours, kept keyframe by keyframe, never sharper."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observe import ObserveOptions
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.imaging.arrays import Rect
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.expression_reading import ExpressionReader
from pipeline.jobs.expression_steps import CORRECTED, LIMIT
from pipeline.jobs.faces import MeshFace, prepare_faces
from pipeline.jobs.match_expression import match_expression
from pipeline.jobs.match_keyframes import (
    REACH_FRAMES,
    PlainLoop,
    joined,
    kept_keyframe,
    led_further,
    passes_for,
    workable,
)
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.quality.face_regions import face_regions
from pipeline.quality.pixel_meter import luma_of
from pipeline.quality.texture_stability import detail_energy
from pipeline.render.frame import FrameRenderer

FRAMES = range(4, 28)
KEYFRAME = 12


@dataclass(frozen=True)
class Scene:
    """Neutral to grin, in plain closed loop, and with one keyframe worked on."""

    reader: PlateReader
    reading: ExpressionReader
    plain: PlainLoop
    index: int
    vector: np.ndarray
    further: MeshFace


@pytest.fixture(scope="module")
def scene(media_dir: Path) -> Iterator[Scene]:
    pool = SessionPool()
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    with open_plate(media_dir / "single_face.mp4") as reader:
        tracks = analyse_range(reader, pool, FRAMES, no_progress, never_cancelled)
        face = prepare_faces([FaceRequest((source,))], [read_sources((source,), pool)], tracks, reader, pool)[0]
        reading = ExpressionReader(reader, pool, 2, no_progress, never_cancelled)
        plain = match_expression(face, reading)
        index = workable([KEYFRAME], face.prepared.solve)[0]
        vector = led_further(plain, index, reading, 3)
        yield Scene(reader, reading, plain, index, vector, joined(plain.face, {index: vector}))


def corrections_of(face: MeshFace) -> np.ndarray:
    assert face.prepared.corrections is not None
    return face.prepared.corrections


def error_at(scene: Scene, face: MeshFace) -> float:
    """Of the scores that are corrected, over the keyframe and its neighbours."""
    at = np.arange(scene.index - 1, scene.index + 2)
    wanted = scene.reading.of_plate(face, at) - scene.plain.steady
    difference = (wanted - scene.reading.of_result(face, "test", at)).mean(axis=0)[CORRECTED]
    return float(np.sqrt(np.mean(difference**2)))


def motion_of(scene: Scene, face: MeshFace) -> float:
    """What the corrections move at the keyframe beyond what they move in all frames, cm, root mean square."""
    solve, corrections = face.prepared.solve, corrections_of(face)
    beyond = corrections[scene.index] - corrections_of(scene.plain.face)[solve.clear].mean(axis=0)
    moved = np.tensordot(beyond, solve.basis, 1)
    return float(np.sqrt((moved**2).sum(axis=1).mean()))


def test_a_keyframe_comes_nearer_to_the_plate_within_a_millimetre_of_motion(scene: Scene) -> None:
    assert error_at(scene, scene.further) < 0.97 * error_at(scene, scene.plain.face)
    assert 0 < motion_of(scene, scene.further) < 0.1


def test_the_work_counts_in_full_on_the_keyframe_and_fades_out_without_a_step(scene: Scene) -> None:
    added = corrections_of(scene.further) - corrections_of(scene.plain.face)
    assert added[scene.index] == pytest.approx(scene.vector)
    size = np.linalg.norm(added, axis=1)
    assert (np.diff(size[: scene.index + 1]) >= 0).all()
    assert (np.diff(size[scene.index :]) <= 0).all()
    assert np.abs(np.diff(size)).max() < 0.1 * size.max()
    assert np.abs(corrections_of(scene.further)).max() <= LIMIT


def test_sharpness_does_not_breathe(scene: Scene) -> None:
    view = view_of(scene.reader.info)
    whole = Rect(0, 0, *view.size)
    solve = scene.plain.face.prepared.solve
    for i in (scene.index - 4, scene.index, scene.index + 4):
        planes = scene.reader.read(int(solve.frames[i]))
        skin = face_regions(solve.landmarks[i], whole).skin
        plain, further = (
            detail_energy(
                luma_of(view.rgb8(FrameRenderer(view, [face], None).render(planes).planes)),
                skin,
                solve.face_width_px,
            )
            for face in (scene.plain.face, scene.further)
        )
        assert further / plain == pytest.approx(1, abs=0.02)


def test_frames_out_of_reach_and_behind_a_gap_keep_the_plain_loops_bits(scene: Scene) -> None:
    plain = scene.plain.face
    first = joined(plain, {0: scene.vector})
    same = (corrections_of(first) == corrections_of(plain)).all(axis=1)
    assert same[REACH_FRAMES:].all()
    assert not same[: REACH_FRAMES - 1].any()


def test_two_keyframes_side_by_side_share_the_frames_between_them(scene: Scene) -> None:
    plain = scene.plain.face
    both = corrections_of(joined(plain, {10: scene.vector, 12: scene.vector})) - corrections_of(plain)
    assert both[11] == pytest.approx(scene.vector)
    assert both[10] == pytest.approx(scene.vector)


def test_the_same_work_gives_the_same_bits_and_is_found_again(scene: Scene, tmp_path: Path) -> None:
    def never() -> np.ndarray:
        raise AssertionError("it was kept")

    def work() -> np.ndarray:
        return scene.vector

    with open_analysis(tmp_path, "0" * 64, ObserveOptions()) as store:
        kept_keyframe(store, "face", "plain", KEYFRAME, 2, work)
        again = kept_keyframe(store, "face", "plain", KEYFRAME, 2, never)
        kept_keyframe(store, "face", "plain", KEYFRAME + 1, 2, work)
        assert np.array_equal(kept_keyframe(store, "face", "plain", KEYFRAME, 2, never), scene.vector)
        for key, passes in (("other", 2), ("plain", 1)):
            with pytest.raises(AssertionError):
                kept_keyframe(store, "face", key, KEYFRAME, passes, never)
    assert np.array_equal(again, scene.vector)
    assert np.array_equal(led_further(scene.plain, scene.index, scene.reading, 3), scene.vector)


def test_a_share_scales_the_work_and_only_an_empty_one_does_none() -> None:
    assert [passes_for(share) for share in (0.0, 0.01, 0.5, 1.0)] == [0, 1, 2, 3]


def test_keyframes_without_the_face_are_left_out(scene: Scene) -> None:
    solve = scene.plain.face.prepared.solve
    assert workable([KEYFRAME, KEYFRAME, 400, 0], solve) == [scene.index]


def test_it_can_be_stopped(scene: Scene) -> None:
    pool = SessionPool()
    stopped = ExpressionReader(scene.reader, pool, 1, no_progress, lambda: True)
    with pytest.raises(Cancelled):
        led_further(scene.plain, scene.index, stopped, 1)
