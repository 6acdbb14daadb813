"""A plate's view follows its own geometry and colour, or the space it is told to be in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.arrays import ImageF32, Rect
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


def test_a_plate_on_its_side_is_seen_upright(media_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        planes = reader.read(3)
        assert view_of(reader.info).size == reader.info.display_size == (640, 360)
        turned = replace(reader.info, rotation=90)
        assert view_of(turned).size == turned.display_size == (360, 640)
        assert np.array_equal(view_of(turned).rgb8(planes), np.rot90(view_of(reader.info).rgb8(planes), -1))


def test_a_colour_space_by_name_changes_the_view_and_not_the_tags(media_dir: Path) -> None:
    path, rect = media_dir / "single_face.mp4", Rect(200, 100, 260, 140)

    def crop(colour_space: str | None) -> ImageF32:
        with open_plate(path, colour_space=colour_space) as reader:
            assert reader.info.colour.transfer == "bt601"
            return view_of(reader.info).crop(reader.read(0), rect)

    assert np.array_equal(crop("rec709"), crop(None))
    assert not np.allclose(crop("logc3-awg3"), crop(None), atol=0.05)


def test_an_unknown_colour_space_is_refused_before_anything_is_read(media_dir: Path) -> None:
    with pytest.raises(UnsupportedFormat, match="no colour space agfacolor"):
        open_plate(media_dir / "single_face.mp4", colour_space="agfacolor")
