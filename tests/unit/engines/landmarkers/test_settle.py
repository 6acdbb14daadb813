"""However a face was found, its landmarks settle on the same ones."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.landmarkers.face_mesh import FaceMeshLandmarker
from pipeline.engines.landmarkers.settle import settle
from pipeline.engines.regions import Region, face_region
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import ImageU8
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def picture(media_dir: Path) -> ImageU8:
    with open_plate(media_dir / "single_face.mp4") as reader:
        return view_of(reader.info).rgb8(reader.read(0))


def test_settled_landmarks_hardly_depend_on_the_start(picture: ImageU8, models_dir: Path) -> None:
    pool = SessionPool(models_dir)
    landmarker = FaceMeshLandmarker(pool)
    detection = BlazeFaceDetector(pool).find(picture)[0]
    start = face_region(detection.box, detection.keypoints)
    diagonal = float(np.linalg.norm(detection.box[2:] - detection.box[:2]))
    once, settled = [], []
    for region in (start, start._replace(x=start.x + 12, width=start.width * 1.1, height=start.height * 1.1)):
        once.append(landmarker.landmarks(picture, [region])[0][0])
        found = settle(landmarker, picture, region)
        assert found is not None
        settled.append(found[1])
    apart_once, apart = (float(np.linalg.norm(a[:, :2] - b[:, :2], axis=1).mean()) for a, b in (once, settled))
    assert apart < 0.002 * diagonal
    assert apart < apart_once / 2


def test_no_face_settles_on_nothing(models_dir: Path) -> None:
    landmarker = FaceMeshLandmarker(SessionPool(models_dir))
    assert settle(landmarker, np.full((200, 200, 3), 128, np.uint8), Region(100, 100, 150, 150)) is None
