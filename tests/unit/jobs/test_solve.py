"""Hands before a face and its brows: the wait for them is told of and can be ended."""

from pathlib import Path

import pytest

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import ObserveOptions, observe
from pipeline.analysis.solve import solve_face
from pipeline.engines.session import SessionPool
from pipeline.errors import Cancelled
from pipeline.jobs.progress import Progress
from pipeline.jobs.solve import with_brows, with_hands
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir, provider="cpu")


@pytest.fixture(scope="module")
def covered(media_dir: Path, pool: SessionPool) -> tuple[PlateReader, TrackObservations]:
    """Three frames in which a hand lies before the face."""
    reader = open_plate(media_dir / "WolfgangLanger_Pexels.mp4")
    (track,) = observe(reader, pool, ObserveOptions(start=101, stop=104))
    return reader, track


def test_hands_are_counted_frame_by_frame(covered: tuple[PlateReader, TrackObservations], pool: SessionPool) -> None:
    told: list[Progress] = []
    found = with_hands(covered[1], covered[0], pool, told.append)
    assert sorted(found.occlusion) == [101, 102, 103]
    assert told == [
        Progress("following hands", 0, 0),
        *(Progress("cutting out hands", done, 3) for done in (1, 2, 3)),
    ]


@pytest.mark.parametrize("after", [0, 2])
def test_a_wish_to_stop_is_heard_among_the_hands(
    covered: tuple[PlateReader, TrackObservations], pool: SessionPool, after: int
) -> None:
    told: list[Progress] = []
    with pytest.raises(Cancelled, match="analysis is kept"):
        with_hands(covered[1], covered[0], pool, told.append, lambda: len(told) > after)
    assert len(told) == after + 1


def test_brows_are_followed_frame_by_frame_unless_stopped(media_dir: Path, pool: SessionPool) -> None:
    told: list[Progress] = []
    with open_plate(media_dir / "single_face.mp4") as reader:
        (track,) = observe(reader, pool, ObserveOptions(stop=12, hands=None))
        solve = solve_face(track)
        found = with_brows(solve, reader, progress=told.append)
        assert found.key != solve.key
        assert told[-12:] == [Progress("following brows", done, 12) for done in range(1, 13)]
        with pytest.raises(Cancelled, match="analysis is kept"):
            with_brows(solve, reader, cancelled=lambda: True)
