"""Everybody in the plate on a line: chosen, given an identity, shared, split, merged, left alone; all undoable."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from editor.app.editor import Editor
from editor.panels.faces_panel import FacesPanel
from pipeline.project.balance import balanced
from pipeline.project.project import FaceTrack, Identity, MotionSource, Source
from pipeline.project.storage import load_project, save_project
from pipeline.project.track_piece import TrackPiece
from tests.ui.stand_in import SIZE, level


@pytest.fixture
def opened(editor: Editor, project_file: Path) -> Editor:
    """A project with two identities whose one face takes the most prominent of three tracks."""
    stored = load_project(project_file)
    (project_file.parent / "b.png").touch()
    bert = Identity(id="identity-2", name="Bert", sources=(Source(path="b.png", sha256="2" * 64),))
    project = stored.project
    save_project(stored.changed(replace(project, identities=(*project.identities, bert))), project_file)
    editor.window.session.open(project_file)
    editor.window.bring_panel("faces")
    return editor


def faces(editor: Editor) -> tuple[FaceTrack, ...]:
    return editor.window.document.project.faces


def lines(editor: Editor) -> list[list[str]]:
    items = editor.window.faces.list
    found = [items.topLevelItem(i) for i in range(items.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in found if item is not None]


def choose(editor: Editor, number: int) -> FacesPanel:
    panel = editor.window.faces
    panel.list.setCurrentIndex(panel.list.model().index(number, 0))
    return panel


def chosen(editor: Editor) -> str:
    item = editor.window.faces.list.currentItem()
    return "" if item is None else item.text(0)


def pick_identity(panel: FacesPanel, name: str) -> None:
    number = panel.identity.findText(name)
    panel.identity.setCurrentIndex(number)
    panel.identity.activated.emit(number)


def merge_with(panel: FacesPanel, number: int) -> None:
    panel.merge_menu().actions()[number].trigger()


def test_faces_come_first_then_the_tracks_that_nobody_takes(opened: Editor) -> None:
    assert lines(opened) == [
        ["face-1", "0 – 119", "Ada", "1.00"],
        ["track 5", "130 – 199", "as in the plate", ""],
        ["track 3", "20 – 59", "as in the plate", ""],
    ]


def test_every_line_shows_its_face_cut_from_the_plate(opened: Editor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.window.cast.portrait(3) is not None)
    portrait = opened.window.cast.portrait(5)
    assert portrait is not None
    assert (portrait.width(), portrait.height()) == (36, 36), "the box of 24 pixels with half as much around it"
    assert portrait.toImage().pixelColor(18, 18).red() == level(132)
    assert SIZE[0] > 36


def test_a_track_becomes_the_face_that_is_worked_on_when_it_gets_an_identity(opened: Editor) -> None:
    panel = choose(opened, 1)
    assert not panel.share.isVisible()
    assert not panel.split.isVisible()
    pick_identity(panel, "Bert")
    assert [(each.track, each.identity) for each in faces(opened)] == [(None, "identity-1"), (5, "identity-2")]
    assert opened.window.selection.face == faces(opened)[1]
    assert panel.share.isVisible()
    opened.run("edit.undo_step")
    assert len(faces(opened)) == 1
    assert len(lines(opened)) == 3


def test_another_identity_or_none_goes_onto_a_face_and_its_keyframes_stay(opened: Editor) -> None:
    panel = choose(opened, 0)
    before = faces(opened)[0]
    pick_identity(panel, "Bert")
    assert faces(opened)[0] == replace(before, identity="identity-2")
    pick_identity(panel, "The performer's own face")
    assert faces(opened)[0] == replace(before, identity=None)


def test_the_chosen_line_is_the_face_in_hand_both_ways(opened: Editor) -> None:
    pick_identity(choose(opened, 1), "Ada")
    choose(opened, 0)
    assert opened.window.selection.face == faces(opened)[0]
    opened.run("face.go_next")
    assert chosen(opened) == "face-2"
    opened.run("face.go_next")
    assert chosen(opened) == "face-1"


def test_a_face_is_shared_and_left_alone(opened: Editor) -> None:
    panel = choose(opened, 0)
    panel.share.setValue(0.25)
    assert faces(opened)[0].share == 0.25
    panel.ignored.click()
    assert faces(opened)[0].ignored
    assert panel.ignored.isChecked()
    assert lines(opened)[0][2] == "as in the plate"
    panel.ignored.click()
    assert not faces(opened)[0].ignored


def test_a_face_is_split_at_the_playhead_and_merged_again(opened: Editor) -> None:
    opened.window.playhead.go(70)
    before = faces(opened)[0]
    choose(opened, 0).split.click()
    assert [each.pieces for each in faces(opened)] == [
        (TrackPiece(track=0, last=69),),
        (TrackPiece(track=0, first=70),),
    ]
    assert [line[1] for line in lines(opened)[:2]] == ["0 – 69", "70 – 119"]
    assert opened.window.selection.face == faces(opened)[1]
    merge_with(choose(opened, 0), 0)
    assert faces(opened) == (replace(before, track=0),)
    opened.run("edit.undo_step")
    opened.run("edit.undo_step")
    assert faces(opened) == (before,)


def test_where_a_face_is_not_seen_it_is_not_split_and_that_is_said(opened: Editor) -> None:
    opened.window.playhead.go(150)
    choose(opened, 0).split.click()
    assert len(faces(opened)) == 1
    assert "seen in frames 0 to 119" in opened.window.notices.texts[-1]


def test_only_people_who_are_never_seen_together_are_offered_for_merging(opened: Editor) -> None:
    panel = choose(opened, 0)
    assert [each.text() for each in panel.merge_menu().actions()] == ["track 5, 130 – 199"]
    merge_with(panel, 0)
    assert faces(opened)[0].pieces == (TrackPiece(track=0), TrackPiece(track=5))
    assert lines(opened)[0][1] == "0 – 199"
    assert not choose(opened, 1).merge.isVisible(), "track 3 is seen with everybody"


def test_a_track_that_is_merged_from_its_own_line_goes_to_the_face(opened: Editor) -> None:
    merge_with(choose(opened, 1), 0)
    assert faces(opened)[0].pieces == (TrackPiece(track=0), TrackPiece(track=5))
    assert chosen(opened) == "face-1"


def test_a_face_wears_another_clips_expression_as_far_as_is_said(opened: Editor, project_file: Path) -> None:
    panel = choose(opened, 0)
    assert not panel.motion.gain.isVisible()
    panel.motion.clip_wanted.emit(project_file.parent / "smile.mp4")
    assert faces(opened)[0].motion == MotionSource(path="smile.mp4")
    assert panel.motion.source.text() == "smile.mp4"
    panel.motion.gain.setValue(0.6)
    panel.motion.frame.setValue(12)
    assert faces(opened)[0].motion == MotionSource(path="smile.mp4", frame=12, gain=0.6)
    panel.motion.frame.setValue(-1)
    assert faces(opened)[0].motion == MotionSource(path="smile.mp4", gain=0.6)
    panel.motion.source.menu().actions()[1].trigger()
    assert faces(opened)[0].motion is None
    assert not panel.motion.gain.isVisible()


def test_a_face_is_balanced_as_the_command_does_it_and_the_balance_taken_away(opened: Editor, qtbot: QtBot) -> None:
    before = opened.window.document.project
    qtbot.waitUntil(lambda: opened.window.traces.buckets is not None)
    opened.run("face.set_balance")
    qtbot.waitUntil(lambda: bool(faces(opened)[0].curves))
    course = np.linspace(0, 1, 200, dtype=np.float32).tolist()
    assert opened.window.document.project == balanced(before, "face-1", range(200), course).project
    opened.run("face.remove_balance")
    assert opened.window.document.project == before
    opened.run("face.remove_balance")
    assert "no keys of a balance" in opened.window.notices.texts[-1]


def test_an_edit_of_keys_leaves_the_lines_alone(opened: Editor) -> None:
    item, person = opened.window.faces.list.topLevelItem(0), opened.window.identity.people.topLevelItem(0)
    opened.window.playhead.go(70)
    opened.run("keyframe.toggle_here")
    assert opened.window.faces.list.topLevelItem(0) is item
    assert opened.window.identity.people.topLevelItem(0) is person
