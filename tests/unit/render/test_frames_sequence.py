"""Picture files come out whole, with the plate's pixels; an interrupted render skips those that are there."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import OpenEXR
import pytest
from PIL import Image

from pipeline.errors import Cancelled, NoFace, OutputIsInput
from pipeline.imaging.planes import Planes
from pipeline.media.plate_view import view_of
from pipeline.media.presets import load_preset
from pipeline.media.probe import probe
from pipeline.media.reader import open_plate
from pipeline.render.request import SequenceProgress, SequenceReport, SequenceRequest
from pipeline.render.sequence import render_sequence
from tests.film_maker import luma_of, make_film, number_in


def render(
    plate: Path,
    output: Path,
    preset: str,
    span: tuple[int, int | None] = (0, None),
    key: Callable[[int], str] = str,
    rendered: list[int] | None = None,
    stop_after: int | None = None,
    fails_on: int | None = None,
    work_folder: Path | None = None,
    says: str = "",
) -> SequenceReport:
    told: list[SequenceProgress] = []

    def frame(planes: Planes) -> Planes:
        if rendered is not None:
            rendered.append(planes.frame)
        if planes.frame == fails_on:
            raise NoFace("No face.")
        return planes

    request = SequenceRequest(
        plate, output, load_preset(preset), *span,
        encoder_threads=2, work_folder=work_folder, metadata={"comment": says} if says else {},
    )  # fmt: skip
    return render_sequence(request, frame, key, told.append, lambda: stop_after is not None and len(told) > stop_after)


@pytest.fixture
def plate(tmp_path: Path) -> Path:
    return make_film(tmp_path / "plate.mov", frames=12, codec="prores_ks", pixel_format="yuv422p10le", sound="aac")


def test_a_folder_of_16_bit_pictures(tmp_path: Path, plate: Path) -> None:
    report = render(plate, tmp_path / "out", "png-16", (3, 8))
    files = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in files] == [f"plate.{frame:06}.png" for frame in range(3, 8)]
    for frame, path in enumerate(files, 3):
        with av.open(str(path)) as container:
            picture = next(container.decode(video=0))
        assert picture.format.name == "rgb48be"
        assert number_in(luma_of(picture.reformat(format="gray16le")), 16) == frame
    assert "no sound" in report.notes[-1]


@pytest.mark.parametrize(
    ("preset", "ending"), [("png-16", "png"), ("tiff", "tif"), ("jpeg", "jpg"), ("exr-half", "exr")]
)
def test_every_picture_says_what_it_is(tmp_path: Path, plate: Path, preset: str, ending: str) -> None:
    render(plate, tmp_path / f"a.##.{ending}", preset, (0, 3), says="AI-generated in a test")
    for frame in range(3):
        assert b"AI-generated in a test" in (tmp_path / f"a.{frame:02}.{ending}").read_bytes()


def test_pictures_that_say_something_else_are_written_anew(tmp_path: Path, plate: Path) -> None:
    with pytest.raises(Cancelled):
        render(plate, tmp_path / "a.##.png", "png-16", (0, 6), stop_after=3, says="one")
    assert render(plate, tmp_path / "a.##.png", "png-16", (0, 6), says="another").reused == 0
    assert all(b">another<" in (tmp_path / f"a.{frame:02}.png").read_bytes() for frame in range(6))


def test_half_float_pictures_are_linear_and_shown_like_the_plate(tmp_path: Path, media_dir: Path) -> None:
    film = media_dir / "WolfgangLanger_Pexels.mp4"
    render(film, tmp_path / "a.####.exr", "exr-half", (100, 102))
    with OpenEXR.File(str(tmp_path / "a.0100.exr"), separate_channels=True) as file:
        assert file.channels()["R"].pixels.dtype == np.float16
    with open_plate(film) as one, open_plate(tmp_path / "a.0101.exr") as other:
        own, result = view_of(one.info).rgb8(one.read(101)), view_of(other.info).rgb8(other.read(0))
    assert np.abs(own.astype(int) - result.astype(int)).max() <= 1


def test_an_exr_plate_comes_back_bit_for_bit(tmp_path: Path, media_dir: Path) -> None:
    render(media_dir / "WolfgangLanger_Pexels.mp4", tmp_path / "one", "exr-half", (0, 2))
    render(tmp_path / "one", tmp_path / "two", "exr-half")
    with open_plate(tmp_path / "one") as one, open_plate(tmp_path / "two") as two:
        assert sorted(path.name for path in one.info.members) == sorted(path.name for path in two.info.members)
        for a, b in zip(one.read(1).data, two.read(1).data, strict=True):
            assert np.array_equal(a, b)


@pytest.mark.parametrize(("preset", "ending"), [("png", ".png"), ("tiff", ".tif")])
def test_a_still_keeps_its_samples_and_profile(tmp_path: Path, preset: str, ending: str, media_dir: Path) -> None:
    source = tmp_path / "still.png"
    with Image.open(media_dir / "synthetic_portrait.png") as portrait:
        portrait.crop((100, 100, 163, 151)).convert("RGB").save(source, icc_profile=b"profile" * 50)
    render(source, tmp_path / f"result{ending}", preset)
    with Image.open(source) as one, Image.open(tmp_path / f"result{ending}") as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))
        assert other.info["icc_profile"] == b"profile" * 50


def test_a_16_bit_still_keeps_its_depth(tmp_path: Path, plate: Path) -> None:
    render(plate, tmp_path / "one.png", "png-16", (4, 5))
    render(tmp_path / "one.png", tmp_path / "two.png", "png")
    with open_plate(tmp_path / "one.png") as one, open_plate(tmp_path / "two.png") as two:
        assert one.info.format.depth == two.info.format.depth == 16
        assert all(np.array_equal(a, b) for a, b in zip(one.read(0).data, two.read(0).data, strict=True))


def test_a_jpeg_is_near_the_plate(tmp_path: Path, media_dir: Path) -> None:
    render(media_dir / "single_face.jpg", tmp_path / "result.jpg", "jpeg")
    with Image.open(media_dir / "single_face.jpg") as one, Image.open(tmp_path / "result.jpg") as other:
        difference = np.asarray(one, np.float32) - np.asarray(other.convert("RGB"), np.float32)
    assert np.abs(difference).mean() < 1.0
    assert np.abs(difference.mean(axis=(0, 1))).max() < 0.1


def test_pictures_of_a_turned_film_are_upright(tmp_path: Path) -> None:
    film = make_film(tmp_path / "plate.mp4", frames=2, rotation=90)
    render(film, tmp_path / "upright.png", "png", (1, 2))
    with Image.open(tmp_path / "upright.png") as picture:
        assert picture.size == (96, 160)
        upright = np.rot90(np.asarray(picture.convert("L")))
    assert number_in(upright) == 1


def test_an_interrupted_render_skips_finished_files(tmp_path: Path, plate: Path) -> None:
    with pytest.raises(Cancelled):
        render(plate, tmp_path / "out", "png", stop_after=6)
    there = len(list((tmp_path / "out").glob("*.png")))
    assert 5 <= there < 12
    rendered: list[int] = []
    report = render(plate, tmp_path / "out", "png", rendered=rendered)
    assert report.reused >= 5
    assert sorted(rendered) == list(range(report.reused, 12))
    render(plate, tmp_path / "unbroken", "png")
    for path in (tmp_path / "unbroken").iterdir():
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"plate.mov", "out", "unbroken"}


def test_a_changed_key_or_a_missing_file_is_rendered_again(tmp_path: Path, plate: Path) -> None:
    work = tmp_path / "work"
    render(plate, tmp_path / "out", "png", work_folder=work)
    (tmp_path / "out" / "plate.000007.png").unlink()
    rendered: list[int] = []
    render(
        plate,
        tmp_path / "out",
        "png",
        key=lambda frame: "new" if frame == 3 else str(frame),
        rendered=rendered,
        work_folder=work,
    )
    assert sorted(rendered) == [3, 7]


def test_failed_frames_are_reported(tmp_path: Path, plate: Path) -> None:
    report = render(plate, tmp_path / "out", "jpeg", fails_on=2)
    assert [each.frame for each in report.failed] == [2]
    assert len(list((tmp_path / "out").iterdir())) == 12


def test_a_plate_of_pictures_is_never_written_over(tmp_path: Path, plate: Path) -> None:
    render(plate, tmp_path / "pictures", "png")
    before = {path: path.read_bytes() for path in (tmp_path / "pictures").iterdir()}
    with pytest.raises(OutputIsInput):
        render(tmp_path / "pictures", tmp_path / "pictures", "png")
    assert before == {path: path.read_bytes() for path in (tmp_path / "pictures").iterdir()}


def test_pictures_become_a_film(tmp_path: Path, plate: Path) -> None:
    render(plate, tmp_path / "pictures", "png")
    report = render(tmp_path / "pictures", tmp_path / "film.mp4", "h264-review")
    assert report.frames == probe(tmp_path / "film.mp4").frames == 12


@pytest.mark.parametrize(("name", "preset"), [("film.mkv", "ffv1-lossless"), ("again", "png")])
def test_a_number_without_a_file_costs_its_own_frame(tmp_path: Path, plate: Path, name: str, preset: str) -> None:
    render(plate, tmp_path / "pictures", "png")
    (tmp_path / "pictures" / "plate.000004.png").unlink()
    report = render(tmp_path / "pictures", tmp_path / name, preset)
    assert [each.frame for each in report.failed] == [4]
    with open_plate(tmp_path / name) as reader:
        pictures = [view_of(reader.info).rgb8(reader.read(frame)) for frame in range(reader.info.frames)]
    assert len(pictures) == 12
    np.testing.assert_array_equal(pictures[4], pictures[3])
    assert not np.array_equal(pictures[5], pictures[4])
