"""Source pictures: found, read, and the one face in each that is meant.

A photo with several faces needs a choice, written after its name: `family.jpg#2` is the second face from the left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot
from pathlib import Path

import numpy as np

from pipeline.analysis.photo_faces import find_faces
from pipeline.engines.faces import N_VERTICES, FaceMesh, SourcePhoto
from pipeline.engines.session import SessionPool
from pipeline.errors import FaceTooSmall, FaceTooTurned, NoFace, SeveralFaces
from pipeline.imaging.mesh import CHEEK_LEFT, CHEEK_RIGHT, load_canonical
from pipeline.imaging.procrustes import umeyama
from pipeline.media.photo import read_photo

LEAST_WIDTH_PX = 48
"""Below this a face shows no skin worth taking."""
MOST_TURN_DEGREES = 45.0
"""Beyond this half of the face isn't in the photo."""
_BYSTANDER = 0.5
"""Other faces narrower than this part of the widest are not taken for the one that is meant."""


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source file and which of its faces is meant: 1-based from the left, None where there is only one."""

    path: Path
    face: int | None = None


def source_choice(argument: str) -> SourceChoice:
    """What `FILE` or `FILE#N` names; a file whose own name ends that way is taken as it is."""
    name, mark, number = argument.rpartition("#")
    if mark and number.isdecimal() and int(number) > 0 and not Path(argument).exists():
        return SourceChoice(Path(name), int(number))
    return SourceChoice(Path(argument))


def read_sources(choices: Sequence[SourceChoice], pool: SessionPool) -> list[SourcePhoto]:
    """The photos, each with the mesh of its face, in order.

    Raises MediaError: a file that is no picture. NoFace, SeveralFaces, FaceTooSmall, FaceTooTurned: see there.
    """
    return [_read_source(choice, pool) for choice in choices]


def _read_source(choice: SourceChoice, pool: SessionPool) -> SourcePhoto:
    image = read_photo(choice.path)
    mesh = _chosen(choice, sorted(find_faces(image, pool), key=_left))
    width = face_width(mesh)
    if width < LEAST_WIDTH_PX:
        raise FaceTooSmall(
            f"The face in {choice.path} is {width:.0f} pixels wide; at least {LEAST_WIDTH_PX} are needed, "
            "and 150 or more look good. Choose a larger photo."
        )
    turn = yaw_degrees(mesh)
    if abs(turn) > MOST_TURN_DEGREES:
        raise FaceTooTurned(
            f"The face in {choice.path} is turned by {abs(turn):.0f} degrees; up to {MOST_TURN_DEGREES:.0f} "
            "can be used, and under 20 looks best. Choose a photo from nearer the front."
        )
    return SourcePhoto(image=image, mesh=mesh, name=choice.path.name)


def _chosen(choice: SourceChoice, faces: list[FaceMesh]) -> FaceMesh:
    """The face that is meant, of those found, from left to right."""
    if not faces:
        raise NoFace(f"No face was found in {choice.path}. Choose a sharp photo that shows the face from the front.")
    if choice.face is not None:
        if choice.face > len(faces):
            raise NoFace(f"{choice.path} shows {len(faces)} faces, so there is no face {choice.face}.")
        return faces[choice.face - 1]
    widest = max(map(face_width, faces))
    likely = [face for face in faces if face_width(face) >= _BYSTANDER * widest]
    if len(likely) > 1:
        listed = "; ".join(f"#{number} {_described(face)}" for number, face in enumerate(faces, 1))
        raise SeveralFaces(
            f"{choice.path} shows {len(faces)} faces, from the left: {listed}. "
            f"Say which one is meant, for example {choice.path.name}#1."
        )
    return likely[0]


def _described(face: FaceMesh) -> str:
    x, y = face.landmarks[:, :2].mean(axis=0)
    return f"at {x:.0f}, {y:.0f}, {face_width(face):.0f} pixels wide"


def _left(face: FaceMesh) -> float:
    return float(face.landmarks[:, 0].mean())


def face_width(face: FaceMesh) -> float:
    """Distance of the cheek landmarks in the picture, pixels."""
    return float(np.linalg.norm(face.landmarks[CHEEK_RIGHT, :2] - face.landmarks[CHEEK_LEFT, :2]))


def yaw_degrees(face: FaceMesh) -> float:
    """Turn of the head about its vertical axis; positive to the picture's right."""
    canonical = load_canonical()
    flipped = face.landmarks[:N_VERTICES] * (1.0, -1.0, -1.0)
    _, rotation, _ = umeyama(canonical.vertices, flipped, canonical.procrustes_weights)
    return degrees(atan2(-rotation[2, 0], hypot(rotation[0, 0], rotation[1, 0])))
