"""All numbers of one face at one frame, part by part: what an engine draws it with."""

from msgspec import Struct

from pipeline.project.expression import ExpressionWeights
from pipeline.project.expression_preset import ExpressionPreset, PresetStrengths
from pipeline.project.landmark_move import LandmarkShift
from pipeline.project.matte_stroke import LaidStroke
from pipeline.project.parameters import MeshSettings


class FaceParameters(Struct, frozen=True, kw_only=True):
    """The parts of numbers are named as in `parameter_table.PARTS`."""

    settings: MeshSettings = MeshSettings()
    expression: ExpressionWeights = ExpressionWeights()
    strengths: PresetStrengths = PresetStrengths()
    presets: dict[str, ExpressionPreset] = {}
    """By the strength that mixes it in."""
    landmark_shifts: tuple[LandmarkShift, ...] = ()
    """Where a person said that parts of the plate's face lie, against what was analysed; () where nobody did."""
    matte_strokes: tuple[LaidStroke, ...] = ()
    """What a person painted over its matte; () where it is as it was found."""
