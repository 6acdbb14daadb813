"""Keyframes while a plate is analysed: told in time, within their share, and without a trace in what is observed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count, repeat
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.journal import MemoryJournal
from pipeline.analysis.observe import ObserveOptions, SeenFrame, observe
from pipeline.analysis.tracklet import Tracklet
from pipeline.engines.session import SessionPool
from pipeline.jobs import early_keyframes
from pipeline.jobs.early_keyframes import EarlyFind, EarlyKeyframes
from pipeline.media.plate_reader import PlateReader
from pipeline.media.reader import open_plate
from pipeline.project.detection import DetectionOptions
from tests.film_maker import make_film
from tests.unit.project.documents import one_face

FACES = one_face(72).faces
FRAMES = 32


@dataclass
class Recorder:
    """Keeps what it is shown, and shows it to others."""

    others: list[EarlyKeyframes] = field(default_factory=list)
    seen: list[SeenFrame] = field(default_factory=list)

    def see(self, seen: SeenFrame) -> None:
        self.seen.append(replace(seen, followed=tuple(seen.followed), rows=tuple(seen.rows)))
        for each in self.others:
            each.see(seen)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is worth its time after every third of a second, and the last fifth of one is unsure."""
    monkeypatch.setattr(early_keyframes, "EVERY_S", 0.3)
    monkeypatch.setattr(early_keyframes, "UNSURE_S", 0.19)


@pytest.fixture(scope="module")
def reader(media_dir: Path) -> Iterator[PlateReader]:
    with open_plate(media_dir / "single_face.mp4") as opened:
        yield opened


def eager(reader: PlateReader, told: list[EarlyFind]) -> EarlyKeyframes:
    """One that always has the time for a look."""
    clock = chain([0.0], repeat(1e9))
    return EarlyKeyframes(reader, DetectionOptions(), lambda: FACES, told.append, lambda: next(clock))


@pytest.fixture(scope="module")
def recorded(reader: PlateReader, models_dir: Path) -> list[SeenFrame]:
    recorder = Recorder()
    observe(reader, SessionPool(models_dir), ObserveOptions(stop=FRAMES), onlooker=recorder)
    return recorder.seen


def test_a_pass_that_is_looked_at_observes_the_same_to_the_bit(reader: PlateReader, models_dir: Path) -> None:
    pool, told = SessionPool(models_dir), list[EarlyFind]()
    alone, watched = MemoryJournal(), MemoryJournal()
    options = ObserveOptions(stop=12, chunk_frames=6)
    before = observe(reader, pool, options, journal=alone)
    after = observe(reader, pool, options, journal=watched, onlooker=eager(reader, told))
    assert told
    assert [each.key() for each in after] == [each.key() for each in before]
    assert watched.resume_point() == alone.resume_point()
    assert np.array_equal(watched.change(), alone.change(), equal_nan=True)


def test_keyframes_are_told_before_the_pass_is_done_and_again_as_it_goes_on(
    reader: PlateReader, recorded: list[SeenFrame]
) -> None:
    told: list[EarlyFind] = []
    looking = eager(reader, told)
    reached: list[int] = []
    for each in recorded:
        looking.see(each)
        reached += [each.frame] * (len(told) - len(reached))
    assert [each.face for each in told] == ["face-1"] * len(told)
    assert len(told) >= 2
    assert [each.start for each in told] == [0] * len(told)
    assert [each.stop for each in told] == [at - 5 for at in reached], "the last fifth of a second may still change"
    for find in told:
        first, *_ = find.proposals
        assert (first.frame, first.kind, first.reasons[0]) == (0, "first", "first frame of the face")
        assert all(one.frame < find.stop and one.kind != "last" for one in find.proposals)


def test_a_long_plate_is_looked_at_in_its_latest_stretch(
    reader: PlateReader, recorded: list[SeenFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_keyframes, "WINDOW", 24)
    told: list[EarlyFind] = []
    looking = eager(reader, told)
    for each in recorded:
        looking.see(each)
    assert told[-1].start > told[0].start == 0
    assert told[-1].start <= told[-2].stop, "no frame is left out"
    assert all(each.kind != "first" for each in told[-1].proposals), "nothing begins where only the look begins"


def test_another_person_takes_the_place_of_what_was_told_before(
    reader: PlateReader, recorded: list[SeenFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_keyframes, "WINDOW", 16)
    told: list[EarlyFind] = []
    looking = eager(reader, told)
    for each in recorded:
        looking.see(each)
    first, before = recorded[0].followed[0], len(told)
    stranger = Tracklet(1, FRAMES, first.region, first.points, first.exponent)
    stranger.remember(np.asarray(np.random.default_rng(1).normal(size=len(first.embedding_sum)), np.float32))
    for each in recorded:
        frame = FRAMES + each.frame
        rows = [
            (1, replace(row, frame=frame, points=row.points * 3)) for _, row in each.rows if row.frame == each.frame
        ]
        looking.see(replace(each, frame=frame, rows=rows, followed=[stranger], starts_shot=each.frame == 0))
    (changed,) = [each for each in told[before:] if each.start == 0]
    assert changed.stop > FRAMES, "the face is somebody else now, who is seen larger"
    assert all(each.frame >= FRAMES for each in changed.proposals)


def test_all_looks_together_take_a_small_share_of_the_pass(tmp_path: Path) -> None:
    path, frames = tmp_path / "long.mkv", 900
    make_film(path, frames=frames, size=(32, 18))
    spent, now = 0.0, 0.0
    looks: list[int] = []

    def look() -> tuple[()]:
        nonlocal spent, now
        cost = 0.1 + 0.0005 * min(frame, early_keyframes.WINDOW)
        spent, now = spent + cost, now + cost
        looks.append(frame)
        return ()

    with open_plate(path) as reader:
        looking = EarlyKeyframes(reader, DetectionOptions(), look, lambda found: None, lambda: now)
        for frame in range(frames):
            now += 0.04
            picture = np.zeros((9, 16, 3), np.uint8)
            looking.see(SeenFrame(frame, picture, 0.0, frame == 0, (), ()))
    assert looks[0] < 0.1 * frames
    assert len(looks) > 2
    assert spent <= 0.03 * 0.04 * frames


def test_a_short_plate_has_no_time_for_a_look(reader: PlateReader, recorded: list[SeenFrame]) -> None:
    told: list[EarlyFind] = []
    clock = count()
    looking = EarlyKeyframes(reader, DetectionOptions(), lambda: FACES, told.append, lambda: 0.03 * next(clock))
    for each in recorded:
        looking.see(each)
    assert told == []
