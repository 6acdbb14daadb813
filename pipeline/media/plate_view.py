"""The display-referred view that belongs to a plate."""

from pipeline.imaging.view import DisplayView
from pipeline.media.plate_info import PlateInfo


def view_of(info: PlateInfo) -> DisplayView:
    """How the plate's pictures are seen and changed."""
    return DisplayView(info.width, info.height, info.rotation, info.pixel_aspect, info.format, info.colour)
