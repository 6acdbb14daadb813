"""A solved face of a real clip, small enough to keep: 24 frames of a woman from crying to laughing."""

from collections.abc import Callable, Mapping
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import FaceSample, FaceSolve, Patch, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.swapper import MeshSwapper, PreparedFace
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.imaging.procrustes import Pose, to_canonical
from pipeline.media.photo import read_photo
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.parameter_table import parameter_named, with_values
from pipeline.project.parameters import MeshSettings

Crops = Callable[[int, Rect], ImageF32]


@pytest.fixture(scope="session")
def solve(data_dir: Path) -> FaceSolve:
    with np.load(data_dir / "engine" / "crying_to_laughing.npz") as file:
        values = {name: file[name] for name in file.files}
    pose = Pose(values["scale"], values["rotation"], values["translation"])
    return FaceSolve(
        width=640,
        height=360,
        frames=values["frames"],
        landmarks=values["landmarks"],
        scores=values["scores"].astype(np.float32),
        canonical=to_canonical(values["landmarks"][:, :468], pose).astype(np.float32),
        scale=values["scale"],
        rotation=values["rotation"],
        translation=values["translation"],
        neutral=values["neutral"],
        rigid_weights=values["rigid_weights"].astype(np.float64),
        neutral_frames=values["neutral_frames"],
        basis=values["basis"].astype(np.float32),
        clear=np.ones(len(values["frames"]), bool),
    )


@pytest.fixture(scope="session")
def pictures(solve: FaceSolve, media_dir: Path) -> dict[int, ImageF32]:
    """The solve's frames of the clip, RGB 0..1."""
    wanted = {int(frame) for frame in solve.frames}
    found: dict[int, ImageF32] = {}
    with av.open(str(media_dir / "WolfgangLanger_Pexels.mp4")) as film:
        for number, frame in enumerate(film.decode(video=0)):
            if number in wanted:
                found[number] = frame.to_ndarray(format="rgb24").astype(np.float32) / np.float32(255)
    return found


@pytest.fixture(scope="session")
def crops(pictures: dict[int, ImageF32]) -> Crops:
    return crops_of(pictures)


@pytest.fixture(scope="session")
def portrait(media_dir: Path, models_dir: Path) -> SourcePhoto:
    image = read_photo(media_dir / "synthetic_portrait.png")
    return SourcePhoto(image, find_faces(image, SessionPool(models_dir))[0])


@pytest.fixture(scope="session")
def prepared(solve: FaceSolve, portrait: SourcePhoto, crops: Crops) -> PreparedFace:
    return MeshSwapper().prepare(solve, [portrait], crops)


def parameters_of(values: Mapping[str, float]) -> FaceParameters:
    """A face's parameters with these by name, whatever part they stand in."""
    parameters = FaceParameters()
    for name, value in values.items():
        parameters = with_values(parameters, parameter_named(name).part, {name: value})
    return parameters


def settings_of(values: Mapping[str, float]) -> MeshSettings:
    """The engine's part of them."""
    return parameters_of(values).settings


def crops_of(pictures: dict[int, ImageF32]) -> Crops:
    return lambda frame, rect: pictures[frame][rect.y0 : rect.y1, rect.x0 : rect.x1]


def sample_of(prepared: PreparedFace, frame: int, crops: Crops, parameters: FaceParameters) -> FaceSample:
    region = MeshSwapper().region(prepared, frame, parameters)
    assert region is not None
    rect = region.clipped(prepared.solve.width, prepared.solve.height)
    return FaceSample(frame, rect, crops(frame, rect))


@pytest.fixture(scope="session")
def swap(prepared: PreparedFace, crops: Crops) -> Callable[..., tuple[FaceSample, Patch]]:
    """Swap one frame of the clip; keyword arguments are parameters by name."""

    def swapped(frame: int, **values: float) -> tuple[FaceSample, Patch]:
        parameters = parameters_of(values)
        sample = sample_of(prepared, frame, crops, parameters)
        return sample, MeshSwapper().swap(prepared, [sample], [parameters])[0]

    return swapped
