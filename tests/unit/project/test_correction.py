"""Corrections that detection proposes: refused where they are nonsense, merged, and taken over as keys."""

import msgspec
import pytest
from msgspec.structs import replace

from pipeline.errors import ProjectError, RangeError
from pipeline.project.correction import Correction
from pipeline.project.expression_edits import with_preset
from pipeline.project.expression_preset import ExpressionPreset
from pipeline.project.key_edits import set_key
from pipeline.project.keyframe_edits import accept_correction, merge_proposals
from pipeline.project.preset_files import load_expression
from pipeline.project.project import Project, with_face
from pipeline.project.proposal import Proposal
from pipeline.project.recipe import recipe_for
from tests.unit.project.documents import one_face

LIPS = Correction(parameter="AU25", first=95, last=110, keys=((100, 1.4), (104, 0.6)))


def proposed(project: Project | None = None, correction: Correction = LIPS) -> Project:
    """A project to whose face the correction was proposed at frame 102."""
    project = project or one_face()
    proposal = Proposal(
        frame=102, kind="lip_sync", score=0.7, reasons=("voice says open",), region="mouth", correction=correction
    )
    return with_face(project, merge_proposals(project.faces[0], [proposal]))


def weight(project: Project, frame: int) -> float:
    return recipe_for(project, "plate-1", frame).faces[0].expression.AU25


def test_a_proposed_correction_changes_nothing_until_it_is_accepted() -> None:
    project = proposed()
    assert project.faces[0].keyframes[0].correction == LIPS
    assert {weight(project, frame) for frame in range(90, 120)} == {1.0}


def test_accepted_it_is_keys_between_its_ends_and_nothing_beyond() -> None:
    project = accept_correction(proposed(), None, 102)
    assert [weight(project, frame) for frame in (0, 95, 100, 104, 110, 399)] == [1.0, 1.0, 1.4, 0.6, 1.0, 1.0]
    (mark,) = project.faces[0].keyframes
    assert (mark.correction, mark.origin) == (None, "edited")
    with pytest.raises(ProjectError, match="No correction is proposed at frame 102"):
        accept_correction(project, None, 102)


def test_an_edited_curve_keeps_its_values_beyond_the_correction() -> None:
    project = one_face()
    for frame, value in ((50, 0.8), (102, 0.9), (200, 1.2)):
        project = set_key(project, None, "AU25", frame, value)
    accepted = accept_correction(proposed(project), None, 102)
    for frame in (0, 50, 80, 95, 110, 150, 200, 300):
        assert weight(accepted, frame) == pytest.approx(weight(project, frame), abs=2e-6)
    assert weight(accepted, 100) == 1.4
    assert [key.frame for key in accepted.faces[0].curves["AU25"].keys] == [50, 95, 100, 104, 110, 200]


def test_a_frame_keeps_the_correction_whatever_else_happens_there() -> None:
    face = one_face().faces[0]
    apex = Proposal(frame=102, kind="apex", score=0.9, reasons=("smile",), region="mouth")
    told = Proposal(frame=102, kind="lip_sync", score=0.5, reasons=("lips",), region="mouth", correction=LIPS)
    (mark,) = merge_proposals(face, [apex, told]).keyframes
    assert (mark.kind, mark.correction, mark.reasons) == ("apex", LIPS, ("smile", "lips"))


TALK = Correction(parameter="", preset="talk", first=95, last=110, keys=((102, 0.6),))


def test_accepted_a_preset_s_strength_brings_the_preset_onto_the_face_in_the_same_change() -> None:
    project = accept_correction(proposed(correction=TALK), None, 102)
    (face,) = project.faces
    assert face.presets == {"preset_1": load_expression("talk")}
    strengths = [recipe_for(project, "plate-1", frame).faces[0].strengths.preset_1 for frame in (0, 95, 102, 110, 399)]
    assert strengths == [0.0, 0.0, 0.6, 0.0, 0.0]
    assert (face.keyframes[0].correction, face.keyframes[0].origin) == (None, "edited")


def test_a_face_that_has_a_preset_of_that_name_keeps_it_as_it_is_and_where_it_is() -> None:
    own = ExpressionPreset(name="talk", activations={"AU26": 0.3})
    project, _ = with_preset(one_face(), None, load_expression("smile"))
    project, place = with_preset(project, None, own)
    face = accept_correction(proposed(project, TALK), None, 102).faces[0]
    assert face.presets[place] == own
    assert {*face.curves} == {place} == {"preset_2"}


def test_a_face_without_a_place_left_says_so_and_stays_as_it_is() -> None:
    project = one_face()
    for number in range(8):
        project, _ = with_preset(project, None, ExpressionPreset(name=f"own-{number}", activations={"AU26": 0.3}))
    with pytest.raises(ProjectError, match="already has 8 expressions"):
        accept_correction(proposed(project, TALK), None, 102)


@pytest.mark.parametrize(
    "fields",
    [
        {"keys": ()},
        {"parameter": ""},
        {"preset": "talk"},
        {"keys": ((104, 1.0), (100, 1.0))},
        {"keys": ((94, 1.0),)},
        {"keys": ((111, 1.0),)},
        {"keys": ((-1, 1.0),)},
    ],
)
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    values = {**msgspec.to_builtins(LIPS), **fields}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(values, type=Correction)


def test_what_the_parameter_or_the_plate_does_not_have_is_refused() -> None:
    for correction in (replace(LIPS, parameter="AU99"), replace(LIPS, keys=((100, 1.7),))):
        with pytest.raises(ProjectError):
            accept_correction(proposed(correction=correction), None, 102)
    with pytest.raises(RangeError):
        accept_correction(proposed(correction=replace(LIPS, last=400)), None, 102)
    with pytest.raises(ProjectError, match="is no keyframe"):
        accept_correction(proposed(), None, 7)
