from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceMesh
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.media.photo import read_photo
from pipeline.quality.kept_samples import kept_samples

Seen = tuple[ImageU8, FaceMesh]


@pytest.fixture(scope="module")
def photo(media_dir: Path, pool: SessionPool) -> Seen:
    picture = read_photo(media_dir / "single_face.jpg")
    return picture, find_faces(picture, pool)[0]


def test_openings_that_moved_are_followed(photo: Seen) -> None:
    picture, face = photo
    matrix = np.array([[1.02, 0.01, -6.0], [-0.01, 0.99, 4.0]])
    size = picture.shape[1], picture.shape[0]
    moved = np.asarray(cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC), np.uint8)
    points = face.landmarks[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    trembling = points + np.random.default_rng(4).normal(0, 0.7, points.shape)
    kept = kept_samples(picture, moved, face.landmarks, trembling)
    assert kept.eyes > 34
    assert kept.mouth > 34


def test_a_blurred_or_another_eye_is_not_the_plates(photo: Seen) -> None:
    picture, face = photo
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), 4), np.uint8)
    assert kept_samples(picture, soft, face.landmarks, face.landmarks).eyes < 31
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    assert kept_samples(picture, mirrored, face.landmarks, face.landmarks).eyes < 25


def test_what_is_shut_says_nothing(photo: Seen) -> None:
    picture, face = photo
    shut = face.landmarks.copy()
    shut[:, 1] = shut[:, 1].mean()
    kept = kept_samples(picture, picture, shut, shut)
    assert np.isnan(kept.eyes)
    assert np.isnan(kept.mouth)
