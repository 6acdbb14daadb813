"""How strongly a face expresses something, as one number a frame."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.analysis.action_units import CHANNELS
from pipeline.analysis.activation import activation
from tests.unit.analysis.signal_maker import RATE, bump, still_face, with_units

FRAMES = 120


def laughing(height: float) -> dict[str, np.ndarray]:
    return {
        channel.name: bump(FRAMES, 40, 40, height * channel.scale)
        for channel in CHANNELS
        if channel.unit in ("AU7", "AU10", "AU12", "AU16", "AU25")
    }


def test_a_face_at_rest_has_none_and_a_laugh_has_much() -> None:
    still = activation(still_face(FRAMES))
    assert (still == 0).all()
    found = activation(with_units(still_face(FRAMES), laughing(1.0)))
    assert found.argmax() in range(56, 65)
    assert found.max() > 0.6
    assert found[:30].max() < 0.01


def test_a_stronger_expression_has_more_and_one_of_many_units_more_than_one_of_one() -> None:
    face = still_face(FRAMES)
    half, whole = (activation(with_units(face, laughing(height))).max() for height in (0.5, 1.0))
    one = activation(with_units(face, {"AU12L": bump(FRAMES, 40, 40, 0.6)})).max()
    assert one < half < whole <= 1


def test_covered_frames_take_what_is_around_them() -> None:
    face = with_units(still_face(FRAMES), laughing(1.0))
    clear = np.ones(FRAMES, np.bool_)
    clear[55:66] = False
    covered = replace(face, clear=clear, units=np.where(clear[:, None], face.units, 9.0))
    assert np.abs(activation(covered) - activation(face)).max() < 0.15


def test_a_short_smile_counts_for_as_much_at_every_frame_rate() -> None:
    slow = with_units(still_face(FRAMES), {"AU12L": bump(FRAMES, 50, 10, 0.6), "AU12R": bump(FRAMES, 50, 10, 0.6)})
    fast = with_units(
        still_face(2 * FRAMES, seconds=np.arange(2 * FRAMES) / (2 * RATE)),
        {"AU12L": bump(2 * FRAMES, 100, 20, 0.6), "AU12R": bump(2 * FRAMES, 100, 20, 0.6)},
    )
    assert activation(slow).max() > 0
    assert activation(fast).max() == pytest.approx(activation(slow).max(), rel=0.05)
