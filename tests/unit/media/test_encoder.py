"""The same settings and pictures give the same bytes; what an encoder refuses is said before work begins."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import pytest

from pipeline.errors import UnsupportedFormat
from pipeline.media.convert import PlaneConverter
from pipeline.media.encoder import EncoderSettings, VideoEncoder, encoder_build, encoder_settings, open_context
from pipeline.media.output_format import output_format
from pipeline.media.plate_reader import PlateReader
from pipeline.media.presets import load_preset
from pipeline.media.reader import open_plate
from tests.conftest import ROOT
from tests.film_maker import make_film


def settings_for(preset: str, reader: PlateReader, threads: int = 2) -> EncoderSettings:
    chosen = load_preset(preset)
    return encoder_settings(chosen, output_format(chosen, reader.info), reader.info, threads)


def encoded(settings: EncoderSettings, reader: PlateReader, frames: range) -> tuple[bytes, list[bytes]]:
    encoder = VideoEncoder(settings)
    converter = PlaneConverter(reader.info.format, reader.info.colour, settings.target)
    packets = []
    for count, frame in enumerate(frames):
        packets += encoder.encode(converter.picture(reader.read(frame)), count)
    packets += encoder.finish()
    return encoder.extradata, [bytes(packet) for packet in packets]


@pytest.mark.parametrize("preset", ["h264-review", "hevc-10", "prores-422hq", "ffv1-lossless"])
def test_two_runs_agree_byte_for_byte(preset: str, media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        settings = settings_for(preset, reader)
        assert encoded(settings, reader, range(100, 104)) == encoded(settings, reader, range(100, 104))


ENCODING_AFRESH = """
import hashlib, sys
from pathlib import Path
from tests.unit.media.test_encoder import encoded, settings_for
from pipeline.media.reader import open_plate
with open_plate(Path(sys.argv[2])) as reader:
    packets = encoded(settings_for(sys.argv[1], reader), reader, range(8))[1]
print(hashlib.sha256(b"".join(packets)).hexdigest())
"""


@pytest.mark.parametrize("preset", ["h264-review", "h264-high", "hevc-10"])
def test_what_memory_held_before_does_not_change_the_bytes(preset: str, tmp_path: Path) -> None:
    plate = make_film(tmp_path / "plate.mov", size=(320, 240))
    found = set()
    for left_behind in ("1", "170"):
        afresh = [sys.executable, "-c", ENCODING_AFRESH, preset, str(plate)]
        # glibc fills memory with this value before a program writes it; other systems don't, and prove nothing here.
        environment = os.environ | {"MALLOC_PERTURB_": left_behind}
        answer = subprocess.run(afresh, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        found.add(answer.stdout)
    assert len(found) == 1


@pytest.mark.parametrize("preset", ["h264-review", "hevc-10", "ffv1-lossless"])
def test_runs_over_different_frames_have_the_same_parameter_sets(preset: str, media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        settings = settings_for(preset, reader)
        one, packets = encoded(settings, reader, range(4))
        other, _ = encoded(settings, reader, range(200, 207))
    assert one == other != b""
    assert len(packets) == 4


def test_settings_pin_what_changes_the_bytes(media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        one, other = settings_for("h264-review", reader, 1), settings_for("h264-review", reader, 2)
        crf = encoder_settings(load_preset("h264-review").with_options(crf="30"), one.target, reader.info, 1)
    assert one.pins() != other.pins()
    assert one.pins() != crf.pins()
    assert av.__version__ in encoder_build()


def test_an_encoder_that_is_not_here_is_named(media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        settings = replace(settings_for("h264-review", reader), codec="libopenh264")
    with pytest.raises(UnsupportedFormat, match="libopenh264 is not in this build"):
        open_context(settings)


def test_a_size_the_encoder_refuses_is_said(media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        settings = replace(settings_for("dnxhr-hqx", reader), width=64, height=64)
    with pytest.raises(UnsupportedFormat, match="64 × 64"):
        open_context(settings)


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (161, 97), (1920, 1080)])
def test_lossless_takes_any_size(size: tuple[int, int], media_dir: Path) -> None:
    with open_plate(media_dir / "WolfgangLanger_Pexels.mp4") as reader:
        info = replace(reader.info, width=size[0], height=size[1])
    chosen = load_preset("ffv1-lossless")
    settings = encoder_settings(chosen, output_format(chosen, info), info, 2)
    assert open_context(settings).is_open
