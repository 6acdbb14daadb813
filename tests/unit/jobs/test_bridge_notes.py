"""A face that blur hides for some frames: drawn by its motion, told of by the render, and no occlusion to measuring."""

import json
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipeline.cli import main
from pipeline.commands.measure import told
from pipeline.jobs.measure import MeasureReport
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.render import render
from pipeline.jobs.render_request import project_request
from pipeline.jobs.speaker_plate import ClipRange, plain_frames
from pipeline.quality.report_page import ReportFace, report_page

BLURRED = range(10, 16)


def blurred_film(path: Path, clip: Path) -> Path:
    """Frames 30 to 57 of a clip, some of them so blurred that no face is found."""
    with av.open(str(path), "w") as output:
        video = output.add_stream("libx264", rate=Fraction(25), options={"preset": "veryfast", "crf": "12"})
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        for number, picture in enumerate(plain_frames(ClipRange(clip, 30, 57), 28)):
            shown = np.asarray(cv2.GaussianBlur(picture, (0, 0), 14), np.uint8) if number in BLURRED else picture
            frame = av.VideoFrame.from_ndarray(shown, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    return path


def test_a_range_without_the_face_is_told(
    tmp_path: Path, media_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    plate = tmp_path / "leader.mkv"
    with av.open(str(plate), "w") as output:
        video = output.add_stream("ffv1", rate=Fraction(25))
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        face = plain_frames(ClipRange(media_dir / "single_face.mp4", 0, 5), 5)
        for number, picture in enumerate([np.zeros((360, 640, 3), np.uint8)] * 5 + list(face)):
            frame = av.VideoFrame.from_ndarray(np.asarray(picture, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    line = [
        "render",
        "--plate",
        str(plate),
        "--source",
        str(media_dir / "synthetic_portrait.png"),
        "--quality",
        "draft",
    ]
    assert main([*line, "-o", str(tmp_path / "black.mkv"), "--out", "3"]) == 0
    told = "Face 1 is not seen in frames 0 to 3: nothing is replaced there. It is seen from frame 5 to 9."
    assert told in capsys.readouterr().err
    assert main([*line, "-o", str(tmp_path / "both.mkv"), "--out", "6"]) == 0
    assert "is not seen" not in capsys.readouterr().err


def test_bridged_frames_are_told_by_every_job_and_left_out_as_bridged(
    tmp_path: Path, media_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    plate = blurred_film(tmp_path / "blurred.mp4", media_dir / "single_face.mp4")
    project = tmp_path / "job.likeness"
    assert (
        main(["new", str(project), "--plate", str(plate), "--source", str(media_dir / "synthetic_portrait.png")]) == 0
    )
    notes: list[str] = []
    request = project_request(
        project, tmp_path / "result.mkv", notes.append, preset="ffv1-lossless", quality="draft", measured=True
    )
    report = render(request, no_progress, never_cancelled, notes.append)
    (face,) = report.measured
    values = face.values()
    frames = values["frames"]
    ((first, last),) = frames["bridged_spans"]
    assert first in BLURRED
    assert frames["bridged"] == last - first + 1
    assert (frames["occluded"], frames["occluded_spans"]) == (0, [])
    assert f"face-1 was not found in frames {first}-{last}" in " ".join(notes)
    assert any(f"bridged, the face not being found there: frames {first}-{last}" in note for note in values["notes"])
    assert not any("occluded" in note for note in values["notes"])
    lines = told(MeasureReport(plate, report.output, range(28), Fraction(25), report.measured))
    assert any(f"frames {first}-{last}" in line for line in lines)
    page = report_page("plate", "result", [ReportFace(values, face.series, [])])
    assert f"0 left out as occluded, {frames['bridged']} as bridged" in page
    capsys.readouterr()
    assert main(["keyframes", str(project), "--json"]) == 0
    assert f"face-1 was not found in frames {first}-{last}" in capsys.readouterr().err
    assert main(["analyze", str(project), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["faces"]
    (gap,) = found["gaps"]
    assert (gap["first"] <= first, last <= gap["last"], gap["short"]) == (True, True, True)
    assert found["seen"] == 28 - (gap["last"] - gap["first"] + 1)
    assert main(["analyze", str(project)]) == 0
    assert f"not found in frames {gap['first']} to {gap['last']}: a render bridges it" in capsys.readouterr().out
