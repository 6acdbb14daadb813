"""Frames arrive in order, each once; failed ones are replaced by rule, and errors of the job end it."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import FrameUnreadable, MediaUnreadable, ModelChanged, NoFace
from pipeline.imaging.planes import Planes
from pipeline.media.frame_packing import picture_of
from pipeline.media.output_format import output_format
from pipeline.media.plate_reader import PlateReader
from pipeline.media.presets import load_preset
from pipeline.media.reader import open_plate
from pipeline.render.frame_feed import FedFrame, FrameFeed
from tests.film_maker import luma_of, make_film, number_in


class DamagedReader(PlateReader):
    """A real reader some of whose frames cannot be decoded."""

    def __init__(self, reader: PlateReader, damaged: set[int]) -> None:
        super().__init__(reader.info, reader.pts)
        self._reader = reader
        self._damaged = damaged

    def close(self) -> None:
        self._reader.close()

    def read(self, frame: int) -> Planes:
        if frame in self._damaged:
            raise FrameUnreadable(f"Frame {frame} is damaged.", frame)
        return self._reader.read(frame)

    def frames(self, start: int = 0, stop: int | None = None) -> Generator[Planes | FrameUnreadable, None, None]:
        for frame in range(start, self.info.frames if stop is None else stop):
            try:
                yield self.read(frame)
            except FrameUnreadable as error:
                yield error


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PlateReader]:
    with open_plate(make_film(tmp_path / "plate.mkv", frames=20, codec="ffv1")) as plate:
        yield plate


def same(planes: Planes) -> Planes:
    return planes


def inverted(planes: Planes) -> Planes:
    return planes.with_data((np.asarray(255 - planes.data[0], np.uint8), *planes.data[1:]))


def fed(
    reader: PlateReader, render: Callable[[Planes], Planes] = same, span: tuple[int, int] = (0, 20), threads: int = 1
) -> list[FedFrame]:
    target = output_format(load_preset("ffv1-lossless"), reader.info)
    with FrameFeed(reader, render, target, threads) as feed:
        return list(feed.run(*span))


def shown(frame: FedFrame) -> int:
    return number_in(luma_of(frame.picture))


@pytest.mark.parametrize("threads", [1, 3])
def test_frames_come_in_order_each_once(reader: PlateReader, threads: int) -> None:
    frames = fed(reader, span=(3, 17), threads=threads)
    assert [each.frame for each in frames] == list(range(3, 17))
    assert [shown(each) for each in frames] == list(range(3, 17))


def test_several_frames_are_rendered_at_a_time(reader: PlateReader) -> None:
    both = threading.Barrier(2, timeout=120)

    def meets_another(planes: Planes) -> Planes:
        both.wait()
        return planes

    assert len(fed(reader, meets_another, threads=2)) == 20


def test_a_frame_that_fails_shows_the_plate_and_is_recorded(reader: PlateReader) -> None:
    def fails_on_five(planes: Planes) -> Planes:
        if planes.frame == 5:
            raise NoFace("No face in frame 5.")
        return inverted(planes)

    frames = fed(reader, fails_on_five)
    assert frames[5].failure is not None
    assert (frames[5].failure.shown, frames[5].failure.rendered) == (5, False)
    assert "No face" in frames[5].failure.reason
    assert np.array_equal(luma_of(frames[5].picture), luma_of(picture_of(reader.read(5))))
    assert [each.frame for each in frames if each.failure] == [5]


def test_a_damaged_frame_repeats_the_last_good_one_as_rendered(reader: PlateReader) -> None:
    frames = fed(DamagedReader(reader, {7, 8}), inverted)
    for damaged in (7, 8):
        failure = frames[damaged].failure
        assert failure is not None
        assert (failure.frame, failure.shown, failure.rendered) == (damaged, 6, True)
        assert np.array_equal(luma_of(frames[damaged].picture), luma_of(frames[6].picture))
    assert frames[9].failure is None


@pytest.mark.parametrize("start", [8, 7])
def test_what_stands_in_does_not_depend_on_where_a_run_begins(reader: PlateReader, start: int) -> None:
    damaged = DamagedReader(reader, {7, 8})
    whole, late = fed(damaged, inverted), fed(damaged, inverted, (start, 20))
    for one, other in zip(whole[start:], late, strict=True):
        assert one.failure == other.failure
        assert np.array_equal(luma_of(one.picture), luma_of(other.picture))


def test_damage_at_the_start_shows_the_first_good_frame(reader: PlateReader) -> None:
    frames = fed(DamagedReader(reader, {0, 1}))
    assert [shown(each) for each in frames[:3]] == [2, 2, 2]


def test_a_plate_without_one_good_frame_is_refused(reader: PlateReader) -> None:
    with pytest.raises(MediaUnreadable, match="throughout"):
        fed(DamagedReader(reader, set(range(20))))


@pytest.mark.parametrize("error", [ModelChanged("The model was changed."), ValueError("a fault in the program")])
def test_what_concerns_every_frame_ends_the_job(reader: PlateReader, error: Exception) -> None:
    def fails(planes: Planes) -> Planes:
        raise error

    with pytest.raises(type(error)):
        fed(reader, fails)


def test_no_more_is_decoded_than_can_be_rendered(reader: PlateReader) -> None:
    decoded: list[int] = []

    class Counting(DamagedReader):
        def read(self, frame: int) -> Planes:
            decoded.append(frame)
            return super().read(frame)

    target = output_format(load_preset("ffv1-lossless"), reader.info)
    with FrameFeed(Counting(reader, set()), same, target, 1) as feed:
        frames = feed.run(0, 20)
        next(frames)
        time.sleep(0.05)
        assert len(decoded) <= 11
        frames.close()
