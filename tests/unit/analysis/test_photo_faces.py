"""Faces of photos, at any turn of the camera."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.session import SessionPool
from pipeline.media.photo import read_photo


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


def test_finds_all_five_widest_first(media_dir: Path, pool: SessionPool) -> None:
    faces = find_faces(read_photo(media_dir / "multi_face.jpg"), pool)
    widths = [float(np.ptp(each.landmarks[:, 0])) for each in faces]
    assert len(faces) == 5
    assert widths == sorted(widths, reverse=True)


def test_a_photo_without_a_face_has_none(pool: SessionPool) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    assert find_faces(noise, pool) == []


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("name", ["single_face.jpg", "synthetic_portrait.png"])
def test_a_turned_photo_gives_the_upright_one_s_face(media_dir: Path, pool: SessionPool, name: str, turns: int) -> None:
    upright = read_photo(media_dir / name)
    wanted = find_faces(upright, pool)[0].landmarks
    found = find_faces(np.ascontiguousarray(np.rot90(upright, turns)), pool)
    assert len(found) == 1
    x, y = found[0].landmarks[:, 0], found[0].landmarks[:, 1]
    height, width = upright.shape[:2]
    back = {1: (width - 1 - y, x), 2: (width - 1 - x, height - 1 - y), 3: (y, height - 1 - x)}[turns]
    distance = np.hypot(back[0] - wanted[:, 0], back[1] - wanted[:, 1])
    assert distance.mean() < 0.02 * np.ptp(wanted[:, 0])
