"""What the review bar says of proposals."""

from editor.panels.review_bar import proposal_text
from pipeline.project.correction import Correction
from pipeline.project.keyframe import Keyframe


def lip_sync(frame: int, correction: Correction | None) -> Keyframe:
    return Keyframe(frame=frame, origin="detected", kind="lip_sync", correction=correction)


def test_a_proposal_is_told_by_the_inspectors_names_with_values_and_frames() -> None:
    gap = lip_sync(22, Correction(parameter="AU25", first=16, last=28, keys=((20, 1.4), (24, 0.6))))
    talk = lip_sync(40, Correction(parameter="", preset="talk", first=36, last=44, keys=((40, 0.8),)))
    assert proposal_text([gap]) == "Proposed: Lips apart 0.6 to 1.4, frames 16 to 28"
    assert proposal_text([talk, lip_sync(50, None)]) == "Proposed: Expression talk 0.8, frames 36 to 44"
    other = lip_sync(22, Correction(parameter="AU99", first=16, last=28, keys=((20, 1.4),)))
    assert proposal_text([other]) == "Proposed: AU99 1.4, frames 16 to 28", "of a newer version's file"
    assert proposal_text([gap, talk]) == "2 corrections are proposed"


def test_nothing_is_told_where_nothing_is_proposed() -> None:
    assert proposal_text([]) == proposal_text([lip_sync(50, None)]) == ""
