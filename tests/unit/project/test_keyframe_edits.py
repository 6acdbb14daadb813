"""Proposals come and go; what a person touched stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.balance import balanced
from pipeline.project.key_edits import set_at_keyframe, set_key
from pipeline.project.keyframe import Keyframe
from pipeline.project.keyframe_edits import (
    NEAR_FRAMES,
    add_keyframe,
    is_touched,
    merge_proposals,
    remove_keyframe,
    review_keyframe,
)
from pipeline.project.project import FaceTrack, Project, with_face
from pipeline.project.proposal import Proposal, ProposalKind, ProposalRegion
from tests.unit.project.documents import one_face


def proposal(frame: int, kind: ProposalKind = "apex", score: float = 0.5, region: ProposalRegion = "mouth") -> Proposal:
    return Proposal(frame=frame, kind=kind, score=score, reasons=(f"{kind} at {frame}",), region=region)


def merged(project: Project, *proposals: Proposal) -> Project:
    return with_face(project, merge_proposals(project.faces[0], proposals))


def frames(project: Project) -> list[int]:
    return [each.frame for each in project.faces[0].keyframes]


PROPOSAL = st.builds(
    proposal, st.integers(0, 120), st.sampled_from(("apex", "blink", "onset")), st.floats(0, 1, width=32)
)
PROPOSALS = st.lists(PROPOSAL, max_size=12)


def test_proposals_become_detected_keyframes_in_order() -> None:
    project = merged(one_face(), proposal(30, "blink", 0.4), proposal(9, "first", 1.0, "plate"))
    assert project.faces[0].keyframes == (
        Keyframe(frame=9, origin="detected", kind="first", score=1.0, reasons=("first at 9",)),
        Keyframe(frame=30, origin="detected", kind="blink", score=0.4, reasons=("blink at 30",)),
    )


def test_proposals_of_one_frame_are_one_keyframe_with_all_reasons() -> None:
    project = merged(one_face(), proposal(30, "blink", 0.4, "eyes"), proposal(30, "apex", 0.9))
    assert project.faces[0].keyframes == (
        Keyframe(frame=30, origin="detected", kind="apex", score=0.9, reasons=("apex at 30", "blink at 30")),
    )


def test_detection_again_replaces_only_what_nobody_touched() -> None:
    project = merged(one_face(), *(proposal(frame) for frame in (10, 40, 70, 100, 130)))
    project = set_at_keyframe(project, None, "shape", 40, 0.3)
    project = review_keyframe(project, None, 100, "approved")
    project = review_keyframe(project, None, 130, note="look at the lid")
    project = add_keyframe(project, None, 200)
    again = merged(project, proposal(12), proposal(300))
    # 10 and 70 hold the keys that keep the edit of 40 in its place.
    assert frames(again) == [10, 40, 70, 100, 130, 200, 300]
    assert [each for each in again.faces[0].keyframes if each.frame != 300] == list(project.faces[0].keyframes)
    untouched = merged(one_face(), *(proposal(frame) for frame in (10, 40, 70)))
    assert frames(merged(untouched, proposal(42))) == [42]


def test_keys_of_automatic_balance_hold_no_proposal_in_its_place() -> None:
    project = balanced(merged(one_face(), proposal(30), proposal(50)), None, [10, 30, 60], [0.0, 1.0, 0.0]).project
    assert 30 in {key.frame for curve in project.faces[0].curves.values() for key in curve.keys}
    assert frames(merged(project, proposal(36))) == [36]
    keyed = set_key(project, None, "shape", 30, 0.3)
    assert frames(merged(keyed, proposal(36))) == [30, 36]


def test_a_touched_keyframe_answers_for_its_own_event_only() -> None:
    project = review_keyframe(merged(one_face(), proposal(50)), None, 50, "approved")
    assert frames(merged(project, proposal(50 + NEAR_FRAMES))) == [50]
    assert frames(merged(project, proposal(51 + NEAR_FRAMES))) == [50, 51 + NEAR_FRAMES]
    assert frames(merged(project, proposal(52, "blink"))) == [50, 52]
    by_hand = add_keyframe(one_face(), None, 50)
    assert frames(merged(by_hand, proposal(52, "blink"))) == [50]


def test_what_was_taken_away_does_not_come_back() -> None:
    project = remove_keyframe(merged(one_face(), proposal(50), proposal(90)), None, 50)
    assert frames(merged(project, proposal(51), proposal(90))) == [90]
    assert frames(merged(project, proposal(51, "blink"), proposal(90))) == [51, 90]
    assert not remove_keyframe(add_keyframe(one_face(), None, 5), None, 5).faces[0].dismissed


@given(PROPOSALS, PROPOSALS, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 120)), max_size=4))
def test_detection_merges_whatever_was_done(
    first: list[Proposal], second: list[Proposal], deeds: list[tuple[int, int]]
) -> None:
    project = done(merged(one_face(), *first), deeds)
    track = project.faces[0]
    again = merge_proposals(track, second)
    held = {each for each in track.keyframes if is_touched(track, each)}
    assert held <= set(again.keyframes)
    assert again == merge_proposals(track, second[::-1])
    assert merge_proposals(again, second) == again
    assert replace(again, keyframes=track.keyframes) == track
    assert_every_event_is_answered(again, second)


def done(project: Project, deeds: list[tuple[int, int]]) -> Project:
    """The project after a person did this and that to it."""
    for deed, frame in deeds:
        known = frame in frames(project)
        if deed == 0:
            project = set_at_keyframe(project, None, "shape", frame, 0.4)
        elif deed == 1 and not known:
            project = add_keyframe(project, None, frame)
        elif deed == 2 and known:
            project = remove_keyframe(project, None, frame)
        elif known:
            project = review_keyframe(project, None, frame, "needs_work")
    return project


def assert_every_event_is_answered(track: FaceTrack, proposals: list[Proposal]) -> None:
    there = [*(each.frame for each in track.keyframes), *(each.frame for each in track.dismissed)]
    assert all(any(abs(frame - each.frame) <= NEAR_FRAMES for frame in there) for each in proposals)


def test_review_and_hand_set_keyframes_are_refused_where_they_cannot_be() -> None:
    project = merged(one_face(), proposal(50))
    with pytest.raises(ProjectError, match="Frame 51 of face-1 is no keyframe"):
        review_keyframe(project, None, 51, "approved")
    with pytest.raises(ProjectError, match="keyframe already"):
        add_keyframe(project, None, 50)
    with pytest.raises(RangeError, match="frames 0 to 399"):
        add_keyframe(project, None, 400)
