"""Where an edit acts, and what that makes of a curve: a keyframe, a range, a shot, the plate, or one key alone."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import RangeError
from pipeline.project.curve import Curve, Key
from pipeline.project.curve_edits import with_key
from pipeline.project.key_edits import Scope, check_frame, neighbours
from pipeline.project.lasting import Lasting
from pipeline.project.project import FaceTrack, Project
from pipeline.project.scoped_curve import at_keyframe, in_range, set_in_shot


class Reached(NamedTuple):
    """Where an edit acts: at a frame, as far as its scope says; `frames` are a range's or shot's, `ramp` a range's."""

    frame: int
    scope: Scope = "keyframe"
    frames: range = range(0)
    ramp: int = 0

    @property
    def is_everywhere(self) -> bool:
        """Whether it is the whole plate; a shot without frames is the only one."""
        return self.scope == "plate" or (self.scope == "shot" and not self.frames)


Change = Callable[[Curve | None, float, float], Curve]
"""Of a curve, the value without one, and the new value where the edit acts: the new curve."""


def change_within(project: Project, track: FaceTrack, where: Reached) -> Change:
    """What an edit of a narrower scope than the plate makes of curves.

    Raises RangeError: a frame outside the plate, an empty range.
    """
    last = check_frame(project, track, where.frame)
    if where.scope == "shot":
        check_frame(project, track, where.frames.start)
        check_frame(project, track, where.frames.stop - 1)
        return lambda curve, held, value: set_in_shot(curve, held, where.frames, last, value)
    if where.scope == "range":
        if not where.frames or where.ramp < 0:
            raise RangeError("A range has at least one frame, and a ramp none or more.")
        check_frame(project, track, where.frames.start)
        check_frame(project, track, where.frames.stop - 1)
        return lambda curve, held, value: in_range(curve, held, where.frames, last, value, where.ramp)
    if where.scope == "keyframe":
        ends = neighbours(track, where.frame, last)
        return lambda curve, held, value: at_keyframe(curve, held, Key(frame=where.frame, value=value), ends)
    return lambda curve, held, value: with_key(curve, Key(frame=where.frame, value=value))


def covers(item: Lasting, where: Reached) -> bool:
    """Whether all of an edit lies between an item's ends."""
    if where.is_everywhere:
        return item.first is None and item.last is None
    frames = (where.frames.start, where.frames.stop - 1) if where.frames else (where.frame,)
    return all(map(item.counts_on, frames))
