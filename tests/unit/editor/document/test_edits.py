"""What the editor's edits do to a document, and how far they reach."""

from datetime import date

from editor.document import edits, identity_steps
from editor.document.document import Document
from editor.document.edits import touched_span
from pipeline.project.consent import read_consent
from pipeline.project.correction import Correction
from pipeline.project.key_edits import value_of
from pipeline.project.keyframe_edits import accept_correction
from pipeline.project.parameter_table import parameter_named
from pipeline.project.proposal import Proposal

GRAIN = parameter_named("grain")
SHAPE = parameter_named("shape")
WHOLE = range(200)


def values(document: Document) -> list[float]:
    return [value_of(document.project.faces[0], GRAIN, frame) for frame in WHOLE]


def test_a_value_at_a_keyframe_fades_out_to_its_neighbours(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 1.4}, [50], "keyframe", WHOLE)
    found = values(document)
    assert found[50] == 1.4
    assert found[0] == found[100] == GRAIN.default
    touched = [frame for frame in WHOLE if found[frame] != GRAIN.default]
    (span,) = touched_span(document.project.faces[0], [50], "keyframe", WHOLE, 200)
    assert set(touched) <= set(span)


def test_a_value_in_the_range_touches_no_frame_beyond(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 1.4}, [50], "range", range(20, 61))
    found = values(document)
    assert {found[frame] for frame in range(20, 61)} == {1.4}
    assert {found[frame] for frame in (*range(20), *range(61, 200))} == {GRAIN.default}


def test_a_value_for_the_shot_is_everywhere_and_one_step(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 1.4, SHAPE: 0.3}, [50], "shot", WHOLE)
    assert set(values(document)) == {1.4}
    assert value_of(document.project.faces[0], SHAPE, 7) == 0.3
    assert document.undo_stack.count() == 1


def test_a_value_beyond_the_bounds_is_held(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 99.0}, [50], "shot", WHOLE)
    assert set(values(document)) == {GRAIN.highest}


def test_removed_keyframes_take_their_keys_with_them(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 1.4}, [50], "keyframe", WHOLE)
    edits.remove_keyframes(document, "face-1", [50])
    face = document.project.faces[0]
    assert [each.frame for each in face.keyframes] == [0, 100]
    assert set(values(document)) == {GRAIN.default}


def test_removing_the_only_keys_of_a_curve_brings_the_constant_back(document: Document) -> None:
    edits.set_values(document, "face-1", {GRAIN: 1.4}, [50], "keyframe", WHOLE)
    edits.remove_keyframes(document, "face-1", [0, 50, 100])
    assert document.project.faces[0].curves == {}


def test_a_keyframe_is_set_and_taken_away_by_the_same_edit(document: Document) -> None:
    edits.toggle_keyframe(document, "face-1", 70)
    assert 70 in [each.frame for each in document.project.faces[0].keyframes]
    edits.toggle_keyframe(document, "face-1", 70)
    assert 70 not in [each.frame for each in document.project.faces[0].keyframes]


def test_proposals_are_taken_in_and_reviewed_keyframes_stay(document: Document) -> None:
    edits.review(document, "face-1", [50], "approved", "good")
    found = Proposal(frame=20, kind="blink", score=0.5, reasons=("lids shut",), region="eyes")
    edits.take_proposals(document, {"face-1": [found]})
    keyframes = document.project.faces[0].keyframes
    assert [(each.frame, each.status, each.note) for each in keyframes] == [(20, "open", ""), (50, "approved", "good")]


def test_a_proposed_correction_is_accepted_in_one_step_that_can_be_taken_back(document: Document) -> None:
    correction = Correction(parameter="AU25", first=16, last=28, keys=((20, 1.4), (24, 0.6)))
    found = Proposal(frame=22, kind="lip_sync", score=0.5, reasons=("shut",), region="mouth", correction=correction)
    edits.take_proposals(document, {"face-1": [found]})
    before = document.project
    assert edits.accept_corrections(document, "face-1", [22, 50])
    assert document.project == accept_correction(before, "face-1", 22)
    assert not edits.accept_corrections(document, "face-1", [22, 50]), "nothing is proposed any more"
    document.undo_stack.undo()
    assert document.project == before


def test_consent_is_recorded_with_the_identity(document: Document) -> None:
    consent = read_consent("Ada agreed to this film.", date(2026, 1, 2))
    identity_steps.record_consent(document, document.project.identities[0], consent)
    assert document.project.identities[0].consent == consent
    document.undo_stack.undo()
    assert document.project.identities[0].consent is None
