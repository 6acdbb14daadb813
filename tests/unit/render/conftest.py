"""A real face made ready once for all tests of rendering."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.engines.session import SessionPool
from pipeline.imaging.planes import Plane, Planes
from pipeline.imaging.view import DisplayView
from pipeline.jobs.analyse import analyse_range
from pipeline.jobs.faces import MeshFace, prepare_faces
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render_request import FaceRequest
from pipeline.jobs.source_choice import SourceChoice
from pipeline.jobs.sources import read_sources
from pipeline.media.pixel_formats import pixel_format
from pipeline.media.plate_reader import PlateReader
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


@dataclass(frozen=True)
class Stage:
    """A plate of 12 frames with its face ready to be drawn."""

    reader: PlateReader
    view: DisplayView
    face: MeshFace


@pytest.fixture(scope="session")
def stage(media_dir: Path) -> Iterator[Stage]:
    pool = SessionPool()
    source = SourceChoice(media_dir / "synthetic_portrait.png")
    with open_plate(media_dir / "single_face.mp4") as reader:
        tracks = analyse_range(reader, pool, range(12), no_progress, never_cancelled)
        photos = [read_sources((source,), pool)]
        faces = prepare_faces([FaceRequest((source,))], photos, tracks, reader, pool)
        yield Stage(reader, view_of(reader.info), faces[0])


def in_format(planes: Planes, name: str) -> Planes:
    """The picture in another format of its family: depth shifted, chroma repeated; noise in the low bits."""
    form = pixel_format(name)
    noise = np.random.default_rng(7)
    data: list[Plane] = []
    for index, plane in enumerate(planes.data):
        if index:
            plane = plane.repeat(2 >> form.log2_chroma_h, axis=0).repeat(2 >> form.log2_chroma_w, axis=1)
        deep = np.left_shift(plane, form.depth - 8, dtype=np.uint16)
        deep += noise.integers(0, 1 << (form.depth - 8), deep.shape, np.uint16)
        data.append(deep if form.depth > 8 else deep.astype(np.uint8))
    return replace(planes, format=form, data=tuple(data))
