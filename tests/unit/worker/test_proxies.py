"""A dragged playhead is shown proxies, once they are made; everything else is made of the plate itself."""

import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.client import FrameReady
from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.messages import FrameFacts, JobDone, Kept, Progress
from pipeline.media.output_file import writing
from pipeline.media.plate_view import view_of
from pipeline.media.proxy_file import write_proxy
from pipeline.media.reader import open_plate
from tests.unit.worker.conftest import Listener, Place, looking_at, own_project

FRAMES = (3, 40, 71, 12)


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> Iterator[Place]:
    """A project whose analysed plate has one sync frame in 72, which is long enough for proxies."""
    folder = tmp_path_factory.mktemp("proxies")
    lay_analysis(folder)
    own = folder / "media"
    own.mkdir()
    for name in ("single_face.mp4", "synthetic_portrait.png"):
        shutil.copy(media_dir / name, own)
    with own_project(folder, own) as made:
        yield made


@pytest.fixture
def at(place: Place) -> Iterator[Listener]:
    with looking_at(place) as made:
        yield made


def own_pictures(place: Place) -> dict[int, ImageU8]:
    with open_plate(place.folder / place.project.plates[0].path) as reader:
        view = view_of(reader.info)
        return {frame: view.rgb8(reader.read(frame)) for frame in FRAMES}


def with_proxies(at: Listener) -> list[Progress]:
    job = at.client.make_proxies("plate-1")
    at.until(JobDone, lambda each: each.job == job)
    return [each for each in at.heard if isinstance(each, Progress) and each.job == job]


def shown(at: Listener, frame: int, **how: object) -> tuple[ImageU8, FrameFacts]:
    generation = at.client.request_frame("plate-1", frame, **{"layer": "plate", **how})  # type: ignore[arg-type]
    event = at.until(FrameReady, lambda each: each.facts.generation == generation)
    return event.picture.copy(), event.facts


def blackened(place: Place) -> None:
    """Every proxy black: whoever shows one gives itself away."""
    (film,) = (place.folder / ".likeness" / "proxies").glob("*/*.mov")
    with open_plate(film) as reader:
        pts, info = (reader.pts - reader.pts[0]).tolist(), reader.info
    black = np.zeros((info.height, info.width, 3), np.uint8)
    write_proxy(film, ((ticks, black) for ticks in pts), Fraction(30), info.time_base)


def test_a_dragged_frame_is_its_own_proxy_and_the_plates_picture_once_it_is_kept(at: Listener, place: Place) -> None:
    own = own_pictures(place)
    assert not shown(at, FRAMES[0], dragged=True, max_size=(320, 320))[1].proxy
    progress = with_proxies(at)
    assert progress[-1].done == progress[-1].total == 72
    for frame in FRAMES:
        picture, facts = shown(at, frame, dragged=True)
        assert (facts.proxy, facts.frame, facts.layer, facts.size) == (True, frame, "plate", (640, 360))
        errors = {other: float(np.abs(picture.astype(int) - own[other]).mean()) for other in FRAMES}
        assert min(errors, key=errors.__getitem__) == frame
        exact, facts = shown(at, frame)
        assert not facts.proxy
        assert np.array_equal(exact, own[frame])
        again, facts = shown(at, frame, dragged=True)
        assert not facts.proxy
        assert np.array_equal(again, own[frame])


def test_they_are_found_again_and_gone_with_their_folder(at: Listener, place: Place) -> None:
    with_proxies(at)
    at.heard.clear()
    assert with_proxies(at) == []
    for film in (place.folder / ".likeness" / "proxies").glob("*/*.mov"):
        film.unlink()
    assert not shown(at, 55, dragged=True)[1].proxy


def test_a_replaced_plate_shows_none_of_the_old_one(at: Listener, place: Place) -> None:
    with_proxies(at)
    assert shown(at, 33, dragged=True)[1].proxy
    file = place.folder / place.project.plates[0].path
    content = file.read_bytes()
    with writing(file) as anew:
        anew.write(content)
    assert not shown(at, 34, dragged=True)[1].proxy


def test_nothing_but_a_dragged_picture_is_made_of_a_proxy(at: Listener, place: Place) -> None:
    with_proxies(at)
    blackened(place)
    picture, facts = shown(at, 21, dragged=True)
    assert facts.proxy
    assert picture.max() < 30
    own = own_pictures(place)
    for frame in FRAMES:
        assert np.array_equal(shown(at, frame)[0], own[frame])
        for layer in ("result", "matte", "difference"):
            drawn, facts = shown(at, frame, layer=layer)
            assert not facts.proxy
            assert layer != "result" or np.abs(drawn.astype(int) - own[frame]).mean() < 20
        assert not shown(at, frame, layer="matte", dragged=True)[1].proxy
    at.client.prefetch("plate-1", range(18, 24), layer="plate")
    at.until(Kept, lambda each: each.ranges[-1][1] == 24)
    assert shown(at, 21)[0].mean() > 30
    job = at.client.filmstrip("plate-1", [5, 30], (64, 64))
    strip = at.until(FrameReady, lambda each: each.facts.generation == job)
    assert strip.picture.mean() > 30


@pytest.mark.long
def test_an_export_is_the_same_with_proxies_and_without(at: Listener, place: Place) -> None:
    films = [place.folder / name for name in ("without.mkv", "with.mkv")]
    for film in films:
        job = at.client.render("plate-1", film, first="20", last="22", preset="ffv1-lossless")
        at.until(JobDone, lambda each, job=job: each.job == job)  # type: ignore[misc]
        with_proxies(at)
        blackened(place)
    assert film_pictures(films[0]) == film_pictures(films[1])


def film_pictures(film: Path) -> list[bytes]:
    with open_plate(film) as reader:
        return [b"".join(plane.tobytes() for plane in reader.read(frame).data) for frame in range(reader.info.frames)]
