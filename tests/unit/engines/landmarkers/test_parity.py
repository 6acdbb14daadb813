"""The networks, fed as MediaPipe feeds them, give what MediaPipe gives: 43 faces of two photos and two clips."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.detectors.blazeface import BlazeFaceDetector
from pipeline.engines.faces import FaceMesh
from pipeline.engines.landmarkers.blendshapes import NAMES, BlendshapeReader
from pipeline.engines.landmarkers.face_mesh import PRESENT, FaceMeshLandmarker
from pipeline.engines.landmarkers.pose import euler_degrees, facial_transform
from pipeline.engines.session import SessionPool
from pipeline.imaging.arrays import AnyArray, ImageU8
from pipeline.imaging.mesh import load_canonical


@dataclass(frozen=True)
class Comparison:
    """Distances of one image's faces from the reference, in shares of the face diagonal and in score units."""

    file: str
    faces: int
    wanted: int
    landmarks: NDArray[np.float64]
    blendshapes: NDArray[np.float64]


@pytest.fixture(scope="module")
def reference(data_dir: Path) -> dict[str, AnyArray]:
    with np.load(data_dir / "reference" / "mediapipe_reference.npz") as file:
        return {name: file[name] for name in file.files}


def picture_frames(path: Path, frames: set[int]) -> Iterator[tuple[int, ImageU8]]:
    if path.suffix == ".jpg":
        photo = cv2.imread(str(path))
        assert photo is not None
        yield -1, np.ascontiguousarray(photo[:, :, ::-1])
        return
    # The reference was made from OpenCV's own conversion of the clip.
    capture = cv2.VideoCapture(str(path))
    for number in range(max(frames) + 1):
        picture = capture.read()[1]
        if number in frames:
            yield number, np.ascontiguousarray(picture[:, :, ::-1])


@pytest.fixture(scope="module")
def comparisons(reference: dict[str, AnyArray], media_dir: Path, models_dir: Path) -> list[Comparison]:
    pool = SessionPool(models_dir)
    detector, landmarker = BlazeFaceDetector(pool, "short"), FaceMeshLandmarker(pool)
    results = []
    for name in dict.fromkeys(str(each) for each in reference["clip"]):
        rows = np.flatnonzero(reference["clip"] == name)
        for frame, picture in picture_frames(media_dir / name, set(reference["frame"][rows].tolist())):
            meshes = [m for m in landmarker.locate(picture, detector.find(picture)) if m.presence > PRESENT]
            wanted = rows[reference["frame"][rows] == frame]
            results.append(compared(name, meshes, reference["landmarks_px"][wanted], reference["blendshapes"][wanted]))
    return results


def compared(
    name: str, meshes: list[FaceMesh], landmarks: NDArray[np.float32], scores: NDArray[np.float32]
) -> Comparison:
    distances, differences = [], []
    for points, values in zip(landmarks[:, :, :2], scores, strict=True):
        nearest = min(meshes, key=lambda m: float(np.abs(m.landmarks[:, :2] - points).mean()))
        diagonal = np.linalg.norm(np.ptp(points, axis=0))
        distances.append(np.linalg.norm(nearest.landmarks[:, :2] - points, axis=1) / diagonal)
        differences.append(np.abs(nearest.scores - values))
    return Comparison(name, len(meshes), len(landmarks), np.concatenate(distances), np.concatenate(differences))


def test_names_are_mediapipes(reference: dict[str, AnyArray]) -> None:
    assert list(NAMES) == reference["names"].tolist()


def test_all_43_faces_are_compared(comparisons: list[Comparison]) -> None:
    assert sum(each.wanted for each in comparisons) == 43


def test_finds_the_faces_of_the_clips(comparisons: list[Comparison]) -> None:
    assert all(each.faces == each.wanted for each in comparisons if each.file.endswith(".mp4"))


def test_landmarks_agree_on_average(comparisons: list[Comparison]) -> None:
    assert np.concatenate([each.landmarks for each in comparisons]).mean() <= 0.0005


def test_landmarks_agree_on_the_worst_image(comparisons: list[Comparison]) -> None:
    for each in comparisons:
        assert each.landmarks.max() <= (0.004 if each.file == "multi_face.jpg" else 0.001), each.file


def test_blendshapes_agree(comparisons: list[Comparison]) -> None:
    differences = np.concatenate([each.blendshapes for each in comparisons])
    assert differences.mean() <= 0.002
    assert np.percentile(differences, 99) <= 0.02


def test_blendshapes_of_the_reference_landmarks_are_the_reference_scores(
    reference: dict[str, AnyArray], models_dir: Path
) -> None:
    scores = BlendshapeReader(SessionPool(models_dir)).read(reference["landmarks_px"])
    assert np.abs(scores - reference["blendshapes"]).max() < 1e-4


def test_pose_of_the_reference_landmarks_is_the_reference_pose(reference: dict[str, AnyArray]) -> None:
    mesh = load_canonical()
    for i, wanted in enumerate(reference["transforms"].astype(np.float64)):
        size = int(reference["width"][i]), int(reference["height"][i])
        found = facial_transform(reference["landmarks_px"][i], *size, mesh.vertices, mesh.procrustes_weights)
        assert np.abs(np.subtract(euler_degrees(found), euler_degrees(wanted))).max() < 0.001
        assert np.linalg.norm(found[:3, 3] - wanted[:3, 3]) < 1e-4 * np.linalg.norm(wanted[:3, 3])
