"""Decoding times over joins, and what containers hold."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ContainerLimit
from pipeline.media.encoder import EncoderSettings, encoder_settings
from pipeline.media.film_muxer import FilmLayout, check_container, container_format, reorder_depth
from pipeline.media.output_format import output_format
from pipeline.media.presets import load_preset
from pipeline.media.probe import probe
from pipeline.media.streams_copy import Cut, PlateStreams
from tests.film_maker import make_film


def settings_for(path: Path, preset: str) -> EncoderSettings:
    info, chosen = probe(path), load_preset(preset)
    return encoder_settings(chosen, output_format(chosen, info), info, 1)


@pytest.mark.parametrize(
    ("order", "depth"), [([0, 1, 2, 3], 0), ([0, 3, 1, 2], 1), ([0, 4, 2, 1, 3], 2), ([10, 12, 11], 1), ([], 0)]
)
def test_reorder_depth_is_how_early_a_picture_is_decoded(order: list[int], depth: int) -> None:
    assert reorder_depth(order) == depth


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(ContainerLimit, match=r"\.mp4"):
        container_format(Path("a.avi"))


def test_everything_a_container_cannot_hold_is_said_at_once(tmp_path: Path) -> None:
    plate = make_film(
        tmp_path / "plate.mov",
        frames=8,
        size=(320, 240),
        rotation=90,
        sound="aac",
        chapters=[(0, 0.2, "one")],
        times=[0, 1, 3, 4, 6, 7, 9, 11],
        time_base=Fraction(1, 25),
    )
    info = probe(plate)
    layout = FilmLayout(np.arange(8), Fraction(1, 25), 1, vfr=True, rotation=90)
    cut = Cut(Fraction(0), Fraction(1), whole=True)
    settings = settings_for(plate, "prores-422hq")
    with PlateStreams(info, cut, edit_lists=False) as streams, pytest.raises(ContainerLimit) as limit:
        check_container(tmp_path / "a.mxf", settings, layout, streams)
    for word in ("rotation by 90°", "variable frame rate", "chapters", "aac"):
        assert word in str(limit.value)
    with PlateStreams(info, cut, edit_lists=False) as streams:
        assert check_container(tmp_path / "a.mov", settings, layout, streams) == ()


def test_pictures_the_container_cannot_hold_are_said(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=3)
    layout = FilmLayout(np.arange(3), Fraction(1, 25), 1)
    with pytest.raises(ContainerLimit, match="prores_ks in yuv422p10le"):
        check_container(tmp_path / "a.mp4", settings_for(plate, "prores-422hq"), layout, None)


def test_a_rate_the_container_does_not_know_is_said(tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mp4", frames=3, size=(320, 240), rate=Fraction(15))
    layout = FilmLayout(np.arange(3), Fraction(1, 15), 1)
    with pytest.raises(ContainerLimit, match="15 frames a second"):
        check_container(tmp_path / "a.mxf", settings_for(plate, "dnxhr-hqx"), layout, None)
