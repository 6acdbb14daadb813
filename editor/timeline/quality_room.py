"""Under which faces the quality of drafts is drawn: all that have figures; where room is short, the one in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from editor.timeline.lanes import Lanes

if TYPE_CHECKING:
    from editor.timeline.timeline_view import TimelineView

LEAST_SIGNALS_PX = 40
"""What is left to the signals."""


def quality_of(view: TimelineView, lanes: Lanes) -> frozenset[int]:
    """Numbers of faces; `lanes` are those without it."""
    faces, in_hand = view.faces(), view.selection.face
    known = frozenset(number for number, face in enumerate(faces) if view.figures.of(face.id) is not None)
    if replace(lanes, quality=known).signal_lane(view.height()).height >= LEAST_SIGNALS_PX:
        return known
    return frozenset(each for each in known if in_hand is not None and faces[each].id == in_hand.id)
