"""The display-referred view that belongs to a plate."""

from pipeline.imaging.colour_space import tags_in_space
from pipeline.imaging.view import DisplayView
from pipeline.media.plate_info import PlateInfo


def view_of(info: PlateInfo) -> DisplayView:
    """How the plate's pictures are seen and changed: in its colour space, upright, with square pixels."""
    colour = info.colour if info.colour_space is None else tags_in_space(info.colour, info.colour_space)
    return DisplayView(info.width, info.height, info.rotation, info.pixel_aspect, info.format, colour)
