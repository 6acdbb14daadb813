"""Presets are data, and what they name exists."""

from pathlib import Path

import pytest
from av.codec import Codec

from pipeline.errors import OutputError
from pipeline.media.presets import load_preset, preset_for, preset_names


def test_the_presets_that_ship() -> None:
    assert set(preset_names()) == {
        "h264-review", "h264-high", "hevc-10", "prores-422hq", "prores-4444", "dnxhr-hqx", "ffv1-lossless",
        "png-16", "exr-half", "png", "jpeg", "tiff",
    }  # fmt: skip


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_names_an_encoder_and_formats_it_takes(name: str) -> None:
    preset = load_preset(name)
    offered = {each.name for each in Codec(preset.codec, "w").video_formats or ()}
    assert set(preset.formats) | set(preset.odd_sizes) <= offered
    assert preset.title
    assert preset.description
    assert all(each.startswith(".") for each in preset.extensions)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(OutputError, match="h264-review"):
        load_preset("vhs")


def test_options_are_replaced_in_a_copy() -> None:
    preset = load_preset("h264-review")
    assert preset.with_options(crf="10").options["crf"] == "10"
    assert preset.options["crf"] == "18"


@pytest.mark.parametrize(("name", "preset"), [("a.mp4", "h264-review"), ("a.PNG", "png"), ("a.mxf", "dnxhr-hqx")])
def test_a_file_name_has_a_usual_preset(name: str, preset: str) -> None:
    assert preset_for(Path(name)).name == preset


def test_a_name_that_says_nothing_is_refused() -> None:
    with pytest.raises(OutputError, match=r"\.mp4"):
        preset_for(Path("result"))
