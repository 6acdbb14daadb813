"""Pictures are found again by what they show, and kept within their bytes."""

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from editor.document import edits, identity_steps
from editor.document.document import Document
from editor.playback.pictures import Picture, Pictures
from pipeline.ipc.messages import FrameFacts, Layer, Missing
from pipeline.project.parameter_table import parameter_named
from pipeline.project.project import with_face
from pipeline.project.timebase import Rational

GRAIN = parameter_named("grain")


def picture(frame: int, layer: Layer, missing: Missing = "") -> Picture:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    facts = FrameFacts(
        pane=layer, generation=1, plate="plate-1", frame=frame, pts=0, time_base=Rational(1), timecode="", layer=layer,
        quality="draft", size=(64, 36), missing=missing,
    )  # fmt: skip
    return Picture(frame, layer, image, facts)


@pytest.fixture
def pictures(document: Document) -> Pictures:
    return Pictures(document)


def put(pictures: Pictures, frame: int, layer: Layer, missing: Missing = "") -> Picture:
    made = picture(frame, layer, missing)
    pictures.put(pictures.key(frame, layer), made)
    return made


def test_an_undo_finds_the_old_picture_at_once(document: Document, pictures: Pictures) -> None:
    before = put(pictures, 50, "result")
    edits.set_values(document, "face-1", {GRAIN: 1.5}, [50], "keyframe", range(200))
    assert pictures.picture(50, "result") is None
    assert pictures.earlier(50, "result") is before
    document.undo_stack.undo()
    assert pictures.picture(50, "result") is before


def test_an_edit_leaves_the_plate_and_frames_beyond_it(document: Document, pictures: Pictures) -> None:
    for frame in (50, 150):
        put(pictures, frame, "plate")
        put(pictures, frame, "result")
    edits.set_values(document, "face-1", {GRAIN: 1.5}, [50], "keyframe", range(200))
    assert pictures.ready_frames("plate") == [50, 150]
    assert pictures.ready_frames("result") == [150]


def test_another_identity_makes_every_result_another(document: Document, pictures: Pictures) -> None:
    put(pictures, 50, "result")
    identity_steps.record_consent(document, document.project.identities[0], None)
    assert pictures.has(50, "result")
    face = document.project.faces[0]
    document.edit("Face", lambda project: with_face(project, replace(face, identity=None)))
    assert not pictures.has(50, "result")


def test_what_waits_for_something_is_asked_for_again(pictures: Pictures) -> None:
    asked: list[tuple[int, str]] = []
    pictures.wanted.connect(lambda frame, layer: asked.append((frame, layer)))
    put(pictures, 50, "plate")
    put(pictures, 50, "result", "analysis")
    pictures.ask(50, ("plate", "result"))
    assert asked == [(50, "result")]


def test_a_picture_that_cannot_be_made_is_not_waited_for(pictures: Pictures) -> None:
    asked: list[int] = []
    pictures.wanted_ahead.connect(lambda frame, _: asked.append(frame))
    put(pictures, 5, "result")
    pictures.fail(pictures.key(6, "result"), 6, "result", "Frame 6 cannot be decoded.")
    pictures.ask_ahead([5, 6, 7], ("result",))
    assert asked == [7]
    assert pictures.problem(6, "result") == "Frame 6 cannot be decoded."
    put(pictures, 6, "result")
    assert pictures.problem(6, "result") == ""


def test_the_oldest_pictures_go_when_the_room_is_full(document: Document) -> None:
    one = picture(0, "plate").image.sizeInBytes()
    pictures = Pictures(document, kept_bytes=3 * one)
    for frame in range(5):
        put(pictures, frame, "plate")
        pictures.picture(0, "plate")
    assert pictures.ready_frames("plate") == [0, 3, 4]


def test_a_curve_makes_every_frame_its_own_picture(document: Document, pictures: Pictures) -> None:
    def drawn(frame: int) -> object:
        """All of the key but the frame."""
        key = pictures.key(frame, "result")
        assert isinstance(key, tuple)
        return key[1:]

    assert drawn(10) == drawn(20)
    edits.set_values(document, "face-1", {GRAIN: 1.5}, [50], "keyframe", range(200))
    assert drawn(49) != drawn(50) != drawn(51)
    assert pictures.key(50, "result") == Pictures(document).key(50, "result")
