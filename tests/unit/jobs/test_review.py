import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.jobs.keyframe_review import set_keyframe
from pipeline.jobs.review_key import QUESTIONS, ReviewKey, read_key
from pipeline.jobs.review_make import chosen_keyframes, shuffled_clips
from pipeline.jobs.review_read import read_review
from pipeline.media.presets import load_preset
from pipeline.project.keyframe import Keyframe
from pipeline.render.sequence import SequenceRequest, render_sequence


def marks(*frames: int) -> list[Keyframe]:
    return [Keyframe(frame=frame, origin="detected", kind="apex", score=0.5) for frame in frames]


@pytest.fixture(scope="module")
def made(media_dir: Path, tmp_path_factory: pytest.TempPathFactory, lay_analysis: Callable[[Path], None]) -> Path:
    """A review of two keyframes, folder `review`, in a fresh folder."""
    folder = tmp_path_factory.mktemp("review")
    lay_analysis(folder)
    plate, result, project = media_dir / "single_face.mp4", folder / "result.mkv", folder / "job.likeness"
    request = SequenceRequest(plate, result, load_preset("ffv1-lossless"), start=10, stop=40)
    render_sequence(request, lambda planes: planes, lambda number: "copy", lambda state: None, lambda: False)
    source = str(media_dir / "synthetic_portrait.png")
    assert main(["new", str(project), "--plate", str(plate), "--source", source]) == 0
    for frame in ("12", "30", "60"):
        set_keyframe(project, None, frame)
    films = [str(plate), str(result), "--project", str(project), "--in", "10", "--out", "39"]
    assert main(["review", "make", *films, "-o", str(folder / "review"), "--seconds", "0.4"]) == 0
    return folder


def test_viewers_get_clips_that_only_the_picture_tells_apart(made: Path) -> None:
    files = sorted(path.name for path in (made / "review" / "clips").iterdir())
    assert files == ["01.mp4", "02.mp4", "03.mp4", "04.mp4"]
    told = set()
    for name in files:
        with av.open(str(made / "review" / "clips" / name)) as clip:
            stream = clip.streams.video[0]
            told.add((stream.frames, stream.height, str(stream.average_rate), clip.metadata["comment"]))
            assert not clip.streams.audio
    assert len(told) == 1, "as many frames, one size, one rate, one comment"
    page = (made / "review" / "score.html").read_text(encoding="utf-8")
    assert '"clips": ["01", "02", "03", "04"]' in page
    assert all(title in page for _, title in QUESTIONS)
    assert '"plate"' not in page
    assert '"result"' not in page
    assert "http" not in page


def test_the_key_lies_apart_and_tells_each_clip(made: Path) -> None:
    key = read_key(made / "review.key.json")
    assert sorted((clip.frame, clip.kind) for clip in key.clips) == [
        (12, "plate"),
        (12, "result"),
        (30, "plate"),
        (30, "result"),
    ]
    assert all(10 <= clip.first <= clip.frame <= clip.last <= 39 for clip in key.clips)
    assert not list((made / "review").rglob("*key*"))


