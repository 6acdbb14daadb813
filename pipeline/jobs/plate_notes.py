"""What a user should know of a plate before trusting a result: what was assumed of it, and what isn't usual."""

from pipeline.imaging.colour_space import COLOUR_SPACES
from pipeline.media.plate_info import PlateInfo

_SAID = ("range", "matrix", "transfer", "primaries")
"""Colour tags whose absence shows in a picture; chroma siting is nowhere near as visible."""


def plate_notes(info: PlateInfo) -> list[str]:
    """Sentences, none where the file says everything and nothing is unusual."""
    notes = []
    if info.colour_space is not None:
        notes.append(f"{info.path.name} is read as {COLOUR_SPACES[info.colour_space].title}, whatever its tags say.")
    assumed = [field for field in _SAID if field in info.colour.assumed and not _given(info, field)]
    if assumed:
        taken = ", ".join(f"{field} {getattr(info.colour, field)}" for field in assumed)
        notes.append(f"{info.path.name} doesn't state its colour in full; assumed by its size and kind: {taken}.")
    if info.interlaced:
        notes.append(
            f"{info.path.name} is interlaced: faces are found and drawn in whole frames, and moving edges may comb. "
            "Deinterlace it first where that matters."
        )
    return notes


def _given(info: PlateInfo, field: str) -> bool:
    """Whether the colour space the user named settles the field."""
    return info.colour_space is not None and field in ("transfer", "primaries")
