"""Pictures to look at: a plate's alpha channel, and what is assumed of an untagged plate."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.document_parts import DocumentParts
from pipeline.ipc.messages import FrameFacts, Layer
from pipeline.ipc.requests import SetDocument
from pipeline.jobs.render_request import Compute
from pipeline.project.project import Plate, Project
from pipeline.project.timebase import Rational
from pipeline.worker.darkroom import Darkroom, Wanted
from pipeline.worker.desks import Desks
from pipeline.worker.document import WorkingDocument
from pipeline.worker.pictures import Pictures
from pipeline.worker.proxy_shelf import ProxyShelf
from pipeline.worker.stages import Stages
from tests.film_maker import make_film

UNTAGGED = (0, 2, 2, 2)
Shown = Callable[[Path, Layer, str | None], tuple[ImageU8, FrameFacts]]


@pytest.fixture
def shown() -> Iterator[Shown]:
    """The second frame of a plate at a path, in a layer and a colour space."""
    made: list[Darkroom] = []

    def show(path: Path, layer: Layer, colour_space: str | None) -> tuple[ImageU8, FrameFacts]:
        plate = Plate(
            id="p",
            path=path.name,
            sha256="0" * 64,
            frames=3,
            width=1,
            height=1,
            rate=Rational(25),
            colour_space=colour_space,
        )
        parts, contents = DocumentParts().split(Project(plates=(plate,)))
        document = WorkingDocument()
        place = str(path.with_name("a.likeness"))
        document.take(SetDocument(revision=1, path=place, parts=parts, contents=contents))
        desks = Desks(document, 1, lambda desk: None)
        compute = Compute("cpu", 1, 1 << 20)
        made.append(Darkroom(document, desks, Pictures(), Stages(), ProxyShelf(), compute, lambda *_: None))
        done = made[-1].make(Wanted("p", 1, layer, "draft", None), lambda: None)
        return done.picture, done.facts

    yield show
    for each in made:
        each.close()


@pytest.mark.parametrize(("form", "rotation", "size"), [("yuva420p", 0, (48, 32)), ("yuva444p10le", 90, (32, 48))])
def test_alpha_is_shown_as_grey_and_turned_as_the_plate_is(
    shown: Shown, tmp_path: Path, form: str, rotation: int, size: tuple[int, int]
) -> None:
    name = "a.mov" if rotation else "a.mkv"
    path = make_film(tmp_path / name, 3, (48, 32), "prores_ks" if rotation else "ffv1", form, rotation=rotation)
    picture, facts = shown(path, "alpha", None)
    assert picture.shape == (size[1], size[0], 3)
    assert facts.layer == "alpha"
    assert np.abs(picture.astype(int) - 136).max() <= 1, "what the film was made with"


def test_without_an_alpha_channel_that_is_said(shown: Shown, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match="no alpha channel"):
        shown(make_film(tmp_path / "a.mp4", 3, (48, 32)), "alpha", None)


def test_what_an_untagged_plate_does_not_state_is_named_until_somebody_chooses(shown: Shown, tmp_path: Path) -> None:
    path = make_film(tmp_path / "untagged.mp4", 3, (48, 32), tags=UNTAGGED)
    assert shown(path, "plate", None)[1].assumed == ("matrix", "transfer", "primaries")
    assert shown(path, "plate", "rec709")[1].assumed == ()
    assert shown(make_film(tmp_path / "tagged.mp4", 3, (48, 32)), "plate", None)[1].assumed == ()
