"""Source photos come upright and in sRGB."""

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from pipeline.errors import MediaNotFound, MediaUnreadable
from pipeline.media.photo import read_photo

PICTURE = np.random.default_rng(0).integers(0, 256, (12, 20, 3), dtype=np.uint8)


def test_a_real_photo_is_read(media_dir: Path) -> None:
    photo = read_photo(media_dir / "single_face.jpg")
    assert photo.shape == (562, 572, 3)
    assert photo.dtype == np.uint8


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_a_camera_writes_is_undone(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x112] = orientation
    undo = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a, -1),
        7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        8: lambda a: np.rot90(a),
    }
    Image.fromarray(PICTURE).save(tmp_path / "photo.png", exif=exif)
    assert np.array_equal(read_photo(tmp_path / "photo.png"), undo[orientation](PICTURE))


def test_a_profile_is_applied(tmp_path: Path) -> None:
    grey = np.full((4, 4, 3), 128, np.uint8)
    lab = ImageCms.createProfile("sRGB")
    Image.fromarray(grey).save(tmp_path / "same.png", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes())
    assert np.abs(read_photo(tmp_path / "same.png").astype(int) - 128).max() <= 1


def test_a_broken_profile_is_passed_over(tmp_path: Path) -> None:
    Image.fromarray(PICTURE).save(tmp_path / "photo.png", icc_profile=b"no profile")
    assert np.array_equal(read_photo(tmp_path / "photo.png"), PICTURE)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    name = "photo.tif" if mode == "CMYK" else "photo.png"
    Image.fromarray(PICTURE).convert(mode).save(tmp_path / name)
    assert read_photo(tmp_path / name).shape == PICTURE.shape


def test_sixteen_bit_photos_keep_their_tones(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64).astype(np.uint16).reshape(8, 8)
    Image.fromarray(ramp).save(tmp_path / "ramp.png")
    assert np.abs(read_photo(tmp_path / "ramp.png")[:, :, 0].astype(int) - ramp // 257).max() <= 1


def test_linear_float_photos_are_shown(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "float.tif", np.full((6, 7, 3), 0.18, np.float32), photometric="rgb")
    assert np.all(read_photo(tmp_path / "float.tif") == 118)


def test_what_is_no_photo_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no photo")
    Image.fromarray(PICTURE).save(tmp_path / "cut.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "cut.png").read_bytes()[:200])
    with pytest.raises(MediaNotFound, match=r"none.jpg does not exist"):
        read_photo(tmp_path / "none.jpg")
    with pytest.raises(MediaUnreadable, match=r"text.jpg cannot be read as a picture"):
        read_photo(tmp_path / "text.jpg")
    (tmp_path / "notes.md").write_text("no photo")
    with pytest.raises(MediaUnreadable, match=r"notes.md is not a picture"):
        read_photo(tmp_path / "notes.md")
    with pytest.raises(MediaUnreadable, match=r"cut.png is damaged or cut short"):
        read_photo(tmp_path / "cut.png")
    with pytest.raises(MediaUnreadable, match="is a folder"):
        read_photo(tmp_path)
