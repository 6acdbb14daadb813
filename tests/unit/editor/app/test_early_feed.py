"""Keyframes that come while the plate is analysed: seen and told, and never part of the document."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.document import edits
from editor.timeline.lane_words import told_at
from pipeline.ipc.messages import ErrorNotice, JobDone, JobFailed, KeyframesFound, KeyframesSoFar
from pipeline.project.detection import DetectionOptions
from pipeline.project.proposal import Proposal
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.ui.stand_in import StandInClient
from tests.unit.project.documents import one_face

JOB = 7000


def proposal(frame: int, kind: str = "apex") -> Proposal:
    return Proposal(frame=frame, kind=kind, score=0.7, reasons=(f"smile at {frame}",), region="mouth")  # type: ignore[arg-type]


def so_far(*frames: int, start: int = 0, stop: int = 200, job: int = JOB) -> KeyframesSoFar:
    proposals = tuple(map(proposal, frames))
    return KeyframesSoFar(job=job, face="face-1", start=start, stop=stop, proposals=proposals)


@pytest.fixture
def analysing(editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """A new project whose analysis, job 7000, goes on; that of keyframes is 7001."""
    asked = list[DetectionOptions | None]()

    def analyse(client: StandInClient, plate: str, options: DetectionOptions | None = None) -> int:
        client.asked.append(("analyse", options))
        asked.append(options)
        return JOB

    monkeypatch.setattr(StandInClient, "analyse", analyse)
    monkeypatch.setattr(StandInClient, "find_keyframes", lambda client, options=None: JOB + 1)
    path = tmp_path / "new.likeness"
    for name in ("a.mp4", "x.png"):
        (tmp_path / name).touch()
    save_project(StoredProject(one_face(200), {}), path)
    assert editor.window.session.open(path)
    assert asked == [DetectionOptions()]
    return editor


def seen(editor: Editor) -> list[int]:
    face = editor.window.document.project.faces[0]
    return [each.frame for each in editor.window.timeline.early.shown(face).keyframes]


def hear(editor: Editor, event: object) -> None:
    editor.window.bridge._hear(event)  # type: ignore[arg-type]


def words_at(editor: Editor, frame: int) -> str:
    view = editor.window.timeline
    return told_at(view, QPointF(view.area().left() + view.scale.x(frame + 0.5), view.face_lane(0).center().y()))


def test_what_is_found_so_far_is_seen_and_told_and_is_no_edit(analysing: Editor) -> None:
    window = analysing.window
    hear(analysing, so_far(20, 60))
    assert seen(analysing) == [20, 60]
    assert "smile at 60" in words_at(analysing, 60)
    assert "Found so far" in words_at(analysing, 60)
    hear(analysing, so_far(70, 90, start=50))
    assert seen(analysing) == [20, 70, 90], "what was said of a stretch is replaced by what is said of it now"
    assert not window.document.unsaved
    assert window.document.undo_stack.count() == 0
    assert load_project(window.document.path).project == window.document.project  # type: ignore[arg-type]


def test_the_analysis_own_keyframes_take_their_place_as_one_step(analysing: Editor) -> None:
    document = analysing.window.document
    hear(analysing, so_far(20, 60))
    hear(analysing, JobDone(job=JOB))
    assert seen(analysing) == [20, 60], "they stay until the others are there"
    hear(analysing, KeyframesFound(job=JOB + 1, face="face-1", proposals=(proposal(21), proposal(61))))
    assert seen(analysing) == []
    assert [each.frame for each in document.project.faces[0].keyframes] == [21, 61]
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert seen(analysing) == []
    assert document.project.faces[0].keyframes == ()


def test_a_keyframe_set_meanwhile_stays_and_answers_for_those_beside_it(analysing: Editor) -> None:
    document = analysing.window.document
    hear(analysing, so_far(20, 60))
    edits.toggle_keyframe(document, "face-1", 61)
    assert seen(analysing) == [20]
    assert "Found so far" not in words_at(analysing, 61)
    hear(analysing, JobDone(job=JOB))
    hear(analysing, KeyframesFound(job=JOB + 1, face="face-1", proposals=(proposal(20), proposal(60))))
    assert [(each.frame, each.origin) for each in document.project.faces[0].keyframes] == [
        (20, "detected"),
        (61, "manual"),
    ]


@pytest.mark.parametrize("kind", ["Cancelled", "MediaUnreadable"])
def test_an_analysis_that_ends_early_leaves_nothing(analysing: Editor, kind: str) -> None:
    hear(analysing, so_far(20, 60))
    hear(analysing, JobFailed(job=JOB, error=ErrorNotice(kind=kind, message="Stopped.")))
    assert seen(analysing) == []
    hear(analysing, so_far(30))
    assert seen(analysing) == [], "nothing more comes of it"


def test_nothing_stays_of_keyframes_that_could_not_be_found(analysing: Editor) -> None:
    hear(analysing, so_far(20, 60))
    hear(analysing, JobDone(job=JOB))
    hear(analysing, JobFailed(job=JOB + 1, error=ErrorNotice(kind="NoFace", message="Nobody is seen.")))
    assert seen(analysing) == []


def test_another_project_has_none_of_them(analysing: Editor, project_file: Path) -> None:
    hear(analysing, so_far(20, 60))
    analysing.window.session.open(project_file)
    assert seen(analysing) == []
    hear(analysing, so_far(30, job=JOB - 1))
    assert seen(analysing) == []


def test_a_face_with_keyframes_is_analysed_again_without_proposing(analysing: Editor, project_file: Path) -> None:
    analysing.window.session.open(project_file)
    client = StandInClient.made[-1]
    assert [options for what, options in client.asked if what == "analyse"] == [DetectionOptions(), None]


def test_a_click_on_one_goes_to_it(analysing: Editor, qtbot: QtBot) -> None:
    window = analysing.window
    hear(analysing, so_far(20, 60))
    view = window.timeline
    at = QPointF(view.area().left() + view.scale.x(60.5) + 4, view.face_lane(0).center().y())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert window.playhead.frame == 60
    assert window.selection.frames == ()
