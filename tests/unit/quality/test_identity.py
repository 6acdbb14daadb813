from pathlib import Path

import numpy as np
import pytest
from skimage.data import astronaut

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.session import SessionPool
from pipeline.errors import ModelMissing
from pipeline.media.photo import read_photo
from pipeline.quality import identity
from pipeline.quality.identity import SAME_PERSON, IdentityMeter, face_box, identity_distances, identity_missing


def test_the_network_tells_people_apart_and_one_photo_from_its_own_darker_copy(media_dir: Path) -> None:
    pool, meter = SessionPool(), IdentityMeter()
    found = {}
    photos = {"man": read_photo(media_dir / "single_face.jpg"), "woman": np.asarray(astronaut(), np.uint8)}
    for name, image in photos.items():
        found[name] = (image, find_faces(image, pool)[0].landmarks)
    image, landmarks = found["man"]
    own = meter.embed(image, landmarks)
    darker = meter.embed((image * 0.8).astype(np.uint8), landmarks)
    other = meter.embed(*found["woman"])
    assert own.shape == (128,)
    assert np.linalg.norm(own - darker) < 0.3
    assert np.linalg.norm(own - other) > SAME_PERSON


def test_distances_are_means_over_photos_and_frames() -> None:
    source, performer = np.zeros(128), np.full(128, 1 / np.sqrt(128))
    near, far = np.full(128, 0.25 / np.sqrt(128)), np.full(128, 0.75 / np.sqrt(128))
    found = identity_distances([near, near, far], [source], [performer, performer], [performer, performer, performer])
    assert found.to_source == pytest.approx((0.25 + 0.25 + 0.75) / 3)
    assert found.to_performer == pytest.approx((0.75 + 0.75 + 0.25) / 3)
    assert found.nearer_source == pytest.approx(2 / 3)
    assert found.frames == 3


def test_the_box_is_a_square_from_brow_to_chin() -> None:
    points = np.zeros((468, 2))
    points[:, 0] = np.linspace(100, 300, 468)
    points[:, 1] = np.linspace(50, 300, 468)
    x0, y0, x1, y1 = face_box(points)
    assert abs((x1 - x0) - (y1 - y0)) <= 1
    assert 50 < y0 < 110
    assert 290 <= y1 <= 320


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert identity_missing() is None
    monkeypatch.setattr(identity, "_PACKAGE", "no_such_package_of_models")
    assert "no_such_package_of_models" in str(identity_missing())
    with pytest.raises(ModelMissing, match="extra test"):
        IdentityMeter()
