"""Units are named once, read from what exists, and follow the face."""

from fractions import Fraction

import numpy as np

from pipeline.analysis.action_units import CHANNEL_NAMES, CHANNELS, unit_values
from pipeline.analysis.face_geometry import GEOMETRY_NAMES, face_geometry
from pipeline.analysis.shots import Shots
from pipeline.analysis.signals import face_signals
from pipeline.analysis.solve import solve_face
from pipeline.engines.landmarkers.blendshapes import NAMES
from tests.unit.analysis.excerpts import Excerpt


def test_channels_have_names_of_their_own_and_sources_that_exist() -> None:
    assert len(set(CHANNEL_NAMES)) == len(CHANNELS)
    assert all(channel.source in NAMES or channel.source in GEOMETRY_NAMES for channel in CHANNELS)
    assert {channel.source for channel in CHANNELS} >= set(GEOMETRY_NAMES)
    assert all(channel.scale > 0 for channel in CHANNELS)


def test_left_and_right_come_in_pairs() -> None:
    sided = {(c.unit, c.measured, c.side) for c in CHANNELS if c.side != "both"}
    assert {(unit, measured) for unit, measured, side in sided if side == "left"} == {
        (unit, measured) for unit, measured, side in sided if side == "right"
    }


def test_values_are_scores_and_lengths(grin: Excerpt) -> None:
    solve = solve_face(grin.track)
    geometry = face_geometry(solve)
    values = unit_values(solve.scores, geometry)
    assert np.array_equal(values[:, CHANNEL_NAMES.index("AU12L")], solve.scores[:, NAMES.index("mouthSmileLeft")])
    assert np.array_equal(values[:, CHANNEL_NAMES.index("AU25g")], geometry.lengths[:, 0])


def test_the_grin_opens_and_widens_the_mouth_and_the_blink_shuts_the_lids(grin: Excerpt) -> None:
    """Read by eye: the grin stands from 22 to 68, the lids are shut from 26 to 28."""
    geometry = face_geometry(solve_face(grin.track))
    gap, width = geometry.lengths[:, 0], geometry.lengths[:, 2]
    assert gap[30:66].min() > gap[:15].max() + 0.8
    assert width[30:66].min() > width[:15].max() + 1.0
    assert int(np.argmin(geometry.lids.mean(axis=1))) in (26, 27, 28)
    assert (np.abs(geometry.gaze) < 25).all()


def test_signals_are_in_seconds_of_presentation(grin: Excerpt) -> None:
    times = [Fraction(1001 * frame, 30000) + Fraction(1, 3) for frame in range(72)]
    change = np.linspace(0, 1, 72, dtype=np.float32)
    signals = face_signals(grin.track, solve_face(grin.track), times, Shots((0,)), change)
    assert np.allclose(signals.seconds, np.arange(72) * 1001 / 30000)
    assert np.allclose(signals.plate_change, change)
    assert signals.trust.min() == 1.0
    assert signals.clear.all()
