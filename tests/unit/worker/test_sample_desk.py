"""Code values under a pointer: as the media reader reads them, whatever the plate's format, turn and pixels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from queue import Queue
from typing import Any

import msgspec
import numpy as np
import OpenEXR
import pytest

from pipeline.ipc.document_parts import DocumentParts
from pipeline.ipc.messages import Layer
from pipeline.ipc.requests import SetDocument, WantSamples
from pipeline.ipc.samples import Samples
from pipeline.jobs.render_request import Compute
from pipeline.media.reader import open_plate
from pipeline.project.project import Plate, Project
from pipeline.project.timebase import Rational
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.sample_desk import SampleDesk
from pipeline.worker.stages import Stages
from tests.film_maker import make_film

FRAME = 3


@dataclass
class Bench:
    """A desk for the plate at a path."""

    path: Path
    heard: "Queue[Samples]" = field(default_factory=Queue)
    generation: int = 0

    def __post_init__(self) -> None:
        plate = Plate(id="p", path=self.path.name, sha256="0" * 64, frames=8, width=1, height=1, rate=Rational(25))
        parts, contents = DocumentParts().split(Project(plates=(plate,)))
        document = WorkingDocument()
        place = str(self.path.with_name("a.likeness"))
        document.take(SetDocument(revision=1, path=place, parts=parts, contents=contents))
        self.desks = Desks(document, 1, lambda desk: None)
        self.desk = SampleDesk(document, self.desks, Stages(), Compute("cpu", 1, 1 << 20), self._hear)

    def _hear(self, message: msgspec.Struct) -> None:
        assert isinstance(message, Samples)
        self.heard.put(message)

    def ask(self, rect: tuple[int, int, int, int], layer: Layer = "plate", frame: int = FRAME) -> Samples:
        self.generation += 1
        wanted = WantSamples(
            generation=self.generation, plate="p", frame=frame, layer=layer, quality="draft", rect=rect
        )
        self.desk.want(wanted)
        found = self.heard.get(timeout=120)
        assert (found.generation, found.frame) == (self.generation, frame)
        return found

    def close(self) -> None:
        self.desk.close()
        self.desks.close()


Opened = Callable[[Path], Bench]


@pytest.fixture
def opened() -> Iterator[Opened]:
    made: list[Bench] = []

    def open_bench(path: Path) -> Bench:
        made.append(Bench(path))
        made[-1].desks.of("p")
        return made[-1]

    yield open_bench
    for each in made:
        each.close()


def shown_planes(path: Path, turns: int) -> list[np.ndarray[Any, Any]]:
    """The frame's planes as large as its luma, turned as the picture is shown; of the reader itself."""
    with open_plate(path) as reader:
        planes = reader.read(FRAME)
    height, width = planes.data[0].shape
    large = [
        np.repeat(np.repeat(each, -(-height // each.shape[0]), 0), -(-width // each.shape[1]), 1)[:height, :width]
        for each in planes.data
    ]
    return [np.rot90(each, -turns) for each in large]


@pytest.mark.parametrize(
    ("pixel_format", "rotation", "size", "depth"),
    [("yuv420p", 0, (66, 50), 8), ("yuv422p10le", 0, (64, 48), 10), ("yuv420p10le", 90, (66, 50), 10)],
)
def test_a_pixel_s_samples_are_those_that_the_reader_reads(
    tmp_path: Path, opened: Opened, pixel_format: str, rotation: int, size: tuple[int, int], depth: int
) -> None:
    path = make_film(tmp_path / "a.mp4", 8, size, pixel_format=pixel_format, rotation=rotation)
    bench, planes = opened(path), shown_planes(path, rotation // 90)
    height, width = planes[0].shape
    for x, y in ((0, 0), (17, 30), (width - 1, height - 1), (width - 1, 0)):
        found = bench.ask((x, y, x + 1, y + 1))
        assert [each.name for each in found.channels] == ["Y", "Cb", "Cr"]
        assert [each.mean for each in found.channels] == [float(plane[y, x]) for plane in planes]
        assert (found.depth, found.kind) == (depth, "legal")
    found = bench.ask((2, 4, 30, 20))
    luma = planes[0][4:20, 2:30]
    assert found.channels[0].mean == pytest.approx(luma.mean())
    assert (found.channels[0].low, found.channels[0].high) == (luma.min(), luma.max())


def test_wide_pixels_tell_the_sample_in_whose_place_they_lie(tmp_path: Path, opened: Opened) -> None:
    path = make_film(tmp_path / "a.mp4", 8, (60, 48), pixel_aspect=Fraction(2))
    luma = shown_planes(path, 0)[0]
    bench = opened(path)
    assert bench.ask((119, 7, 120, 8)).channels[0].mean == luma[7, 59]
    assert bench.ask((40, 7, 41, 8)).channels[0].mean == luma[7, 20]


def test_half_floats_are_told_as_they_are(tmp_path: Path, opened: Opened) -> None:
    values = np.linspace(-0.5, 12.0, 4 * 6 * 3, dtype=np.float16).reshape(4, 6, 3)
    path = tmp_path / "a.exr"
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    channels = {name: np.ascontiguousarray(values[..., number]) for number, name in enumerate("RGB")}
    with OpenEXR.File(header, channels) as file:
        file.write(str(path))
    found = opened(path).ask((5, 2, 6, 3), frame=0)
    assert [each.mean for each in found.channels] == values[2, 5].astype(float).tolist()
    assert (found.kind, [each.name for each in found.channels]) == ("half", ["R", "G", "B"])


def test_the_lane_s_own_picture_is_read_and_nothing_is_decoded(tmp_path: Path, opened: Opened) -> None:
    bench = opened(make_film(tmp_path / "a.mp4", 8))
    desk = bench.desks.of("p")
    planes = desk.reader.read(FRAME)
    desk.last_decoded = planes.with_data(tuple(np.full_like(each, 99) for each in planes.data))
    assert [each.mean for each in bench.ask((0, 0, 4, 4)).channels] == [99.0] * 3
    assert bench.ask((0, 0, 4, 4), frame=FRAME + 1).channels[0].mean != 99.0, "not another frame's"


def test_a_difference_without_faces_is_none(tmp_path: Path, opened: Opened) -> None:
    bench = opened(make_film(tmp_path / "a.mp4", 8))
    found = bench.ask((3, 3, 9, 9), "difference")
    assert [(each.low, each.high) for each in found.channels] == [(0.0, 0.0)] * 3


def test_what_cannot_be_read_is_said(tmp_path: Path, opened: Opened) -> None:
    bench = opened(make_film(tmp_path / "a.mp4", 8))
    assert "does not lie inside" in bench.ask((0, 0, 4000, 1)).problem
    assert "frames 0 to 7" in bench.ask((0, 0, 1, 1), frame=80).problem
