"""A project of a short real film, and a client that collects what it hears."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.client import ClientEvent, LinkOptions, WorkerClient
from pipeline.jobs.new import new_project
from pipeline.jobs.source_choice import source_choice
from pipeline.project.project import Project

E = TypeVar("E")
PATIENCE_S = 300.0


@dataclass
class Listener:
    """A client, and the events it told, in order."""

    client: WorkerClient
    events: "queue.Queue[ClientEvent]"
    heard: list[ClientEvent] = field(default_factory=list)

    def until(self, kind: type[E], such: Callable[[E], bool] = lambda event: True) -> E:
        """The next event of a kind for which `such` holds; what came before is in `heard`."""
        end = time.monotonic() + PATIENCE_S
        while True:
            event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            self.heard.append(event)
            if isinstance(event, kind) and such(event):
                return event


def listener(options: LinkOptions | None = None) -> Listener:
    events: queue.Queue[ClientEvent] = queue.Queue()
    return Listener(WorkerClient(events.put, options), events)


@dataclass(frozen=True)
class Place:
    project: Project
    path: Path

    @property
    def folder(self) -> Path:
        return self.path.parent


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> Iterator[Place]:
    """A project whose caches and settings are its own, and whose plate is analysed."""
    folder = tmp_path_factory.mktemp("worker")
    lay_analysis(folder)
    with own_project(folder, media_dir) as made:
        yield made


@contextmanager
def looking_at(place: Place) -> Iterator[Listener]:
    """A client that shows a project, and ends with its worker."""
    made = listener()
    made.client.start()
    made.client.open_project(place.project, place.path)
    yield made
    made.client.close()


@contextmanager
def own_project(folder: Path, media_dir: Path, plate: Path | None = None) -> Iterator[Place]:
    """A project in a folder that also takes its caches and settings; without a `plate`, of single_face.mp4."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(folder / "config"))
        patch.setenv("LIKENESS_CACHE", str(folder / "cache"))
        source = source_choice(str(media_dir / "synthetic_portrait.png"))
        plate = plate or media_dir / "single_face.mp4"
        path, project = new_project(folder / "job.likeness", plate, None, [source], None)
        yield Place(project, path)
