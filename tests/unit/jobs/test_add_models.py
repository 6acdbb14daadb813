"""Networks' files are known by their checksum, and come whole into their places or not at all."""

import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.engines.registry import card, verify
from pipeline.engines.session import SessionPool
from pipeline.errors import LikenessError, ModelChanged, ModelError, ModelMissing, OutputNotWritable
from pipeline.jobs import add_models as module
from pipeline.jobs.add_models import Addition, add_models, refuse_unless_added


@pytest.fixture
def installed(tmp_path: Path, models_dir: Path) -> Path:
    """A models folder with two small networks, and a bigger one's card without its file."""
    folder = tmp_path / "models"
    folder.mkdir()
    for stem in ("face_detector", "face_blendshapes"):
        for suffix in (".onnx", ".toml"):
            shutil.copy(models_dir / (stem + suffix), folder)
    shutil.copy(models_dir / "palm_detection_full.toml", folder)
    return folder


def states(folder: Path) -> dict[str, str]:
    return {each.card.id: each.state for each in verify(folder)}


def refusal(found: list[Addition]) -> LikenessError:
    """Of the one file that was refused."""
    (error,) = (each.error for each in found if each.error is not None)
    return error


def test_a_file_under_another_name_is_put_in_its_place_and_used_at_once(
    installed: Path, tmp_path: Path, models_dir: Path
) -> None:
    renamed = tmp_path / "download.bin"
    shutil.copy(models_dir / "face_detector.onnx", renamed)
    (installed / "face_detector.onnx").unlink()
    pool, wanted = SessionPool(installed), card("blazeface-short-range", installed)
    with pytest.raises(ModelMissing):
        pool.get(wanted)
    (found,) = add_models([renamed], installed)
    assert (found.error, found.was_good) == (None, False)
    assert pool.get(wanted).card == wanted, "a process that missed it loads it without being started anew"
    assert {each.name for each in installed.iterdir()} == {
        "face_detector.onnx",
        "face_detector.toml",
        "face_blendshapes.onnx",
        "face_blendshapes.toml",
        "palm_detection_full.toml",
    }


def test_a_changed_file_is_replaced_and_a_good_one_isn_t_written(installed: Path, models_dir: Path) -> None:
    (installed / "face_detector.onnx").write_bytes(b"cut off")
    before = (installed / "face_blendshapes.onnx").stat()
    found = add_models([models_dir / "face_detector.onnx", models_dir / "face_blendshapes.onnx"], installed)
    assert [each.was_good for each in found] == [False, True]
    assert states(installed)["blazeface-short-range"] == "good"
    assert (installed / "face_blendshapes.onnx").stat() == before


def test_a_file_cut_off_is_refused_by_both_checksums(installed: Path, tmp_path: Path, models_dir: Path) -> None:
    cut_off = tmp_path / "palm_detection_full.onnx"
    cut_off.write_bytes((models_dir / "palm_detection_full.onnx").read_bytes()[:5000])
    found = add_models([cut_off, models_dir / "face_detector.onnx"], installed)
    error = refusal(found)
    assert isinstance(error, ModelChanged)
    for checksum in (module._checksum(cut_off), card("palm-detection", installed).sha256):
        assert checksum in str(error)
    assert states(installed)["palm-detection"] == "missing"
    assert found[1].error is None, "what is good is taken beside it"


def test_a_file_that_no_card_knows_is_refused_by_naming_those_that_are(installed: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "inswapper.onnx"
    stranger.write_bytes(b"another network")
    error = refusal(add_models([stranger], installed))
    assert isinstance(error, ModelError)
    assert "face_blendshapes.onnx, face_detector.onnx, palm_detection_full.onnx" in str(error)
    assert not (installed / "inswapper.onnx").exists()


def test_a_network_may_come_with_its_card_but_nobody_s_own_is_taken(
    installed: Path, tmp_path: Path, models_dir: Path
) -> None:
    (installed / "face_detector.onnx").unlink()
    both = [models_dir / "face_detector.onnx", models_dir / "face_detector.toml"]
    assert [each.error for each in add_models(both, installed)] == [None, None]
    own = tmp_path / "own.toml"
    own.write_text((models_dir / "face_detector.toml").read_text().replace("blazeface", "own"))
    assert "networks of your own can't be added" in str(refusal(add_models([own], installed)))


@pytest.mark.parametrize("name", ["nowhere.onnx", "."])
def test_what_cannot_be_read_is_told(installed: Path, tmp_path: Path, name: str) -> None:
    assert isinstance(refusal(add_models([tmp_path / name], installed)), ModelMissing)


def test_a_folder_that_takes_no_file_is_named_with_what_to_do(installed: Path, models_dir: Path) -> None:
    # A folder stands where the unfinished file would: refused to the system's owner, too.
    (installed / ".palm_detection_full.onnx.unfinished").mkdir()
    found = add_models([models_dir / "palm_detection_full.onnx"], installed)
    error = refusal(found)
    assert isinstance(error, OutputNotWritable)
    assert str(installed) in str(error)
    assert "as the user whom the installation belongs to" in str(error)
    assert states(installed)["palm-detection"] == "missing"
    with pytest.raises(OutputNotWritable):
        refuse_unless_added(found)


def test_the_command_says_what_was_there_already_and_ends_in_what_went_wrong(
    models_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "add", str(models_dir / "face_detector.onnx")]) == 0
    assert capsys.readouterr().out == "face_detector.onnx: was there already (BlazeFace short range)\n"
    assert main(["models", "add", str(models_dir / "face_detector.onnx"), str(tmp_path / "nowhere.onnx")]) == 6
    told = capsys.readouterr()
    assert "was there already" in told.out
    assert "nowhere.onnx cannot be read" in told.err
