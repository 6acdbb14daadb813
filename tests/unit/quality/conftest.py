"""Short films to measure: an excerpt of a real clip, and what a bad renderer could make of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engines.session import SessionPool
from pipeline.imaging.planes import Planes
from pipeline.media.presets import load_preset
from pipeline.media.reader import open_plate
from pipeline.render.sequence import SequenceRequest, render_sequence

FIRST, STOP = 6, 30
"""Frames of single_face.mp4 in which a man begins to grin."""


def write_film(
    plate: Path, output: Path, frame: Callable[[Planes], Planes], start: int = 0, stop: int | None = None
) -> Path:
    """A lossless film of `plate`'s frames under `frame`."""
    request = SequenceRequest(plate, output, load_preset("ffv1-lossless"), start=start, stop=stop)
    render_sequence(request, frame, lambda number: "test", lambda state: None, lambda: False)
    return output


@pytest.fixture(scope="session")
def pool() -> SessionPool:
    return SessionPool()


@pytest.fixture(scope="session")
def excerpt(media_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """24 frames of a man who begins to grin."""
    output = tmp_path_factory.mktemp("films") / "excerpt.mkv"
    return write_film(media_dir / "single_face.mp4", output, lambda planes: planes, FIRST, STOP)


@pytest.fixture(scope="session")
def reordered(excerpt: Path) -> Callable[[str, Callable[[int], int]], Path]:
    """A film of the excerpt whose frame n shows the excerpt's frame order(n)."""
    with open_plate(excerpt) as reader:
        shown = [reader.read(frame) for frame in range(reader.info.frames)]

    def make(name: str, order: Callable[[int], int]) -> Path:
        def frame(planes: Planes) -> Planes:
            return replace(planes, data=shown[order(planes.frame)].data)

        return write_film(excerpt, excerpt.with_name(f"{name}.mkv"), frame)

    return make


@pytest.fixture(scope="session")
def film(excerpt: Path) -> Callable[[str, Callable[[Planes], Planes]], Path]:
    """The excerpt with every frame changed by a function."""
    return lambda name, frame: write_film(excerpt, excerpt.with_name(f"{name}.mkv"), frame)
