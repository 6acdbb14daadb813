"""Faces made ready in the background: another photo costs the photo, whatever else the worker is at."""

from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from pipeline.analysis.kept_analysis import open_analysis
from pipeline.ipc.messages import Said, Working
from pipeline.jobs.analyse import options_for
from pipeline.jobs.digests import digests_of
from pipeline.jobs.faces import MeshFace
from pipeline.jobs.progress import StageClock, never_cancelled, no_note, no_progress
from pipeline.jobs.ready_faces import ready_faces, recast_faces
from pipeline.jobs.render_request import Compute, RenderRequest, request_of
from pipeline.jobs.source_choice import source_choice
from pipeline.jobs.workbench import Workbench
from pipeline.media.reader import open_plate
from pipeline.render.frame import FrameRenderer
from pipeline.worker.desk import Desk
from pipeline.worker.document import WorkingDocument
from pipeline.worker.preparer import Preparer, PreparerParts
from pipeline.worker.turnstile import Turnstile
from tests.unit.worker.conftest import PATIENCE_S, Place

COMPUTE = Compute("cpu", 2)


@dataclass(frozen=True)
class Sat:
    """A workbench on which the place's faces were made ready."""

    bench: Workbench
    faces: list[MeshFace]


@pytest.fixture(scope="module")
def request_of_place(place: Place) -> RenderRequest:
    return request_of(place.project, place.path, place.folder / "preview", quality="draft", compute=COMPUTE)


def with_photo(request: RenderRequest, photo: Path) -> RenderRequest:
    return replace(request, faces=tuple(replace(face, sources=(source_choice(str(photo)),)) for face in request.faces))


def made_ready(request: RenderRequest, bench: Workbench) -> list[MeshFace]:
    with open_plate(request.plate) as reader:
        digests, frames = digests_of(request, reader.info), range(reader.info.frames)
        return ready_faces(request, reader, frames, digests, no_progress, never_cancelled, StageClock(), no_note, bench)


@pytest.fixture(scope="module")
def sat(request_of_place: RenderRequest) -> Sat:
    bench = Workbench("cpu")
    return Sat(bench, made_ready(request_of_place, bench))


def preparer_of(bench: Workbench, told: "Queue[object]") -> Preparer:
    """`told`: desks that are ready, messages, and "idle"."""
    parts = PreparerParts(WorkingDocument(), bench, Turnstile(), COMPUTE, told.put)
    return Preparer(parts, told.put, lambda: told.put("idle"))


def until_idle(told: "Queue[object]") -> list[object]:
    return list(iter(lambda: told.get(timeout=PATIENCE_S), "idle"))


def drawn(desk: Desk, faces: tuple[MeshFace, ...]) -> bytes:
    planes = FrameRenderer(desk.view, faces, None).render(desk.reader.read(20)).planes
    return b"".join(np.ascontiguousarray(plane).tobytes() for plane in planes.data)


def test_another_photo_waits_for_no_match_and_its_picture_is_that_of_a_fresh_start(
    request_of_place: RenderRequest, sat: Sat, media_dir: Path
) -> None:
    bench, before, told = sat.bench, sat.faces, Queue[object]()
    wanted = with_photo(request_of_place, media_dir / "single_face.jpg")
    desk = Desk("plate-1", wanted.plate, None, 1)
    preparer = preparer_of(bench, told)
    try:
        info = desk.reader.info
        viewed = digests_of(wanted, info).viewed
        # A final render that matches holds both for minutes.
        with bench.busy, open_analysis(wanted.project_folder, viewed, options_for(range(info.frames))):
            preparer.poke(desk, wanted)
            assert desk in until_idle(told)
        recast = desk.choice(wanted).faces
        assert recast is not None
        assert recast[0].prepared.calm is before[0].prepared.calm, "the plate's own face is read once"
        fresh = drawn(desk, tuple(made_ready(wanted, Workbench("cpu"))))
        assert drawn(desk, recast) == fresh
        assert drawn(desk, tuple(before)) != fresh
    finally:
        preparer.close()
        desk.close()


def test_faces_are_ready_before_anything_is_said_of_their_photos(
    request_of_place: RenderRequest, sat: Sat, media_dir: Path
) -> None:
    photos = tuple(source_choice(str(media_dir / name)) for name in ("synthetic_portrait.png", "single_face.jpg"))
    wanted = replace(request_of_place, faces=tuple(replace(each, sources=photos) for each in request_of_place.faces))
    desk, told = Desk("plate-1", wanted.plate, None, 1), Queue[object]()
    preparer = preparer_of(sat.bench, told)
    try:
        preparer.poke(desk, wanted)
        heard = until_idle(told)
        said = [each for each in heard if isinstance(each, Said)]
        assert [each.text.split()[0] for each in said] == ["single_face.jpg"], "it shows somebody else"
        assert heard.index(desk) < heard.index(said[0])
    finally:
        preparer.close()
        desk.close()


def test_without_the_plates_own_face_nothing_is_recast(request_of_place: RenderRequest) -> None:
    with open_plate(request_of_place.plate) as reader:
        frames, digests = range(reader.info.frames), digests_of(request_of_place, reader.info)
    assert recast_faces(request_of_place, frames, digests, never_cancelled, Workbench("cpu")) is None


def test_a_version_beside_the_document_lets_the_documents_own_faces_go_first(
    request_of_place: RenderRequest, media_dir: Path
) -> None:
    bench, told = Workbench("cpu"), Queue[object]()
    own = Desk("plate-1", request_of_place.plate, None, 1)
    beside = Desk("plate-1", request_of_place.plate, None, 1, of_version=True, lender=own)
    version = with_photo(request_of_place, media_dir / "single_face.jpg")
    preparer = preparer_of(bench, told)

    def next_ready() -> Desk:
        return next(each for each in iter(lambda: told.get(timeout=PATIENCE_S), None) if isinstance(each, Desk))

    try:
        with bench.busy:
            preparer.poke(beside, version)
            while not isinstance(told.get(timeout=PATIENCE_S), Working):
                pass
            preparer.poke(own, request_of_place)
            assert next_ready() is beside
            assert beside.choice(version).missing == "preparation", "it gave up, and is asked for again"
            preparer.poke(beside, version)
        assert next_ready() is own
        kept = own.prepared()
        assert next_ready() is beside
        assert own.prepared() is kept is not None
        assert "Said" not in {type(each).__name__ for each in until_idle(told)}, "nobody is told of its photos"
        faces = beside.choice(version).faces
        assert faces is not None
        assert drawn(beside, faces) == drawn(own, tuple(made_ready(version, Workbench("cpu"))))
    finally:
        preparer.close()
        beside.close()
        own.close()
