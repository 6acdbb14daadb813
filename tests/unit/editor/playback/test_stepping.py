"""Steps from keyframe to keyframe."""

from editor.playback.stepping import neighbour, next_open
from pipeline.project.keyframe import Keyframe, Status


def keyframes(**statuses: Status) -> list[Keyframe]:
    return [Keyframe(frame=int(name[1:]), origin="detected", status=status) for name, status in statuses.items()]


SOME = keyframes(f10="approved", f20="open", f30="needs_work")


def test_the_nearest_on_either_side() -> None:
    assert neighbour(SOME, 20, 1) == 30
    assert neighbour(SOME, 15, -1) == 10
    assert neighbour(SOME, 30, 1) is None


def test_the_next_that_waits_goes_round() -> None:
    assert next_open(SOME, 10) == 20
    assert next_open(SOME, 20) == 30
    assert next_open(SOME, 30) == 20
    assert next_open(keyframes(f10="approved"), 10) is None
