"""A face's motion taken from another clip or frame."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.analysis.observations import TrackObservations
from pipeline.analysis.observe import observe
from pipeline.analysis.solve import solve_face
from pipeline.cli import main
from pipeline.engines.faces import FaceSolve
from pipeline.engines.landmarkers.blendshapes import NAMES
from pipeline.engines.session import SessionPool
from pipeline.engines.swappers.mesh.geometry import frame_geometry
from pipeline.engines.swappers.mesh.movement import movement_of
from pipeline.errors import RangeError
from pipeline.jobs.motion import DonorScores, borrowed, read_donor
from pipeline.jobs.motion_choice import Motion
from pipeline.jobs.motion_notes import motion_told
from pipeline.jobs.progress import never_cancelled, no_progress
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.plate_view import view_of
from pipeline.media.reader import open_plate
from pipeline.project.face_parameters import FaceParameters
from pipeline.project.storage import load_project

SMILE = NAMES.index("mouthSmileLeft")
CORNER_LEFT, CORNER_RIGHT = 291, 61
CHOICE = SourceChoice(Path("donor.mp4"))


@pytest.fixture(scope="module")
def pool(models_dir: Path) -> SessionPool:
    return SessionPool(models_dir)


@pytest.fixture(scope="module")
def grin(media_dir: Path, pool: SessionPool) -> TrackObservations:
    with open_plate(media_dir / "single_face.mp4") as reader:
        (track,) = observe(reader, pool)
    return track


@pytest.fixture(scope="module")
def solve(grin: TrackObservations) -> FaceSolve:
    return solve_face(grin)


def still(scores: np.ndarray) -> DonorScores:
    return DonorScores((Fraction(0),), scores[None].astype(np.float32))


def times(solve: FaceSolve) -> list[Fraction]:
    return [Fraction(int(frame), 30) for frame in solve.frames]


def test_a_grin_widens_the_calm_mouth(solve: FaceSolve) -> None:
    grinning = int(np.argmax(solve.scores[:, SMILE]))
    change = borrowed(Motion(CHOICE), still(solve.scores[grinning]), solve, times(solve))
    calm = int(np.argmin(solve.scores[:, SMILE]))
    movement = movement_of(solve)
    offset = np.zeros((468, 3))
    before = frame_geometry(solve, calm, offset, None, FaceParameters(), movement).meshes.result
    after = frame_geometry(solve, calm, offset, change[calm], FaceParameters(), movement).meshes.result

    def width(points: np.ndarray) -> float:
        return float(np.linalg.norm(points[CORNER_LEFT, :2] - points[CORNER_RIGHT, :2]))

    assert width(after) > 1.08 * width(before)


def test_one_s_own_motion_changes_nothing(solve: FaceSolve) -> None:
    donor = DonorScores(tuple(times(solve)), solve.scores)
    change = borrowed(Motion(CHOICE), donor, solve, times(solve))
    assert np.abs(change).mean() < 0.02


def test_what_the_clip_has_no_movement_for_is_told(solve: FaceSolve) -> None:
    frames = range(len(solve.frames))

    def told(*names: str, frames: range = frames) -> str | None:
        scores = solve.scores[0].copy()
        scores[[NAMES.index(each) for each in names]] = 0.6
        change = borrowed(Motion(CHOICE), still(scores), solve, times(solve))
        return motion_told("face 1", change, solve, frames)

    assert told("mouthSmileLeft", "mouthSmileRight") is None, "the clip holds a grin"
    said = told("mouthSmileLeft", "browDownLeft", "browDownRight", "mouthFrownLeft")
    assert said is not None
    assert "face 1 borrows asks for brow down, lip corner down, which" in said
    assert told("browDownLeft", frames=range(900, 910)) is None, "no frame of the face is asked for"


def test_gaze_and_lids_stay_the_performer_s(solve: FaceSolve) -> None:
    change = borrowed(Motion(CHOICE), still(np.ones(52)), solve, times(solve))
    eyes = [k for k, name in enumerate(NAMES) if name.startswith(("eyeLook", "eyeBlink"))]
    assert not change[:, eyes].any()
    assert change[:, SMILE].any()


def test_gain_scales_and_the_limit_holds(solve: FaceSolve) -> None:
    donor = still(np.ones(52))
    full = borrowed(Motion(CHOICE, gain=1.0, limit=1.0), donor, solve, times(solve))
    half = borrowed(Motion(CHOICE, gain=0.5, limit=1.0), donor, solve, times(solve))
    assert np.allclose(half, 0.5 * full)
    assert np.abs(borrowed(Motion(CHOICE, limit=0.2), donor, solve, times(solve))).max() <= 0.2


def test_a_donor_s_last_expression_stays_when_it_has_ended() -> None:
    donor = DonorScores((Fraction(0), Fraction(1, 25)), np.eye(52, dtype=np.float32)[:2])
    assert donor.at(Fraction(1, 26))[0] == 1
    assert donor.at(Fraction(1, 25))[1] == 1
    assert donor.at(Fraction(9))[1] == 1


def test_one_frame_is_a_donor(media_dir: Path, pool: SessionPool, grin: TrackObservations) -> None:
    donor = read_donor(SourceChoice(media_dir / "single_face.mp4", frame=30), pool, no_progress, never_cancelled)
    assert donor.scores.shape == (1, 52)
    assert np.abs(donor.scores[0] - grin.scores[30]).mean() < 0.05
    with pytest.raises(RangeError, match="no frame 99"):
        read_donor(SourceChoice(media_dir / "single_face.mp4", frame=99), pool, no_progress, never_cancelled)


def test_the_performer_s_own_face_grins_without_any_source(
    media_dir: Path,
    pool: SessionPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lay_analysis: Callable[[Path], None],
) -> None:
    lay_analysis(tmp_path)
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    plate = media_dir / "single_face.mp4"

    def smile(name: str, *options: str) -> float:
        result = tmp_path / name
        arguments = ["--plate", str(plate), "--motion", f"{plate}@60", *options, "--out", "2", "-o", str(result)]
        assert main(["render", *arguments, "--quality", "draft", "--provider", "cpu"]) == 0
        with open_plate(result) as reader:
            (track,) = observe(reader, pool)
        return float(track.scores[:, SMILE].mean())

    calm, half, full = (
        smile(f"{gain}.mkv", "--motion-gain", gain, "--motion-limit", "1") for gain in ("0", "0.5", "1")
    )
    assert calm < 0.2
    assert half > calm + 0.03
    assert full > half + 0.2
    assert smile("limited.mkv", "--motion-limit", "0.1") < full - 0.2


def test_a_project_wears_a_motion_alike_in_every_range_with_an_identity_and_without(
    media_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lay_analysis: Callable[[Path], None]
) -> None:
    lay_analysis(tmp_path)
    monkeypatch.setenv("LIKENESS_CONFIG", str(tmp_path / "config"))
    plate, file = str(media_dir / "single_face.mp4"), tmp_path / "job.likeness"
    worn = ["--motion", plate, "--motion-gain", "1.5", "--motion-limit", "1"]
    assert main(["new", str(file), "--plate", plate, *worn, "--consent", "Agreed."]) == 0
    made = load_project(file).project
    assert (made.identities, made.faces[0].identity) == ((), None)
    assert made.performers[0].consent is not None, "without sources the consent is the performer's"

    def rendered(name: str, first: str, last: str) -> list[np.ndarray]:
        result = tmp_path / name
        options = ["--quality", "draft", "--provider", "cpu", "-o", str(result)]
        assert main(["render", str(file), "--in", first, "--out", last, *options]) == 0
        with open_plate(result) as reader:
            view = view_of(reader.info)
            return [view.rgb8(reader.read(frame)) for frame in range(reader.info.frames)]

    whole, part = rendered("whole.mkv", "29", "31"), rendered("part.mkv", "31", "31")
    assert np.array_equal(whole[2], part[0])
    portrait = str(media_dir / "synthetic_portrait.png")
    assert main(["face", "ignore", str(file)]) == 0
    lent = ["--motion", f"{plate}@60"]
    assert main(["face", "assign", str(file), "--track", "0", "--source", portrait, *lent]) == 0
    grinning = rendered("grinning.mkv", "3", "3")
    assert main(["face", "motion", str(file), "--face", "face-1", "--none"]) == 0
    (last,) = load_project(file).project.faces
    assert (last.identity, last.motion) == ("identity-1", None)
    assert np.abs(grinning[0].astype(int) - rendered("calm.mkv", "3", "3")[0]).max() > 30


def test_a_motion_that_cannot_be_worn_is_refused_and_the_project_stays(
    media_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plate, file = str(media_dir / "single_face.mp4"), tmp_path / "job.likeness"
    assert main(["new", str(file), "--plate", plate, "--motion", f"{plate}@99"]) == 8
    assert main(["new", str(file), "--plate", plate, "--motion", str(tmp_path / "no.mp4")]) == 3
    assert not file.exists()
    assert main(["new", str(file), "--plate", plate, "--motion", f"{plate}@60"]) == 0
    before = file.read_bytes()
    assert main(["face", "motion", str(file), "--motion", f"{plate}@99"]) == 8
    assert file.read_bytes() == before
    capsys.readouterr()
    assert main(["face", "list", str(file), "--json"]) == 0
    (face,) = json.loads(capsys.readouterr().out)["faces"]
    assert (face["motion"]["frame"], face["motion"]["gain"], face["motion"]["limit"]) == (60, 1.0, 0.6)


@pytest.mark.parametrize(
    "options",
    [
        ["--motion-gain", "0.5"],
        ["--motion", "a.mp4", "--motion-gain", "2"],
        ["--motion", "a.mp4", "--motion-limit", "2"],
    ],
)
def test_gain_and_limit_have_a_range_and_go_with_a_motion(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["render", "--plate", "p.mp4", "--source", "s.png", "-o", "r.mp4", *options])
    assert ended.value.code == 2
    assert "is a number from 0 to" in capsys.readouterr().err


def test_only_as_much_of_a_clip_is_read_as_is_worn(media_dir: Path, pool: SessionPool, grin: TrackObservations) -> None:
    totals = []
    donor = read_donor(
        SourceChoice(media_dir / "single_face.mp4"), pool, lambda state: totals.append(state.total), never_cancelled,
        Fraction(1, 3),
    )  # fmt: skip
    assert set(totals) == {21}, "frames 0 to 10 of 30 a second, and ten after them"
    assert np.abs(donor.at(Fraction(1, 3)) - grin.scores[10]).mean() < 0.05
