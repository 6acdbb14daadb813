from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceSample, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.media.photo import read_photo
from pipeline.quality.naive_paste import NaivePaste, affine


@pytest.fixture(scope="module")
def photo(media_dir: Path, pool: SessionPool) -> SourcePhoto:
    image = read_photo(media_dir / "synthetic_portrait.png")
    return SourcePhoto(image, find_faces(image, pool)[0])


def test_the_affine_map_is_found_exactly() -> None:
    points = np.random.default_rng(8).normal(size=(20, 2))
    matrix = np.array([[1.2, -0.3, 5.0], [0.1, 0.8, -2.0]])
    target = points @ matrix[:, :2].T + matrix[:, 2]
    assert affine(points, target) == pytest.approx(matrix)


def test_a_photo_pasted_on_its_own_place_changes_nothing(photo: SourcePhoto) -> None:
    paste = NaivePaste(photo, {0: photo.mesh.landmarks})
    rect = paste.region(0)
    assert rect is not None
    rect = rect.clipped(photo.image.shape[1], photo.image.shape[0])
    crop = photo.image[rect.y0 : rect.y1, rect.x0 : rect.x1].astype(np.float32) / np.float32(255)
    patch = paste.swap(FaceSample(0, rect, crop))
    assert np.abs(patch.colour - crop).max() < 1e-3
    assert patch.alpha.max() == pytest.approx(1, abs=1e-3)


def test_the_paste_stays_inside_its_support(photo: SourcePhoto) -> None:
    landmarks = photo.mesh.landmarks * 0.5 + (40, 30, 0)
    paste = NaivePaste(photo, {3: landmarks})
    rect = paste.region(3)
    assert rect is not None
    crop = np.full((rect.height, rect.width, 3), 0.5, np.float32)
    patch = paste.swap(FaceSample(3, rect, crop))
    assert (patch.colour[~patch.support] == 0.5).all()
    assert 0.2 < patch.support.mean() < 0.95
    assert not patch.support[0].any()
    assert not patch.support[:, 0].any()


def test_a_frame_without_a_face_is_left_alone(photo: SourcePhoto) -> None:
    assert NaivePaste(photo, {3: photo.mesh.landmarks}).region(4) is None
