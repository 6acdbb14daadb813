"""The gamut can be read back, and the pixels with it."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import OpenEXR
import pytest

from pipeline.imaging.gamut import CHROMATICITIES
from pipeline.imaging.planes import ColourTags, Planes, Primaries
from pipeline.media.convert import PlaneConverter
from pipeline.media.encoder import EncoderSettings
from pipeline.media.frame_file import encode_file
from pipeline.media.output_format import OutputFormat
from pipeline.media.pixel_formats import pixel_format


@pytest.mark.parametrize("primaries", ["bt709", "ap1"])
@pytest.mark.parametrize("size", [(45, 31), (64, 200)])
def test_an_exr_states_its_gamut(tmp_path: Path, primaries: Primaries, size: tuple[int, int]) -> None:
    form = pixel_format("gbrpf32le")
    colour = ColourTags("full", "rgb", "linear", primaries)
    source = np.random.default_rng(2)
    data = tuple(source.normal(0.5, 2, size[::-1]).astype(np.float32) for _ in range(3))
    planes = Planes(form, colour, *size, data, 0, 0, Fraction(1))
    target = OutputFormat("gbrpf32le", form, colour, exact=True)
    options = (("compression", "zip16"), ("format", "half"))
    settings = EncoderSettings("exr", target, *size, Fraction(1), Fraction(25), Fraction(1, 25), 1, options)
    path = tmp_path / "a.exr"
    path.write_bytes(encode_file(PlaneConverter(form, colour, target).picture(planes), settings, None, {}))
    with OpenEXR.File(str(path), separate_channels=True) as file:
        stated = file.header()["chromaticities"]
        channels = {name: channel.pixels for name, channel in file.channels().items()}
    wanted = [value for point in CHROMATICITIES[primaries] for value in point]
    assert np.allclose(np.ravel(stated), wanted, atol=1e-6)
    for name, samples in zip("RGB", data, strict=True):
        assert np.array_equal(channels[name], samples.astype(np.float16))
