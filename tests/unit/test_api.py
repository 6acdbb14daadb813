"""The Python API in the ten lines its documentation shows."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pipeline import api
from pipeline.errors import ConsentError, FaceError, MediaError, ProjectError, RangeError
from pipeline.imaging.arrays import ImageU8
from pipeline.jobs.keys import KeyReport
from pipeline.jobs.review_make import ReviewMade
from pipeline.project.storage import StoredProject, load_project, save_project
from tests.unit.project.documents import one_face


def test_every_public_name_is_there() -> None:
    for name in api.__all__:
        assert getattr(api, name)


def test_detect_finds_the_faces_from_left_to_right(media_dir: Path) -> None:
    faces = api.detect(api.read(media_dir / "multi_face.jpg"))
    assert len(faces) >= 4
    lefts = [face.box[0] for face in faces]
    assert lefts == sorted(lefts)
    for face in faces:
        assert face.landmarks.shape == (478, 3)
        assert 0 <= face.expressions["jawOpen"] <= 1


def test_swap_changes_the_face_and_marks_the_picture(media_dir: Path) -> None:
    picture = api.read(media_dir / "single_face.jpg")
    result = api.swap(picture, media_dir / "synthetic_portrait.png")
    assert result.shape == picture.shape
    x0, y0, x1, y1 = (round(each) for each in api.detect(picture)[0].box)
    change = np.abs(result.astype(int) - picture).max(axis=2)
    assert change[y0:y1, x0:x1].mean() > 4
    height = picture.shape[0]
    assert change[: y0 // 2].max() == 0, "the background stays as it was"
    assert (change[int(height * 0.9) :, : picture.shape[1] // 4] > 20).any(), "the mark stands at the bottom left"


def test_a_chain_takes_steps_of_ones_own_and_marks_smaller_with_consent(media_dir: Path) -> None:
    picture = api.read(media_dir / "single_face.jpg")

    def darker(image: ImageU8) -> ImageU8:
        return np.asarray(image // 2, np.uint8)

    draft = api.chain(darker)(picture)
    agreed = api.chain(darker, consent="The sitter agreed to this test in writing.")(picture)
    marked_draft = (draft != darker(picture)).any(axis=2).sum()
    marked_agreed = (agreed != darker(picture)).any(axis=2).sum()
    assert 0 < marked_agreed < marked_draft
    assert abs(int(draft.mean()) - int(picture.mean()) // 2) < 5


@pytest.mark.long
def test_the_documented_lines_run_and_do_what_they_say(
    media_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    in_this_process = page.partition("## A worker")[0]
    lines = [line[4:] for line in in_this_process.splitlines() if line.startswith("    ")]
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copy(media_dir / "single_face.jpg", "plate.jpg")
    shutil.copy(media_dir / "single_face.mp4", "plate.mp4")
    shutil.copy(media_dir / "synthetic_portrait.png", "portrait.jpg")
    said: dict[str, Any] = {}
    exec("\n".join(lines), said)
    picture, result, report = said["picture"], said["result"], said["report"]
    x0, y0, x1, y1 = (round(each) for each in api.detect(picture)[0].box)
    swapped, sharpened = api.swap(picture, "portrait.jpg", consent="Ada Example agreed."), said["sharper"](picture)
    face, corner = np.s_[y0:y1, x0:x1], np.s_[: y0 // 2]
    assert np.abs(result[face].astype(int) - sharpened[face]).mean() > 4, "the face is another"
    assert np.abs(result[face].astype(int) - swapped[face]).mean() > 1, "and it was sharpened after that"
    assert np.array_equal(result[corner], sharpened[corner]), "like the rest of the picture"
    assert (report.output, report.rendered, report.failed) == (Path("result.mp4"), 10, ())
    assert Path("result.mp4").is_file()
    keyframes = said["project"].keyframes()
    assert [each.keyframe.origin for each in keyframes[:2]] == ["detected", "edited"]
    assert keyframes[0].keyframe.reasons
    curves = load_project(Path("shot.likeness")).project.faces[0].curves
    assert {*curves} == {"expression", "feather", "lip_shape", "lips_left", "matching", "preset_1", "shape"}
    assert Path("shot.mp4").is_file()
    (measured,) = said["measured"].faces
    assert measured.film.measures.frames == 12
    assert 0 < measured.values()["figures"]["landmarks_mean"] < 5
    assert "shot.mp4" in Path("shot.html").read_text(encoding="utf-8")
    (seen,) = said["project"].analyse().faces
    assert (seen.first, seen.last) == (0, 71)
    (listed,) = said["project"].faces()
    assert (listed.face.share, listed.face.ignored) == (0.5, False)
    assert said["project"].ignore()[0].face.ignored
    _check_review(said["review"])


def _check_review(made: ReviewMade) -> None:
    """The review that was made can be scored and read."""
    assert (made.page.is_file(), made.clips) == (True, 2 * made.keyframes)
    key = json.loads(made.key.read_text(encoding="utf-8"))
    scores = {clip["name"]: {"overall": 5 if clip["kind"] == "plate" else 3} for clip in key["clips"]}
    viewer = {"format": 1, "review": key["id"], "viewer": "Ada", "scores": scores}
    Path("scores-ada.json").write_text(json.dumps(viewer), encoding="utf-8")
    overall = api.read_review(made.key, "scores-ada.json").opinions["overall"]
    assert (overall["plate"].mean, overall["result"].mean) == (5, 3)


def test_a_project_s_keyframes_and_keys_are_set_moved_reviewed_and_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "shot.likeness"
    save_project(StoredProject(one_face(400, (20, 80)), {}), file)
    project = api.Project(file)
    assert [each.keyframe.frame for each in project.add(50)] == [20, 50, 80]
    (judged,) = [each.keyframe for each in project.judge(50, status="needs_work", note="softer") if each.keyframe.note]
    assert (judged.frame, judged.status, judged.note) == (50, "needs_work", "softer")
    assert [each.keyframe.frame for each in project.remove(20)] == [50, 80]

    def keys(report: KeyReport) -> list[tuple[int, float]]:
        return [] if report.curve is None else [(key.frame, key.value) for key in report.curve.keys]

    assert project.key("shape", 0.4, None).curve is None, "one number for the whole plate"
    assert keys(project.key("shape", 0.7, range(10, 21)))[1:-1] == [(10, 0.7), (20, 0.7)]
    assert keys(project.copy("shape", range(10, 21), 100))[-2:] == [(100, 0.7), (110, 0.7)]
    assert keys(project.shift("shape", 5))[0][0] == 14
    assert keys(project.retime("shape", 2, about=14))[0][0] == 14
    assert keys(project.unkey("shape", range(100)))[0][0] >= 100
    with pytest.raises(ProjectError, match="no key on frame 0"):
        project.unkey("shape", 0)
    assert keys(project.unkey("shape")) == []
    assert project.express("smile", None, strength=0.5).parameter == "preset_1"
    project.unexpress("smile")
    assert load_project(file).project.faces[0].presets == {}
    project.unbalance()


def test_a_project_s_faces_are_given_identities_put_together_parted_and_left_alone(
    media_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    portrait, plate = media_dir / "synthetic_portrait.png", tmp_path / "plate.jpg"
    shutil.copy(media_dir / "multi_face.jpg", plate)
    project = api.Project.new(tmp_path / "shot.likeness", plate, [portrait])
    main, other = (each.track for each in project.analyse().faces[:2])
    first, second = project.assign(other, media_dir / "single_face.jpg", consent="Ada agreed.", share=0.25)
    assert (first.face.track, first.face.share, second.face.share, second.face.track) == (None, 1.0, 0.25, other)
    assert (first.consent, second.consent is not None) == (None, True)
    assert [each.face.track for each in project.assign(main, identity="identity-1", licence=None)] == [main, other]
    assert [each.consent is not None for each in project.agree("Bert agreed.", first.face.id)] == [True, True]
    assert [each.consent is not None for each in project.agree(None, second.face.id)] == [True, False]
    assert [each.face.ignored for each in project.ignore(second.face.id)] == [False, True]
    assert [each.face.ignored for each in project.ignore(second.face.id, ignored=False)] == [False, False]
    assert [each.face.share for each in project.share(0.5, first.face.id)] == [0.5, 0.25]
    assert project.faces() == project.share(0.25, second.face.id)
    lent = api.Motion(api.source_choice(f"{media_dir / 'single_face.mp4'}@30"), gain=0.5)
    assert [each.face.motion is None for each in project.lend(lent, second.face.id)] == [True, False]
    assert [each.face.motion is None for each in project.lend(None, second.face.id)] == [True, True]
    with pytest.raises(ProjectError):
        project.share(1.5, first.face.id)
    with pytest.raises(ProjectError, match="both seen in frame 0"):
        project.merge(second.face.id, first.face.id)
    with pytest.raises(ProjectError, match="no track 77"):
        project.merge(77, first.face.id)
    with pytest.raises(ProjectError, match="can't be split at 3"):
        project.split(3, first.face.id)


def test_render_writes_a_film_that_plays_and_is_measured(
    media_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lay_analysis: Callable[[Path], None]
) -> None:
    lay_analysis(tmp_path)
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    output = tmp_path / "result.mp4"
    report = api.render(
        media_dir / "single_face.mp4", [media_dir / "synthetic_portrait.png"], output, first=10, last=14
    )
    assert (report.rendered, report.failed) == (5, ())
    film = cv2.VideoCapture(str(output))
    assert film.get(cv2.CAP_PROP_FRAME_COUNT) == 5
    (measured,) = api.measure(
        media_dir / "single_face.mp4", output, first=10, last=14, sources=[media_dir / "synthetic_portrait.png"]
    ).faces
    figures = measured.values()["figures"]
    assert 0 < figures["landmarks_mean"] < 5
    assert 0 < figures["identity_to_source"] < figures["identity_to_performer"]


def test_what_cannot_be_done_is_said(media_dir: Path, tmp_path: Path) -> None:
    picture = api.read(media_dir / "single_face.jpg")
    with pytest.raises(MediaError):
        api.read(tmp_path / "nothing.jpg")
    with pytest.raises(FaceError, match="No face"):
        api.swap(np.full((120, 160, 3), 128, np.uint8), media_dir / "synthetic_portrait.png")
    with pytest.raises(ConsentError):
        api.swap(picture, media_dir / "synthetic_portrait.png", consent="")
    with pytest.raises(MediaError, match="uint8"):
        api.swap(picture.astype(np.float32), media_dir / "synthetic_portrait.png")
    with pytest.raises(RangeError):
        api.render(media_dir / "single_face.mp4", [media_dir / "synthetic_portrait.png"], tmp_path / "x.mp4", first=999)
    with pytest.raises(MediaError):
        api.measure(media_dir / "single_face.mp4", media_dir / "WolfgangLanger_Pexels.mp4")
    with pytest.raises(MediaError):
        api.read_review(tmp_path / "nothing.json")
    with pytest.raises(ProjectError):
        api.Project(tmp_path / "nothing.likeness").faces()
    assert not list(tmp_path.iterdir())
