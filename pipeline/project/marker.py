"""A marker: a frame of a plate that somebody named, with a colour and a note. It says nothing about any face."""

from typing import Literal, get_args

import msgspec

from pipeline.project.keyframe import Frame

MarkerColour = Literal["blue", "cyan", "green", "yellow", "red", "pink", "purple", "grey"]
MARKER_COLOURS: tuple[MarkerColour, ...] = get_args(MarkerColour)


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """One marker of one plate; a plate has one a frame at most."""

    id: str
    plate: str
    """Id of the plate."""
    frame: Frame
    """Plate frame, 0-based."""
    name: str = ""
    colour: MarkerColour = "blue"
    note: str = ""
