"""The matte and the support of a render as files: exact to the frame, true about what changed, finished once begun."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import Cancelled, OutputExists, OutputNotWritable
from pipeline.imaging.planes import Planes
from pipeline.imaging.view import DisplayView
from pipeline.jobs.progress import Progress, never_cancelled, no_note, no_progress
from pipeline.jobs.render import RenderReport, render
from pipeline.jobs.render_request import Compute, FaceRequest, RenderRequest
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.reader import open_plate

LAST = 7


@dataclass(frozen=True)
class Made:
    """A render of six frames with its matte and support; the support was stopped once, and `seen` is the run after."""

    request: RenderRequest
    folder: Path
    report: RenderReport
    seen: list[Progress]


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, media_dir: Path, lay_analysis: Callable[[Path], None]
) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("mattes")
    lay_analysis(folder)
    request = RenderRequest(
        plate=media_dir / "single_face.mp4",
        output=folder / "film.mkv",
        faces=(FaceRequest((SourceChoice(media_dir / "synthetic_portrait.png"),)),),
        first="2",
        last=str(LAST),
        quality="draft",
        matte=folder / "matte.####.png",
        support=folder / "support.mkv",
        segment_frames=2,
        compute=Compute(provider="cpu"),
    )
    stop: list[Progress] = []

    def watch(state: Progress) -> None:
        if state.stage == "writing the support" and state.done == 3:
            stop.append(state)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIKENESS_CONFIG", str(folder / "config"))
        patch.setenv("LIKENESS_CACHE", str(folder / "cache"))
        with pytest.raises(Cancelled):
            render(request, watch, lambda: bool(stop), no_note)
        assert not (folder / "support.mkv").exists()
        seen: list[Progress] = []
        yield Made(request, folder, render(request, seen.append, never_cancelled, no_note), seen)


def all_frames(path: Path) -> list[Planes]:
    with open_plate(path) as reader:
        return [reader.read(frame) for frame in range(reader.info.frames)]


def test_outside_the_exported_support_every_sample_is_the_plate_s(made: Made, media_dir: Path) -> None:
    supports, results = all_frames(made.folder / "support.mkv"), all_frames(made.folder / "film.mkv")
    with open_plate(media_dir / "single_face.mp4") as reader:
        plates = [reader.read(frame) for frame in range(2, LAST + 1)]
    assert len(supports) == len(results) == len(plates) == 6
    for support, result, plate in zip(supports, results, plates, strict=True):
        (values,) = support.data
        assert support.format.family == "gray"
        assert set(np.unique(values)) == {0, 65535}
        assert 0.02 < (values > 0).mean() < 0.6
        for before, after in zip(plate.data, result.data, strict=True):
            step = plate.height // before.shape[0]
            inside = (values > 0).reshape(before.shape[0], step, before.shape[1], step).any(axis=(1, 3))
            assert np.array_equal(before[~inside], after[~inside])
            assert (before != after).any()


def test_the_matte_says_where_the_face_is_and_lies_inside_the_support(made: Made) -> None:
    names = sorted(each.name for each in made.folder.glob("matte.*.png"))
    assert names == [f"matte.{frame:04}.png" for frame in range(2, LAST + 1)]
    supports = all_frames(made.folder / "support.mkv")
    for matte, support in zip(all_frames(made.folder / "matte.####.png"), supports, strict=True):
        (values,) = matte.data
        assert values.dtype == np.uint16
        assert values.max() == 65535
        assert not values[support.data[0] == 0].any()
        assert (values > 60000).mean() > 0.01
        assert len(np.unique(values)) > 1000, "its edge is soft, in more steps than 8 bits have"


def test_a_stopped_matte_is_finished_by_the_next_run_with_the_same_bytes(made: Made) -> None:
    assert made.report.rendered == 0, "the film itself was finished before"
    assert (made.report.matte, made.report.support) == (made.request.matte, made.request.support)
    stages = [each.stage for each in made.seen]
    assert "writing the matte" not in stages
    assert next(each for each in made.seen if each.stage == "writing the support").done >= 2
    render(replace(made.request, support=made.folder / "whole.mkv"), no_progress, never_cancelled, no_note)
    assert (made.folder / "support.mkv").read_bytes() == (made.folder / "whole.mkv").read_bytes()


def test_a_matte_replaces_nothing_and_is_not_made_twice(made: Made) -> None:
    theirs = made.folder / "theirs.mkv"
    theirs.write_bytes(b"somebody's")
    times = [path.stat().st_mtime_ns for path in (made.folder / "support.mkv", made.folder / "matte.0003.png")]
    with pytest.raises(OutputExists):
        render(replace(made.request, support=theirs), no_progress, never_cancelled, no_note)
    render(made.request, no_progress, never_cancelled, no_note)
    again = [path.stat().st_mtime_ns for path in (made.folder / "support.mkv", made.folder / "matte.0003.png")]
    assert (theirs.read_bytes(), again) == (b"somebody's", times)
    with pytest.raises(OutputNotWritable, match="files of their own"):
        render(replace(made.request, support=made.request.matte), no_progress, never_cancelled, no_note)


def test_a_matte_of_a_turned_or_stretched_picture_lies_in_its_coded_raster(media_dir: Path) -> None:
    with open_plate(media_dir / "single_face.mp4") as reader:
        planes, info = reader.read(0), reader.info
    for rotation, aspect in ((90, 1), (180, 2), (0, 2)):
        view = DisplayView(
            planes.width, planes.height, rotation, info.pixel_aspect * aspect, planes.format, planes.colour
        )
        width, height = view.size
        shown = np.zeros((height, width), np.float32)
        shown[: height // 2, : width // 4] = 1
        coded = view.coded_matte(shown)
        assert coded.shape == (planes.height, planes.width)
        assert abs(float(coded.mean()) - 0.125) < 0.01
        corner = {90: coded[-1, 0], 180: coded[-1, -1], 0: coded[0, 0]}[rotation]
        assert corner > 0.98