def test_an_earlier_review_is_not_overwritten(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = str(made / "result.mkv")
    assert main(["review", "make", film, film, "-o", str(made / "review")]) == 5
    assert "no earlier review is lost" in capsys.readouterr().err


def test_the_order_is_shuffled_and_the_same_for_the_same_review() -> None:
    first = shuffled_clips(marks(20, 60, 90), range(100), 24, "abc")
    assert first == shuffled_clips(marks(20, 60, 90), range(100), 24, "abc")
    others = [shuffled_clips(marks(20, 60, 90), range(100), 24, seed) for seed in "12345"]
    assert len({tuple((clip.frame, clip.kind) for clip in each) for each in others}) > 2
    assert [clip.name for clip in first] == ["01", "02", "03", "04", "05", "06"]
    assert {(clip.first, clip.last) for clip in first} == {(8, 31), (48, 71), (76, 99)}


def test_the_keyframes_of_most_worth_that_show_an_expression_are_chosen() -> None:
    found = [
        Keyframe(frame=0, origin="detected", kind="first", score=1.0),
        Keyframe(frame=10, origin="detected", kind="apex", score=0.2),
        Keyframe(frame=20, origin="manual"),
        Keyframe(frame=30, origin="detected", kind="blink", score=0.6),
        Keyframe(frame=99, origin="detected", kind="apex", score=0.9),
    ]
    assert [each.frame for each in chosen_keyframes(found, range(50), 2, 10)] == [20, 30]
    assert [each.frame for each in chosen_keyframes(found, range(50), 9, 30)] == [20], "one clip would show the other"
    covered = Keyframe(frame=42, origin="detected", kind="occlusion_in", score=1.0)
    assert [each.frame for each in chosen_keyframes([*found[:4], covered], range(50), 3, 4)] == [10, 20, 30]
    assert [each.frame for each in chosen_keyframes([*found[:4], covered], range(50), 4, 4)] == [10, 20, 30, 42]


def scores_file(key: ReviewKey, viewer: str, path: Path, plate: int, result: int) -> Path:
    by_kind = {"plate": plate, "result": result}
    given: dict[str, dict[str, int | None]] = {
        clip.name: {name: by_kind[clip.kind] for name, _ in QUESTIONS} for clip in key.clips
    }
    given[key.clips[0].name]["brow_furrow"] = None
    path.write_text(json.dumps({"format": 1, "review": key.id, "viewer": viewer, "scores": given}), encoding="utf-8")
    return path


def test_files_of_viewers_become_opinions_of_plate_and_result(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = read_key(made / "review.key.json")
    files = [
        scores_file(key, "Ada", tmp_path / "a.json", 5, 3),
        scores_file(key, "Bea", tmp_path / "b.json", 5, 4),
    ]
    report = read_review(made / "review.key.json", files)
    assert report.viewers == ("Ada", "Bea")
    assert report.opinions["overall"]["plate"].mean == 5
    assert report.opinions["overall"]["result"].mean == 3.5
    assert report.opinions["overall"]["result"].interval is not None
    assert report.opinions["brow_furrow"][key.clips[0].kind].given == 2
    assert [each.frame for each in report.keyframes] == [12, 30]
    assert report.keyframes[0].result["mouth_corners"] == 3.5
    arguments = ["review", "read", str(made / "review.key.json"), *map(str, files)]
    assert main([*arguments, "--json"]) == 0
    values: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert values["questions"]["overall"]["result"]["mean"] == 3.5
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "2 viewers: Ada, Bea" in told
    assert "12 (manual)" in told


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"review": "other"}, "another review"),
        ({"scores": {"77": {"overall": 3}}}, "scores 77"),
        ({"scores": {"01": {"overall": 6}}}, "is not a score file"),
        ({"viewer": ""}, "is not a score file"),
    ],
)
def test_files_that_are_none_of_this_review_are_refused(
    made: Path, tmp_path: Path, change: dict[str, Any], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = read_key(made / "review.key.json")
    path = scores_file(key, "Ada", tmp_path / "a.json", 5, 3)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert main(["review", "read", str(made / "review.key.json"), str(path)]) == 3
    assert why in capsys.readouterr().err


def test_a_viewers_second_file_and_a_missing_one_are_refused(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = read_key(made / "review.key.json")
    path = scores_file(key, "Ada", tmp_path / "a.json", 5, 3)
    assert main(["review", "read", str(made / "review.key.json"), str(path), str(path)]) == 3
    assert "second file of Ada" in capsys.readouterr().err
    assert main(["review", "read", str(made / "review.key.json"), str(tmp_path / "none.json")]) == 3


def test_clips_show_the_face_large(made: Path) -> None:
    with av.open(str(made / "review" / "clips" / "01.mp4")) as clip:
        picture = next(clip.decode(video=0)).to_ndarray(format="rgb24")
    assert picture.shape[0] == 720
    assert np.std(picture) > 20
