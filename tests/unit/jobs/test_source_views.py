"""The faces of sources, shown and judged before anything is rendered."""

import json
from pathlib import Path

import cv2
import pytest

from pipeline.cli import main
from pipeline.engines.session import SessionPool
from pipeline.errors import NoFace, OutputFolderMissing, OutputIsInput, SeveralFaces
from pipeline.imaging.face_measures import face_width
from pipeline.jobs.progress import never_cancelled
from pipeline.jobs.source_choice import source_choice
from pipeline.jobs.source_views import SourceView, show_sources
from pipeline.jobs.sources import read_sources


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


def shown(names: list[Path | str], output: Path, pool: SessionPool) -> list[SourceView]:
    views, pictures = show_sources([source_choice(str(each)) for each in names], output, pool, never_cancelled)
    assert all(cv2.imread(str(each)) is not None for each in pictures)
    return views


def test_every_face_of_a_photo_is_shown_under_the_name_that_chooses_it(
    tmp_path: Path, media_dir: Path, pool: SessionPool
) -> None:
    photo = media_dir / "multi_face.jpg"
    views = shown([photo], tmp_path / "faces.png", pool)
    assert [view.argument for view in views] == [f"{photo}#{number}" for number in range(1, 6)]
    for view in views:
        (taken,) = read_sources([source_choice(view.argument)], pool)
        x0, x1 = taken.mesh.landmarks[:, 0].min(), taken.mesh.landmarks[:, 0].max()
        assert view.picture.shape[1] == pytest.approx(1.7 * (x1 - x0), abs=3), "the picture is of that face"


def test_the_views_of_a_film_are_shown_and_may_be_named_one_by_one(
    tmp_path: Path, media_dir: Path, pool: SessionPool
) -> None:
    film = media_dir / "single_face.mp4"
    views = shown([film], tmp_path / "views.png", pool)
    assert all("calm" in view.described and "sharp" in view.described and not view.why_not for view in views)
    (taken,) = read_sources([source_choice(views[0].argument)], pool)
    assert views[0].described.startswith(f"frame {views[0].argument.rpartition('@')[2]}, turned")
    assert face_width(taken.mesh.landmarks) == pytest.approx(views[0].width_px, rel=0.02)
    smile = max(taken.mesh.scores[44], taken.mesh.scores[45])
    assert smile < 0.2, "the grin of the later frames is not what is shown"


def test_a_face_too_small_is_shown_with_the_reason(
    tmp_path: Path, media_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = cv2.imread(str(media_dir / "single_face.jpg"))
    assert picture is not None
    cv2.imwrite(str(tmp_path / "small.png"), cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    output = tmp_path / "sources.png"
    assert main(["sources", str(tmp_path / "small.png"), "-o", str(output), "--provider", "cpu", "--json"]) == 0
    (view,) = json.loads(capsys.readouterr().out)["views"]
    assert not view["usable"]
    assert "at least 48" in view["why_not"]
    assert output.is_file()


def test_what_cannot_be_shown_is_said(tmp_path: Path, media_dir: Path, pool: SessionPool) -> None:
    photo = media_dir / "single_face.jpg"
    with pytest.raises(OutputIsInput):
        shown([photo], photo, pool)
    with pytest.raises(OutputFolderMissing):
        shown([photo], tmp_path / "none" / "a.png", pool)
    with pytest.raises(SeveralFaces, match="in one of its frames"):
        shown([f"{media_dir / 'single_face.mp4'}#2"], tmp_path / "a.png", pool)
    cv2.imwrite(str(tmp_path / "wall.png"), cv2.imread(str(photo))[:40, :40])  # type: ignore[index]
    with pytest.raises(NoFace, match=r"wall\.png"):
        shown([tmp_path / "wall.png"], tmp_path / "a.png", pool)
    assert not (tmp_path / "a.png").exists()
