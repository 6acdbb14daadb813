"""Naming an input colour space settles what the file left open."""

import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.colour_space import tags_in_space
from pipeline.imaging.planes import ColourTags

ASSUMED = ColourTags("limited", "bt709", "bt709", "bt709", assumed=("matrix", "transfer", "primaries", "siting"))


def test_a_named_space_replaces_curve_and_gamut_and_keeps_the_coding() -> None:
    tags = tags_in_space(ASSUMED, "slog3-sgamut3cine")
    assert (tags.transfer, tags.primaries, tags.matrix, tags.range) == ("slog3", "sgamut3cine", "bt709", "limited")
    assert tags.assumed == ("matrix", "siting")


def test_an_unknown_space_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnsupportedFormat, match=r"no colour space slog9; choose one of .*slog3-sgamut3cine"):
        tags_in_space(ASSUMED, "slog9")
