"""Cards say what ships, and a model that differs by one byte is refused."""

import hashlib
import shutil
from pathlib import Path

import pytest

from pipeline.engines.cards import read_card
from pipeline.engines.contract import meets_contract
from pipeline.engines.engine import ModelCard
from pipeline.engines.registry import card, cards, read_verified, verify
from pipeline.engines.session import SessionPool
from pipeline.errors import ContractMismatch, ModelChanged, ModelError, ModelMissing


@pytest.fixture
def copied(tmp_path: Path, models_dir: Path) -> Path:
    """A models folder with two small models."""
    for stem in ("face_detector", "face_blendshapes"):
        for suffix in (".onnx", ".toml"):
            shutil.copy(models_dir / (stem + suffix), tmp_path)
    return tmp_path


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_every_model_file_has_a_card_and_every_card_a_good_file(models_dir: Path) -> None:
    files = {each.name for each in models_dir.iterdir() if each.suffix in {".onnx", ".npz"}}
    assert {each.file for each in cards(models_dir)} == files
    assert [each.state for each in verify(models_dir)] == ["good"] * len(files)


@pytest.mark.parametrize("each", cards(), ids=lambda each: each.id)
def test_a_card_says_licence_source_purpose_and_limits(each: ModelCard) -> None:
    for name in ("licence", "source", "purpose", "limits", "title"):
        assert len(getattr(each, name)) >= 3


@pytest.mark.parametrize("each", [each for each in cards() if each.inputs], ids=lambda each: each.id)
def test_every_network_meets_its_card_s_contract(each: ModelCard) -> None:
    pool = SessionPool()
    assert pool.get(each).providers == ("CPUExecutionProvider",)


def test_verify_tells_changed_from_missing(copied: Path) -> None:
    flip_a_byte(copied / "face_detector.onnx")
    (copied / "face_blendshapes.onnx").unlink()
    states = {each.card.id: each.state for each in verify(copied)}
    assert states == {"blazeface-short-range": "changed", "face-blendshapes": "missing"}


def test_one_changed_byte_is_refused_at_load(copied: Path) -> None:
    flip_a_byte(copied / "face_detector.onnx")
    with pytest.raises(ModelChanged, match=r"face_detector\.onnx"):
        SessionPool(copied).get(card("blazeface-short-range", copied))


def test_a_missing_file_is_said(copied: Path) -> None:
    (copied / "face_detector.onnx").unlink()
    with pytest.raises(ModelMissing, match="Restore"):
        SessionPool(copied).get(card("blazeface-short-range", copied))


def test_an_unknown_id_is_said_with_the_known_ones(copied: Path) -> None:
    with pytest.raises(ModelMissing, match="face-blendshapes"):
        card("nobody", copied)


def test_verified_bytes_are_the_file(copied: Path) -> None:
    wanted = card("face-blendshapes", copied)
    assert hashlib.sha256(read_verified(wanted, copied)).hexdigest() == wanted.sha256


def test_a_network_under_another_s_card_is_told_by_its_tensors(copied: Path) -> None:
    text = (copied / "face_detector.toml").read_text()
    other = hashlib.sha256((copied / "face_blendshapes.onnx").read_bytes()).hexdigest()
    right = card("blazeface-short-range", copied).sha256
    text = text.replace("face_detector.onnx", "face_blendshapes.onnx").replace(right, other)
    (copied / "wrong.toml").write_text(text)
    with pytest.raises(ContractMismatch, match=r"scores\[N×52\]"):
        SessionPool(copied).get(read_card(copied / "wrong.toml"))


def test_a_contract_may_leave_sizes_free(models_dir: Path) -> None:
    known = card("silero-vad", models_dir)
    assert known.inputs[0].shape == (None, 576)
    assert not meets_contract(SessionPool(models_dir).get(known).session, card("faceres", models_dir))


def test_a_card_that_is_not_readable_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('id = "x"\n')
    with pytest.raises(ModelError, match="lacks a field"):
        read_card(tmp_path / "bad.toml")
    (tmp_path / "bad.toml").write_text("id = ")
    with pytest.raises(ModelError, match="not readable"):
        read_card(tmp_path / "bad.toml")


def test_two_cards_with_one_id_are_refused(copied: Path) -> None:
    shutil.copy(copied / "face_detector.toml", copied / "again.toml")
    with pytest.raises(ModelError, match="blazeface-short-range"):
        cards(copied)
