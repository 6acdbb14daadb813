"""Single frames of a result against the plate."""

import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.faces import FaceMesh, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.quality.film_faces import FaceFollower, FilmFace
from pipeline.quality.frame_measure import LIMITS, MEASURES, FrameMeasures, FrameMeter, row
from pipeline.quality.plate_reading import read_known_plate


@pytest.fixture(scope="module")
def pictures(excerpt: Path) -> list[ImageU8]:
    with open_plate(excerpt) as reader:
        return [view_of(reader.info).rgb8(reader.read(frame)) for frame in range(reader.info.frames)]


@pytest.fixture(scope="module")
def face(pictures: list[ImageU8], pool: SessionPool) -> FilmFace:
    follower = FaceFollower(pool)
    for each in pictures:
        follower.add(each)
    return follower.face()


def test_a_frame_against_itself_is_perfect_in_any_order(
    pictures: list[ImageU8], face: FilmFace, pool: SessionPool
) -> None:
    own = FaceMesh(face.landmarks[9].astype(np.float64), face.scores[9], 1.0)
    meter = FrameMeter(pool, face.scores, [SourcePhoto(pictures[9], own)])
    later = meter.measure(pictures[20], pictures[20], face.landmarks[20], likeness=False)
    found = meter.measure(pictures[9], pictures[9], face.landmarks[9])
    for measures in (found, later):
        assert (measures.expression_error, measures.skin_excess, measures.sharpness) == (0, 0, 1)
        assert measures.landmarks == pytest.approx(0, abs=1e-6)
    assert found.alike_source > 0.99
    assert found.alike_performer == pytest.approx(1)
    assert math.isnan(later.alike_source)
    assert meter.measure(pictures[9], pictures[9], face.landmarks[9]) == found


def test_a_face_that_does_not_grin_is_further_from_one_that_does(
    pictures: list[ImageU8], face: FilmFace, pool: SessionPool
) -> None:
    meter = FrameMeter(pool, face.scores, [])
    errors = [meter.measure(pictures[at], pictures[0], face.landmarks[at]).expression_error for at in (1, 8, 23)]
    assert errors[0] < errors[1] < errors[2]
    assert errors[2] > LIMITS["expression_error"]


def test_the_plates_landmarks_count_from_where_a_person_put_them(
    pictures: list[ImageU8], face: FilmFace, pool: SessionPool, excerpt: Path
) -> None:
    way = np.zeros((478, 3))
    way[61] = (9.0, 0.0, 0.0)
    meter = FrameMeter(pool, face.scores, [])
    own = (pictures[9], pictures[9], face.landmarks[9], False)
    once, twice = (meter.measure(*own, corrected=each).landmarks for each in (way, 2 * way))
    assert once > 1e-3 > meter.measure(*own).landmarks
    assert twice == pytest.approx(2 * once, rel=0.05)
    steady = {9: face.landmarks[9]}
    plain, moved = (read_known_plate(excerpt, steady, pool, corrected=each) for each in (None, {9: way}))
    np.testing.assert_allclose(moved.face.landmarks[9] - plain.face.landmarks[9], way, atol=1e-3)


def test_where_there_is_no_face_nothing_is_said(pictures: list[ImageU8], face: FilmFace, pool: SessionPool) -> None:
    empty = np.zeros_like(pictures[0])
    values = row(FrameMeter(pool, face.scores, []).measure(empty, empty, face.landmarks[0]))
    assert values.shape == (len(MEASURES),)
    assert np.isnan(values).all()
    assert set(LIMITS) <= set(MEASURES)
    assert np.isnan(row(FrameMeasures())).all()
