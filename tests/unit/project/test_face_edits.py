"""Identities go onto tracks; what was done to a face stays with it, whoever it becomes."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError
from pipeline.project.consent import Consent
from pipeline.project.face_edits import (
    assign_face,
    give_identity,
    identity_of,
    ignore_face,
    merge_faces,
    merge_track,
    pin_track,
    record_consent,
    share_face,
    split_face,
)
from pipeline.project.key_edits import set_at_keyframe
from pipeline.project.keyframe_edits import add_keyframe
from pipeline.project.project import Project, Source
from pipeline.project.recipe import recipe_for, recipe_of
from pipeline.project.track_piece import TrackPiece
from tests.unit.project.documents import one_face

ANNA = (Source(path="anna.jpg", sha256="a" * 64),)
BERT = (Source(path="bert.jpg", sha256="b" * 64), Source(path="bert.mp4", sha256="c" * 64, frame=9))


@dataclass(frozen=True)
class Cast:
    project: Project
    plate: str
    anna: str
    bert: str


@pytest.fixture
def cast() -> Cast:
    """A plate whose tracks 0 and 2 have identities."""
    project = replace(one_face(), faces=(), identities=(), performers=())
    project, anna = identity_of(project, "anna", ANNA, None)
    project, bert = identity_of(project, "bert", BERT, None)
    plate = project.plates[0].id
    project, _ = assign_face(project, plate, 0, anna)
    project, _ = assign_face(project, plate, 2, bert)
    return Cast(project, plate, anna, bert)


def test_every_track_gets_a_face_and_a_performer_of_its_own(cast: Cast) -> None:
    faces = cast.project.faces
    assert [(each.track, each.identity) for each in faces] == [(0, cast.anna), (2, cast.bert)]
    assert len({each.id for each in faces}) == len({each.performer for each in faces}) == 2
    assert {each.performer for each in faces} == {each.id for each in cast.project.performers}


def test_the_same_sources_are_one_identity(cast: Cast) -> None:
    again, identity = identity_of(cast.project, "somebody", ANNA, None)
    assert identity == cast.anna
    assert again == cast.project


def test_another_identity_on_a_track_keeps_what_was_done_there_and_touches_nobody_else(cast: Cast) -> None:
    face = cast.project.faces[0].id
    keyed = add_keyframe(cast.project, face, 10)
    keyed = set_at_keyframe(keyed, face, "shape", 10, 0.4)
    changed, assigned = assign_face(keyed, cast.plate, 0, cast.bert)
    assert assigned == replace(keyed.faces[0], identity=cast.bert)
    assert changed.faces[1:] == keyed.faces[1:]
    assert (changed.identities, changed.performers) == (keyed.identities, keyed.performers)


def test_an_ignored_face_is_not_drawn_until_it_is_taken_back_or_assigned_anew(cast: Cast) -> None:
    first = cast.project.faces[0].id
    without = ignore_face(cast.project, first)
    assert [each.face for each in recipe_for(without, cast.plate, 0).faces] == [cast.project.faces[1].id]
    assert ignore_face(without, first, ignored=False) == cast.project
    assert assign_face(without, cast.plate, 0, cast.anna)[0] == cast.project


def test_a_share_changes_nothing_that_is_drawn(cast: Cast) -> None:
    face = cast.project.faces[1].id
    shared = share_face(cast.project, face, 0.25)
    assert [each.share for each in shared.faces] == [1.0, 0.25]
    assert recipe_for(shared, cast.plate, 5) == recipe_for(cast.project, cast.plate, 5)
    with pytest.raises(ProjectError, match="from 0 to 1"):
        share_face(cast.project, face, 1.5)


def test_what_is_not_there_is_named(cast: Cast) -> None:
    with pytest.raises(ProjectError, match=f"There are: {cast.anna}, {cast.bert}"):
        assign_face(cast.project, cast.plate, 1, "identity-9")
    with pytest.raises(ProjectError, match="no plate"):
        assign_face(cast.project, "plate-9", 1, cast.anna)
    with pytest.raises(ProjectError, match="Which face is meant"):
        ignore_face(cast.project, None)


def test_a_face_that_was_taken_away_leaves_its_name_free(cast: Cast) -> None:
    fewer = replace(cast.project, faces=cast.project.faces[1:])
    more, face = assign_face(fewer, cast.plate, 5, None)
    assert face.id == "face-1"
    assert len({each.id for each in more.faces}) == 2


def keyed(cast: Cast) -> Project:
    """The first face with keyframes at 10 and 40, and a key on each."""
    face = cast.project.faces[0].id
    project = cast.project
    for frame, value in ((10, 0.4), (40, 0.9)):
        project = set_at_keyframe(add_keyframe(project, face, frame), face, "shape", frame, value)
    return project


def test_a_split_face_is_two_that_look_as_before_each_with_its_keyframes(cast: Cast) -> None:
    project = keyed(cast)
    whole = project.faces[0]
    project, new = split_face(project, whole.id, 30)
    kept = project.faces[0]
    assert (kept.pieces, new.pieces) == ((TrackPiece(track=0, last=29),), (TrackPiece(track=0, first=30),))
    assert project.faces[:2] == (kept, new), "drawn one after the other, where the one face was"
    assert ([k.frame for k in kept.keyframes], [k.frame for k in new.keyframes]) == ([10], [40])
    for frame in (5, 20, 35, 90):
        assert recipe_of(kept, frame) == recipe_of(whole, frame)
        assert replace(recipe_of(new, frame), face=whole.id) == recipe_of(whole, frame)
    assert merge_faces(project, kept.id, new.id) == keyed(cast), "merging takes it back"


def test_who_agreed_to_the_performer_before_a_split_did_not_agree_for_the_one_after(cast: Cast) -> None:
    face = cast.project.faces[0].id
    agreed = Consent(who="Ada", scope="test", date="2026-11-21", statement="yes")
    project = record_consent(give_identity(cast.project, face, None), face, agreed)
    project, new = split_face(project, face, 30)
    performers = {each.id: each.consent for each in project.performers}
    assert (performers[project.faces[0].performer], performers[new.performer]) == (agreed, None)


def test_a_merged_face_keeps_its_own_look_and_takes_the_others_tracks_and_keyframes(cast: Cast) -> None:
    anna, bert = (each.id for each in cast.project.faces)
    project = add_keyframe(keyed(cast), bert, 70)
    merged = merge_faces(project, bert, anna)
    assert [each.id for each in merged.faces] == [bert]
    face = merged.faces[0]
    assert face.pieces == (TrackPiece(track=0), TrackPiece(track=2))
    assert (face.identity, face.curves) == (cast.bert, {})
    assert [each.frame for each in face.keyframes] == [10, 40, 70]
    assert [each.id for each in merged.performers] == [face.performer]


def test_a_face_takes_a_track_that_nobody_has_and_pieces_may_be_parted_again(cast: Cast) -> None:
    face = cast.project.faces[0].id
    project = merge_track(cast.project, face, 1)
    assert project.faces[0].pieces == (TrackPiece(track=0), TrackPiece(track=1))
    project, new = split_face(project, face, 50)
    assert new.pieces == (TrackPiece(track=0, first=50), TrackPiece(track=1, first=50))
    project, newest = split_face(project, new.id, 80)
    assert newest.pieces == (TrackPiece(track=0, first=80), TrackPiece(track=1, first=80))
    assert merge_faces(project, new.id, newest.id).faces[1].pieces == new.pieces
    with pytest.raises(ProjectError, match="merge the faces"):
        merge_track(project, face, 2)
    with pytest.raises(ProjectError, match="leave nothing"):
        split_face(project, face, 60)
    with pytest.raises(ProjectError, match="leave nothing"):
        split_face(project, newest.id, 400)


def test_the_most_prominent_face_is_split_once_its_track_is_known() -> None:
    project = one_face(200, (0, 50, 100))
    with pytest.raises(ProjectError, match="analyse first"):
        split_face(project, None, 60)
    pinned = pin_track(project, None, 4)
    assert split_face(project, None, 60, track=4) == split_face(pinned, None, 60)
    assert pin_track(pinned, None, 7) == pinned
    with pytest.raises(ProjectError, match="analyse first"):
        merge_track(project, None, 3)
