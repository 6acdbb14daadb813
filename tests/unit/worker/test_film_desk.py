"""Another film beside the plate: which of its frames is seen, and what is said where none is."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from queue import Queue

import msgspec
import pytest

from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.document_parts import DocumentParts
from pipeline.ipc.messages import Exports, FrameFacts, FrameFailed
from pipeline.ipc.requests import SetDocument, WantFilm
from pipeline.project.project import Plate, Project, Quality
from pipeline.project.timebase import Rational
from pipeline.provenance.export_log import ExportEntry, Shows, log_export
from pipeline.worker.document import WorkingDocument
from pipeline.worker.film_desk import FilmDesk, frame_beside
from tests.film_maker import make_film, number_in

FIRST = 8
PLATE_SHA = "cd" * 32
Answer = tuple[ImageU8, FrameFacts] | FrameFailed | Exports


@dataclass
class Bench:
    """A desk, and what it answers."""

    desk: FilmDesk
    heard: Queue[Answer]
    folder: Path
    generation: int = 0

    def ask(self, frame: int, film: Path | None = None) -> Answer:
        self.generation += 1
        name = None if film is None else str(film)
        self.desk.want(WantFilm(generation=self.generation, plate="p", frame=frame, film=name, max_size=None))
        return self.heard.get(timeout=120)

    def number(self, frame: int, film: Path | None = None) -> int:
        """The number that the film's picture bears."""
        answer = self.ask(frame, film)
        assert isinstance(answer, tuple), answer
        assert answer[1].frame == frame
        return number_in(answer[0].mean(axis=2))

    def words(self, frame: int, film: Path | None = None) -> str:
        """Why there is no picture."""
        answer = self.ask(frame, film)
        assert isinstance(answer, FrameFailed)
        return answer.error.message


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A plate of 24 frames at 25 a second."""
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    make_film(tmp_path / "plate.mp4", 24)
    plate = Plate(id="p", path="plate.mp4", sha256=PLATE_SHA, frames=24, width=160, height=96, rate=Rational(25))
    document, heard = WorkingDocument(), Queue[Answer]()
    parts, contents = DocumentParts().split(Project(plates=(plate,)))
    document.take(SetDocument(revision=1, path=str(tmp_path / "a.likeness"), parts=parts, contents=contents))

    def failed(message: msgspec.Struct) -> None:
        assert isinstance(message, FrameFailed | Exports)
        heard.put(message)

    desk = FilmDesk(document, failed, lambda picture, facts: heard.put((picture, facts)))
    yield Bench(desk, heard, tmp_path)
    desk.close()


def exported(
    bench: Bench,
    name: str,
    plate_sha256: str = PLATE_SHA,
    quality: Quality | None = None,
    shows: Shows = "result",
) -> Path:
    """A film that the log knows as a result of the plate's frames 8 to 19, in another time base and not from 0."""
    stamps = [7 + 24 * number for number in range(12)]
    film = make_film(bench.folder / name, times=stamps, time_base=Fraction(1, 600))
    log_export(
        ExportEntry(
            result=str(film),
            result_sha256="ab" * 32,
            plate_sha256=plate_sha256,
            sources_sha256=(),
            consent_sha256=None,
            credentials="",
            first_frame=FIRST,
            last_frame=FIRST + 11,
            failed_frames=(),
            quality=quality,
            shows=shows,
        )
    )
    return film


def test_the_last_export_is_laid_where_it_was_rendered_from(bench: Bench) -> None:
    assert "export a result first" in bench.words(8)
    exported(bench, "first.mp4")
    last = exported(bench, "last.mp4")
    exported(bench, "of another plate.mp4", "ee" * 32)
    assert [bench.number(frame) for frame in (8, 19, 12)] == [0, 11, 4]
    assert bench.words(7) == "last.mp4 shows frames 8 to 19 of the plate, not 7."
    assert "not 20" in bench.words(20)
    assert bench.number(9, last) == 1, "chosen by name, an export lies where it did"
    last.unlink()
    answer = bench.ask(8)
    assert isinstance(answer, tuple)
    assert answer[1].film.endswith("first.mp4"), "an export that is gone is none"


def test_any_other_film_begins_with_the_plate_and_a_larger_one_does_not_fit(bench: Bench) -> None:
    slow = make_film(bench.folder / "slow.mp4", 6, rate=Fraction(25, 2))
    assert [bench.number(frame, slow) for frame in (0, 1, 2, 11)] == [0, 0, 1, 5]
    assert "slow.mp4 shows frames 0 to 11 of the plate" in bench.words(12, slow)
    large = make_film(bench.folder / "large.mp4", 2, (320, 192))
    assert "large.mp4 is 320 × 192 and the plate 160 × 96" in bench.words(0, large)
    assert "gone.mp4" in bench.words(0, bench.folder / "gone.mp4")
    assert bench.number(0, slow) == 0, "and goes on"


def test_the_latest_request_alone_is_answered(bench: Bench) -> None:
    film = exported(bench, "a.mp4")
    for generation, frame in enumerate(range(8, 19), start=1):
        bench.desk.want(WantFilm(generation=generation, plate="p", frame=frame, film=str(film), max_size=(80, 80)))
    seen: list[FrameFacts] = []
    while not seen or seen[-1].frame != 18:
        answer = bench.heard.get(timeout=120)
        assert isinstance(answer, tuple)
        assert answer[0].shape == (48, 80, 3)
        seen.append(answer[1])
    assert len(seen) <= 3


def test_times_that_a_container_rounds_count_as_the_frame_s_own() -> None:
    rate = Fraction(24000, 1001)
    plate = [number / rate for number in range(100)]
    rounded = [Fraction(round(number / rate * 1000), 1000) for number in range(100)]
    assert [frame_beside(rounded, plate, 0, frame) for frame in range(100)] == list(range(100))
    assert frame_beside([Fraction(0)], plate, 3, 3) == 0, "a still"
    assert frame_beside([Fraction(0)], plate, 3, 4) is None


def test_the_exports_that_are_still_there_are_told_the_newest_first(bench: Bench) -> None:
    def told() -> list[tuple[str, Quality | None]]:
        bench.desk.tell_exports("p")
        answer = bench.heard.get(timeout=120)
        assert isinstance(answer, Exports)
        assert all((each.first, each.last) == (FIRST, FIRST + 11) and each.time for each in answer.exports)
        return [(Path(each.path).name, each.quality) for each in answer.exports]

    assert told() == []
    exported(bench, "long ago.mp4")
    first = exported(bench, "a.mp4", quality="draft")
    exported(bench, "b.mp4", quality="draft")
    exported(bench, "of another plate.mp4", "ee" * 32)
    exported(bench, "a.mp4", quality="final")
    exported(bench, "matte.mp4", shows="matte")
    assert told() == [("a.mp4", "final"), ("b.mp4", "draft"), ("long ago.mp4", None)]
    first.unlink()
    assert told() == [("b.mp4", "draft"), ("long ago.mp4", None)]
    assert bench.ask(FIRST)[1].film.endswith("b.mp4"), "a matte is no result to compare with"  # type: ignore[index]
