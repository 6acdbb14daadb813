"""What is seen while a plate isn't analysed yet, and once it is."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pipeline.client import FrameReady
from pipeline.ipc.arrays import unpacked
from pipeline.ipc.messages import Hello, JobDone, Progress, Tracks
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from tests.recut_film import recut
from tests.unit.worker.conftest import Listener, Place, looking_at, own_project

FRAMES, FRAME = 16, 6


@pytest.fixture
def place(tmp_path: Path, media_dir: Path) -> Iterator[Place]:
    """A project whose plate nobody has analysed."""
    plate = recut(media_dir / "single_face.mp4", tmp_path / "plate.mp4", range(14, 14 + FRAMES))
    with own_project(tmp_path, media_dir, plate) as made:
        yield made


@pytest.fixture
def at(place: Place) -> Iterator[Listener]:
    """A client whose worker has never seen the plate."""
    with looking_at(place) as made:
        yield made


def test_the_plate_is_seen_at_once_and_the_result_as_soon_as_the_plate_is_analysed(at: Listener, place: Place) -> None:
    at.client.request_frame("plate-1", FRAME, layer="plate")
    plate = at.until(FrameReady)
    assert at.heard[0] == Hello(pid=at.client.pid or 0)
    with open_plate(place.folder / place.project.plates[0].path) as reader:
        assert np.array_equal(plate.picture, view_of(reader.info).rgb8(reader.read(FRAME)))
        assert plate.facts.pts == int(reader.pts[FRAME])
    generation = at.client.request_frame("plate-1", FRAME)
    waiting = at.until(FrameReady)
    assert (waiting.facts.missing, waiting.facts.layer, waiting.facts.generation) == ("analysis", "plate", generation)
    assert np.array_equal(waiting.picture, plate.picture)
    job = at.client.analyse("plate-1")
    tracks = at.until(Tracks)
    assert [(each.seen, each.face) for each in tracks.tracks] == [(FRAMES, "face-1")]
    at.until(JobDone, lambda each: each.job == job)
    complete = at.until(FrameReady, lambda each: not each.facts.missing)
    assert (complete.facts.layer, complete.facts.generation) == ("result", generation)
    assert not np.array_equal(complete.picture, plate.picture)
    progress = [each for each in at.heard if isinstance(each, Progress) and each.job == job]
    assert progress[-1].done == progress[-1].total
    face = complete.facts.faces[0]
    assert face.face == "face-1"
    assert face.landmarks is not None
    points = unpacked(face.landmarks)
    assert points.shape == (478, 3)
    assert face.box[0] <= points[:, 0].min() + 0.01
    assert face.box[2] >= points[:, 0].max() - 0.01
