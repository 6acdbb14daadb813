"""A hand is found where it comes before the face, and followed while it stays there (frames 58 to 228)."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.hands.hand_landmarker import PRESENT, HandLandmarker, HandMesh
from pipeline.engines.hands.palm_detector import PalmDetector
from pipeline.engines.session import SessionPool
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def followed(media_dir: Path, models_dir: Path) -> dict[int, HandMesh]:
    """Every fourth frame around the hand's stay, found by the palm, then followed from hand to hand."""
    pool = SessionPool(models_dir)
    palms, hands = PalmDetector(pool), HandLandmarker(pool)
    seen: dict[int, HandMesh] = {}
    last: HandMesh | None = None
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        view = view_of(reader.info)
        for frame in range(48, 244, 4):
            picture = view.rgb8(reader.read(frame))
            if last is None:
                regions = [palm.hand_region() for palm in palms.find(picture)]
            else:
                regions = [last.tracking_region()]
            present = [each for each in hands.locate(picture, regions) if each.presence > PRESENT]
            last = present[0] if present else None
            if last is not None:
                seen[frame] = last
    return seen


def test_seen_on_every_frame_of_its_stay_and_on_no_other(followed: dict[int, HandMesh]) -> None:
    assert sorted(followed) == list(range(60, 230, 4))


def test_fingers_point_up_and_the_wrist_lies_under_the_picture(followed: dict[int, HandMesh]) -> None:
    for frame in (100, 140, 180, 212):
        joints = followed[frame].joints
        assert joints[12, 1] < joints[9, 1] < joints[0, 1]
        assert joints[0, 1] > 300


def test_the_hand_lies_over_the_left_cheek_of_the_picture(followed: dict[int, HandMesh]) -> None:
    middle = np.array([followed[frame].joints[9, :2] for frame in (100, 140, 180, 212)])
    assert (np.abs(middle - [370, 300]) < 60).all()


def test_no_palm_in_an_empty_picture(models_dir: Path) -> None:
    assert PalmDetector(SessionPool(models_dir)).find(np.full((90, 160, 3), 90, np.uint8)) == []


def test_no_region_no_hand(models_dir: Path) -> None:
    assert HandLandmarker(SessionPool(models_dir)).locate(np.zeros((9, 9, 3), np.uint8), []) == []
