"""Another version beside the document: drawn as it would be were it open, and nothing of the document's goes for it."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from pipeline.client import FrameReady, WorkerBack
from pipeline.imaging.arrays import ImageU8
from pipeline.ipc.messages import VERSION_PANE, FrameFailed
from pipeline.project.project import Project, Source
from tests.unit.worker.conftest import Listener, Place, looking_at

FRAME = 20


@pytest.fixture(scope="module")
def both(place: Place) -> Iterator[tuple[Listener, Listener]]:
    """Two clients, each with a worker that has the place's faces ready."""
    with looking_at(place) as made, looking_at(place) as other:
        for each in (made, other):
            shown(each)
        yield made, other


@pytest.fixture
def at(both: tuple[Listener, Listener], place: Place) -> Iterator[Listener]:
    """A client that shows the document as it is, and no version beside it."""
    both[0].client.update(place.project, place.path)
    yield both[0]
    both[0].client.end_version()


@pytest.fixture
def opened(both: tuple[Listener, Listener], place: Place) -> Callable[[Project], ImageU8]:
    """What a worker of its own shows with a version open."""

    def show(version: Project) -> ImageU8:
        both[1].client.open_project(version, place.path)
        return shown(both[1]).picture

    return show


def edited(project: Project, likeness: float) -> Project:
    face = project.faces[0]
    return replace(project, faces=(replace(face, settings=replace(face.settings, likeness=likeness)),))


def with_photo(project: Project, path: Path) -> Project:
    identity = project.identities[0]
    return replace(project, identities=(replace(identity, sources=(Source(path=str(path), sha256="ab" * 32),)),))


def shown(at: Listener, frame: int = FRAME, version: bool = False) -> FrameReady:
    """The complete picture of a frame."""
    pane = VERSION_PANE if version else "result"
    generation = at.client.request_frame("plate-1", frame, pane=pane, version=version)
    return at.until(FrameReady, lambda each: each.facts.generation == generation and not each.facts.missing)


def test_a_version_is_drawn_as_if_it_were_open_and_edits_leave_it_alone(
    at: Listener, place: Place, opened: Callable[[Project], ImageU8]
) -> None:
    earlier = edited(place.project, 0.3)
    number = at.client.set_version(earlier, place.path)
    first = shown(at, version=True)
    assert (first.facts.pane, first.facts.revision) == (VERSION_PANE, number)
    assert np.array_equal(first.picture, opened(earlier))

    at.client.update(edited(place.project, 0.6), place.path)
    assert not np.array_equal(shown(at).picture, first.picture)
    assert np.array_equal(shown(at, version=True).picture, first.picture)
    at.client.update(place.project, place.path)
    assert shown(at).facts.source == "memory", "an undone edit's picture is found beside a version's"

    at.client.update(earlier, place.path)
    same = shown(at)
    assert same.facts.source == "memory", "what both draw alike is drawn once"
    assert np.array_equal(same.picture, first.picture)


def test_a_version_with_another_photo_leaves_the_documents_faces_ready(
    at: Listener, place: Place, media_dir: Path, opened: Callable[[Project], ImageU8]
) -> None:
    other = with_photo(place.project, media_dir / "single_face.jpg")
    at.client.set_version(other, place.path)
    beside = shown(at, version=True)
    # A picture that isn't kept: its faces must be.
    at.heard.clear()
    at.client.update(edited(place.project, 0.77), place.path)
    generation = at.client.request_frame("plate-1", FRAME)
    first = at.until(FrameReady, lambda each: each.facts.generation == generation)
    assert first.facts.missing == ""
    assert not np.array_equal(first.picture, beside.picture)
    assert np.array_equal(shown(at, version=True).picture, beside.picture)
    assert np.array_equal(beside.picture, opened(other))

    at.client.end_version()
    generation = at.client.request_frame("plate-1", FRAME, pane=VERSION_PANE, version=True)
    assert at.until(FrameFailed).generation == generation


def test_a_version_without_its_photo_or_plate_says_so_and_the_document_is_shown(at: Listener, place: Place) -> None:
    lost = replace(place.project, plates=(replace(place.project.plates[0], path="gone.mp4"),))
    for version, word in ((with_photo(place.project, place.folder / "gone.png"), "gone.png"), (lost, "gone.mp4")):
        at.client.set_version(version, place.path)
        at.client.request_frame("plate-1", FRAME, pane=VERSION_PANE, version=True)
        failed = at.until(FrameFailed)
        assert (failed.pane, failed.error.kind) == (VERSION_PANE, "MediaNotFound")
        assert word in failed.error.message
        assert shown(at).facts.layer == "result"


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_fresh_worker_draws_the_version_too(at: Listener, place: Place) -> None:
    at.client.set_version(edited(place.project, 0.3), place.path)
    before = shown(at, 24, version=True)
    pid = at.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    at.until(WorkerBack)
    assert np.array_equal(shown(at, 24, version=True).picture, before.picture)
