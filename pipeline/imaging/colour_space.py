"""Input colour spaces by name: what a plate's code values mean where its file cannot say."""

from dataclasses import dataclass, replace

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.planes import ColourTags, Primaries, Transfer


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """A transfer curve and a gamut; matrix and range stay the file's."""

    title: str
    transfer: Transfer
    primaries: Primaries


COLOUR_SPACES: dict[str, ColourSpace] = {
    "rec709": ColourSpace("Rec. 709", "bt709", "bt709"),
    "rec601-525": ColourSpace("Rec. 601, 525 lines", "bt601", "bt601-525"),
    "rec601-625": ColourSpace("Rec. 601, 625 lines", "bt601", "bt601-625"),
    "srgb": ColourSpace("sRGB", "srgb", "bt709"),
    "p3-d65": ColourSpace("Display P3", "srgb", "p3"),
    "adobe-rgb": ColourSpace("Adobe RGB (1998)", "gamma22", "adobergb"),
    "rec2020": ColourSpace("Rec. 2020", "bt709", "bt2020"),
    "rec2100-pq": ColourSpace("Rec. 2100 PQ", "pq", "bt2020"),
    "p3-pq": ColourSpace("P3 D65 PQ", "pq", "p3"),
    "rec2100-hlg": ColourSpace("Rec. 2100 HLG", "hlg", "bt2020"),
    "slog3-sgamut3cine": ColourSpace("Sony S-Log3 / S-Gamut3.Cine", "slog3", "sgamut3cine"),
    "slog3-sgamut3": ColourSpace("Sony S-Log3 / S-Gamut3", "slog3", "sgamut3"),
    "logc3-awg3": ColourSpace("ARRI LogC3 EI 800 / Wide Gamut 3", "logc3", "awg3"),
    "vlog-vgamut": ColourSpace("Panasonic V-Log / V-Gamut", "vlog", "vgamut"),
    "clog3-cinemagamut": ColourSpace("Canon Log 3 / Cinema Gamut", "clog3", "cinemagamut"),
    "cineon": ColourSpace("Cineon film log", "cineon", "bt709"),
    "linear-rec709": ColourSpace("Scene-linear Rec. 709", "linear", "bt709"),
    "linear-rec2020": ColourSpace("Scene-linear Rec. 2020", "linear", "bt2020"),
    "acescg": ColourSpace("ACEScg", "linear", "ap1"),
    "aces2065-1": ColourSpace("ACES2065-1", "linear", "ap0"),
}


def colour_space_named(name: str) -> ColourSpace:
    """The space called `name`. Raises UnsupportedFormat where there is none; the message lists them."""
    space = COLOUR_SPACES.get(name)
    if space is None:
        raise UnsupportedFormat(f"There is no colour space {name}; choose one of {', '.join(sorted(COLOUR_SPACES))}.")
    return space


def tags_in_space(colour: ColourTags, name: str) -> ColourTags:
    """`colour` with the transfer and gamut of the space called `name`; nothing of them is assumed any more.

    Raises UnsupportedFormat as `colour_space_named`.
    """
    space = colour_space_named(name)
    left = tuple(field for field in colour.assumed if field not in ("transfer", "primaries"))
    return replace(colour, transfer=space.transfer, primaries=space.primaries, assumed=left)
