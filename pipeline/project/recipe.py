"""What a frame is rendered with: a face's parameters at one plate frame, curves and landmarks' corrections evaluated.

Preview, export and measurement all come through here, so that they can't differ.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from pipeline.project.curve import Curve, value_at
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.landmark_move import LandmarkMove, shifts_at
from pipeline.project.matte_stroke import MatteStroke, strokes_at
from pipeline.project.parameter_table import PARAMETERS, with_values
from pipeline.project.project import FaceTrack, Project

P = TypeVar("P", bound=FaceParameters)


class FaceRecipe(FaceParameters, frozen=True, kw_only=True):
    """One face at one frame."""

    face: str
    """Id of the face track."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """One frame of one plate: its faces in the document's order, which is the order they are drawn in."""

    plate: str
    frame: int
    faces: tuple[FaceRecipe, ...]


def recipe_for(project: Project, plate: str, frame: int) -> Recipe:
    """The recipe of a plate's frame (0-based), without the faces that are ignored.

    Pure; a frame beyond the keys holds the nearest one's value.
    """
    return Recipe(
        plate=plate,
        frame=frame,
        faces=tuple(recipe_of(face, frame) for face in project.faces if face.plate == plate and not face.ignored),
    )


def recipe_of(face: FaceTrack, frame: int) -> FaceRecipe:
    """The recipe of one face at a plate frame."""
    constant = FaceRecipe(
        face=face.id,
        settings=face.settings,
        expression=face.expression,
        strengths=face.strengths,
        presets=face.presets,
    )
    return parameters_at(constant, face.curves, frame, face.landmark_moves, face.matte_strokes)


def parameters_at(
    constant: P,
    curves: Mapping[str, Curve],
    frame: int,
    moves: Iterable[LandmarkMove] = (),
    strokes: Iterable[MatteStroke] = (),
) -> P:
    """A face's parameters at a plate frame: the curves' values where there are curves, held in their bounds, where
    its landmarks were moved to, and what was painted over its matte.

    Curves of other engines' parameters are left alone.
    """
    changed: dict[str, dict[str, float]] = {}
    for name, curve in curves.items():
        parameter = PARAMETERS.get(name)
        if parameter is not None:
            changed.setdefault(parameter.part, {})[name] = parameter.held(value_at(curve, frame))
    for part, values in changed.items():
        constant = with_values(constant, part, values)
    shifts, laid = shifts_at(moves, frame), strokes_at(strokes, frame)
    if not shifts and not laid:
        return constant
    return msgspec.structs.replace(constant, landmark_shifts=shifts, matte_strokes=laid)
