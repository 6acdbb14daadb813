"""A plate's view follows its own geometry and colour, or the space it is told to be in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.imaging.arrays import Rect
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate


def test_a_plate_on_its_side_is_seen_upright(media_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        planes = reader.read(3)
        assert view_of(reader.info).size == reader.info.display_size == (640, 360)
        turned = replace(reader.info, rotation=90)
        assert view_of(turned).size == turned.display_size == (360, 640)
        assert np.array_equal(view_of(turned).rgb8(planes), np.rot90(view_of(reader.info).rgb8(planes), -1))


def test_a_colour_space_by_name_changes_the_view(media_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        planes, rect = reader.read(0), Rect(200, 100, 260, 140)
        plain = view_of(reader.info).crop(planes, rect)
        assert np.array_equal(view_of(reader.info, "rec709").crop(planes, rect), plain)
        assert not np.allclose(view_of(reader.info, "logc3-awg3").crop(planes, rect), plain, atol=0.05)
        with pytest.raises(UnsupportedFormat, match="no colour space agfacolor"):
            view_of(reader.info, "agfacolor")
