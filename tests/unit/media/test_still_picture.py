"""Stills keep depth, alpha, orientation and profile."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import OpenEXR
import pytest
import tifffile
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray
from PIL import Image, ImageCms

from pipeline.errors import MediaUnreadable, UnsupportedFormat
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate

EIGHT = np.random.default_rng(0).integers(0, 256, (21, 34, 4), dtype=np.uint8)
SIXTEEN = np.random.default_rng(1).integers(0, 65536, (21, 34, 3), dtype=np.uint16)


def encode(path: Path, codec: str, pix_fmt: str, picture: av.VideoFrame) -> Path:
    context = VideoCodecContext.create(codec, "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = picture.width, picture.height, pix_fmt
    context.time_base = Fraction(1, 24)
    packets = [*context.encode(picture.reformat(format=pix_fmt)), *context.encode(None)]
    path.write_bytes(b"".join(bytes(packet) for packet in packets))
    return path


def sixteen(path: Path, codec: str, pix_fmt: str) -> Path:
    return encode(path, codec, pix_fmt, av.VideoFrame.from_ndarray(SIXTEEN, "rgb48le"))


def read(path: Path) -> list[NDArray[np.generic]]:
    with open_plate(path) as reader:
        assert (reader.info.kind, reader.info.frames) == ("still", 1)
        return [np.asarray(plane) for plane in reader.read(0).data]


@pytest.mark.parametrize(("name", "mode"), [("a.png", "RGB"), ("a.png", "RGBA"), ("a.tif", "RGB"), ("a.bmp", "RGB")])
def test_eight_bit_pictures_keep_every_sample(tmp_path: Path, name: str, mode: str) -> None:
    samples = EIGHT[:, :, : len(mode)]
    Image.fromarray(samples, mode).save(tmp_path / name)
    assert np.array_equal(np.stack(read(tmp_path / name), axis=2), samples)


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [("b.png", "png", "rgb48be"), ("b.tiff", "tiff", "rgb48le"), ("b.dpx", "dpx", "rgb48le")],
)
def test_sixteen_bit_pictures_keep_every_sample(tmp_path: Path, name: str, codec: str, pix_fmt: str) -> None:
    assert np.array_equal(np.stack(read(sixteen(tmp_path / name, codec, pix_fmt)), axis=2), SIXTEEN)


def test_floating_point_tiff_keeps_its_values(tmp_path: Path) -> None:
    values = np.random.default_rng(4).normal(0.5, 2, (9, 12, 3)).astype(np.float32)
    tifffile.imwrite(tmp_path / "float.tif", values, photometric="rgb")
    assert np.array_equal(np.stack(read(tmp_path / "float.tif"), axis=2), values)
    with open_plate(tmp_path / "float.tif") as reader:
        assert reader.info.colour.transfer == "linear"


def test_ten_bit_dpx_keeps_its_depth(tmp_path: Path) -> None:
    path = sixteen(tmp_path / "b.dpx", "dpx", "gbrp10le")
    with open_plate(path) as reader:
        assert reader.info.format.depth == 10
        assert max(int(plane.max()) for plane in reader.read(0).data) <= 1023


@pytest.mark.parametrize(("dtype", "coded"), [(np.float16, "gbrpf16le"), (np.float32, "gbrpf32le")])
def test_exr_keeps_float_values_of_any_size(tmp_path: Path, dtype: type, coded: str) -> None:
    values: NDArray[np.generic] = np.random.default_rng(2).normal(0, 20, (9, 13, 3)).astype(dtype)
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {"RGB": values}).write(str(tmp_path / "c.exr"))
    assert np.array_equal(np.stack(read(tmp_path / "c.exr"), axis=2), values.astype(np.float32))
    with open_plate(tmp_path / "c.exr") as reader:
        assert (reader.info.coded_format, reader.info.colour.transfer) == (coded, "linear")


def test_the_display_window_of_an_exr_is_the_picture(tmp_path: Path) -> None:
    values = np.random.default_rng(3).random((6, 8, 3)).astype(np.float32)
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "dataWindow": (np.array([2, -1], np.int32), np.array([9, 4], np.int32)),
        "displayWindow": (np.array([0, 0], np.int32), np.array([6, 7], np.int32)),
    }
    OpenEXR.File(header, {"RGB": values}).write(str(tmp_path / "window.exr"))
    red = read(tmp_path / "window.exr")[0]
    expected = np.zeros((8, 7), np.float32)
    expected[0:5, 2:7] = values[1:6, 0:5, 0]
    assert np.array_equal(red, expected)


def test_gamut_and_timecode_of_an_exr_are_read(tmp_path: Path) -> None:
    code = OpenEXR.TimeCode()
    code.hours, code.minutes, code.seconds, code.frame = 1, 2, 3, 4
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        "chromaticities": (0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767),
        "timeCode": code,
    }
    OpenEXR.File(header, {"RGB": np.zeros((4, 4, 3), np.float16)}).write(str(tmp_path / "aces.exr"))
    with open_plate(tmp_path / "aces.exr") as reader:
        assert (reader.info.colour.primaries, reader.info.colour.assumed) == ("ap1", ())
        assert reader.info.first_timecode == "01:02:03:04"


def test_an_exr_without_a_picture_layer_lists_what_it_has(tmp_path: Path) -> None:
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    OpenEXR.File(header, {"Z": np.zeros((4, 4), np.float32)}).write(str(tmp_path / "depth.exr"))
    with pytest.raises(UnsupportedFormat, match=r"depth.exr has no plain R, G and B channels \(it has Z\)"):
        open_plate(tmp_path / "depth.exr")


def test_a_jpeg_plate_keeps_its_own_samples_and_is_shown_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    Image.fromarray(EIGHT[:, :, :3]).save(tmp_path / "d.jpg", exif=exif, quality=95, subsampling=2)
    with open_plate(tmp_path / "d.jpg") as reader:
        info = reader.info
        assert (info.format.name, info.rotation, info.display_size) == ("yuv420p", 90, (21, 34))
        assert (info.colour.range, info.colour.matrix, info.colour.siting) == ("full", "bt601", "center")
        shown = view_of(info).rgb8(reader.read(0))
    upright = np.asarray(Image.open(tmp_path / "d.jpg").transpose(Image.Transpose.ROTATE_270))
    assert np.abs(shown.astype(int) - upright).mean() < 4.0  # decoders bring chroma up differently


def test_the_profile_is_kept_and_tells_the_gamut(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name in ("e.png", "e.tif", "e.jpg"):
        Image.fromarray(EIGHT[:, :, :3]).save(tmp_path / name, icc_profile=profile)
        with open_plate(tmp_path / name) as reader:
            assert reader.info.icc == profile
            assert reader.info.colour.primaries == "bt709"
            assert "primaries" not in reader.info.colour.assumed


def test_palettes_and_bilevel_pictures_become_samples(tmp_path: Path) -> None:
    picture = Image.fromarray(EIGHT[:, :, :3])
    picture.convert("P").save(tmp_path / "palette.png")
    assert np.array_equal(
        np.stack(read(tmp_path / "palette.png")[:3], axis=2), np.asarray(picture.convert("P").convert("RGB"))
    )
    picture.convert("1").save(tmp_path / "bits.png")
    assert np.array_equal(read(tmp_path / "bits.png")[0], np.asarray(picture.convert("1")).astype(np.uint8) * 255)


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("cut.png", lambda path: Image.fromarray(EIGHT).save(path)),
        ("cut.exr", lambda path: OpenEXR.File({}, {"RGB": np.zeros((30, 40, 3), np.float32)}).write(str(path))),
    ],
)
def test_a_picture_cut_short_is_said(tmp_path: Path, name: str, save: Callable[[Path], None]) -> None:
    path = tmp_path / name
    save(path)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(MediaUnreadable, match=rf"{name} cannot be read as"):
        open_plate(path)


def test_cmyk_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Image.fromarray(EIGHT[:, :, :3]).convert("CMYK").save(tmp_path / "print.jpg")
    with pytest.raises(UnsupportedFormat, match=r"print.jpg is a CMYK picture; save it as RGB first"):
        open_plate(tmp_path / "print.jpg")
