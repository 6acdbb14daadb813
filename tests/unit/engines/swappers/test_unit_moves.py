"""The engine's action units are those of the analysis, and each is known by what it does."""

import numpy as np
import pytest

from pipeline.analysis.action_units import CHANNELS
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.swappers.mesh.drawn_moves import drawn_basis
from pipeline.engines.swappers.mesh.expression_range import expression_range
from pipeline.engines.swappers.mesh.unit_moves import BLINK_MOVES, UNIT_MOVES
from pipeline.project.expression import ExpressionWeights

CORNER, BROW, CHIN = 291, 296, 152
"""Vertices of the performer's left, and the chin."""


def test_names_sides_and_scales_are_the_analysis_s() -> None:
    channels = {(each.unit, each.source): each for each in CHANNELS if not each.measured}
    for move in UNIT_MOVES:
        channel = channels[move.unit, NAMES[move.scores[0]]]
        assert move.scale == channel.scale
        assert channel.side == {1: "left", -1: "right", 0: "both"}[move.side] or channel.side == "both"
    known = {each.unit for each in CHANNELS}
    assert known == {each.unit for each in UNIT_MOVES} | {"AU25"}


def test_every_unit_has_a_weight() -> None:
    units = {each.name for each in (*UNIT_MOVES, *BLINK_MOVES)} | {"AU25"}
    fields = ExpressionWeights.__struct_fields__
    assert units == {name for name in fields if name.startswith(("AU", "blink"))}


@pytest.mark.parametrize(
    ("score", "vertex", "axis", "sign"),
    [
        ("mouthSmileLeft", CORNER, 1, 1),
        ("mouthSmileLeft", CORNER, 0, 1),
        ("mouthFrownLeft", CORNER, 1, -1),
        ("mouthPucker", CORNER, 0, -1),
        ("browDownLeft", BROW, 1, -1),
        ("browOuterUpLeft", BROW, 1, 1),
        ("jawOpen", CHIN, 1, -1),
        ("eyeBlinkLeft", 386, 1, -1),
        ("eyeSquintLeft", 374, 1, 1),
    ],
)
def test_a_drawn_unit_pulls_where_its_muscle_does(score: str, vertex: int, axis: int, sign: int) -> None:
    assert drawn_basis()[NAMES.index(score), vertex, axis] * sign > 0.05


def test_drawn_units_mirror_each_other() -> None:
    left, right = (drawn_basis()[NAMES.index(f"mouthSmile{side}")] for side in ("Left", "Right"))
    np.testing.assert_allclose(left[291], right[61] * (-1, 1, 1), atol=1e-6)


def test_the_range_says_how_far_faces_go() -> None:
    found = expression_range()
    assert found.scores[NAMES.index("mouthSmileLeft")] > 0.9
    assert found.scores[NAMES.index("browDownLeft")] < 0.2
    assert found.displacement[CORNER] > found.displacement[6] > 0
