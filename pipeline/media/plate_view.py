"""The display-referred view that belongs to a plate."""

from pipeline.imaging.colour_space import tags_in_space
from pipeline.imaging.view import DisplayView
from pipeline.media.plate_info import PlateInfo


def view_of(info: PlateInfo, colour_space: str | None = None) -> DisplayView:
    """How the plate's pictures are seen and changed.

    `colour_space` is a name of `imaging.colour_space.COLOUR_SPACES`, None for what the file says or is
    assumed to be. Raises UnsupportedFormat for an unknown name.
    """
    colour = info.colour if colour_space is None else tags_in_space(info.colour, colour_space)
    return DisplayView(info.width, info.height, info.rotation, info.pixel_aspect, info.format, colour)
