"""Content credentials: readable by the standard's own reader, and a sidecar where a file can't hold them."""

import json
import shutil
import stat
import sys
from pathlib import Path

import c2pa
import pytest

from pipeline.errors import OutputNotWritable
from pipeline.provenance.credentials import ASSERTION, SYNTHETIC, Claim, ModelUse, sidecar_path, sign_result
from pipeline.provenance.signing_identity import signing_identity

CLAIM = Claim(
    version="1",
    engine="mesh",
    models=(ModelUse("face-mesh", "ab" * 32, "Apache-2.0"),),
    plate_name="plate.mp4",
    plate_sha256="cd" * 32,
    sources_sha256=("ef" * 32,),
    consent_sha256="12" * 32,
    first_frame=3,
    last_frame=9,
)


@pytest.fixture
def film(tmp_path: Path, media_dir: Path) -> Path:
    return Path(shutil.copy(media_dir / "single_face.mp4", tmp_path / "result.mp4"))


def test_a_film_carries_what_was_done_to_it_and_by_which_models(film: Path, tmp_path: Path) -> None:
    signed = sign_result(film, CLAIM, tmp_path / "identity")
    assert (signed.place, signed.path) == ("embedded", film)
    with c2pa.Reader(str(film)) as reader:
        assert reader.get_validation_state() == "Valid"
        manifest = reader.get_active_manifest()
    assertions = {each["label"]: each["data"] for each in manifest["assertions"]}
    actions = assertions["c2pa.actions.v2"]["actions"]
    assert [each["action"] for each in actions] == ["c2pa.opened", "c2pa.edited"]
    assert actions[1]["digitalSourceType"] == SYNTHETIC
    assert assertions[ASSERTION] == CLAIM.facts()
    assert assertions[ASSERTION]["consent"] == {"recorded": True, "sha256": "12" * 32}
    assert "thumbnail" not in json.dumps(manifest)


def test_a_changed_byte_is_noticed(film: Path, tmp_path: Path) -> None:
    sign_result(film, CLAIM, tmp_path / "identity")
    content = bytearray(film.read_bytes())
    content[len(content) // 2] ^= 1
    film.write_bytes(content)
    with c2pa.Reader(str(film)) as reader:
        assert reader.get_validation_state() == "Invalid"


def test_a_container_that_holds_no_manifest_gets_a_sidecar(tmp_path: Path) -> None:
    result = tmp_path / "result.mkv"
    result.write_bytes(b"matroska")
    signed = sign_result(result, CLAIM, tmp_path / "identity")
    assert (signed.place, signed.path) == ("sidecar", sidecar_path(result))
    values = json.loads(signed.path.read_text("utf-8"))
    assert values["digitalSourceType"] == SYNTHETIC
    assert values["claim"] == CLAIM.facts()
    assert result.read_bytes() == b"matroska"


def test_a_folder_of_frames_gets_a_sidecar_beside_it(tmp_path: Path) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    assert sign_result(frames, CLAIM, tmp_path / "identity").path == tmp_path / "frames.credentials.json"
    assert not list(frames.iterdir())


def test_an_unusable_identity_leaves_the_film_as_it_was(film: Path, tmp_path: Path) -> None:
    before = film.read_bytes()
    folder = tmp_path / "identity"
    folder.mkdir()
    (folder / "chain.pem").write_text("no certificate", "ascii")
    (folder / "key.pem").write_text("no key", "ascii")
    with pytest.raises(OutputNotWritable, match="unsigned"):
        sign_result(film, CLAIM, folder)
    assert film.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["identity", "result.mp4"]


def test_the_identity_is_made_once_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "identity"
    first = signing_identity(folder)
    assert signing_identity(folder) == first
    if sys.platform != "win32":
        for name in ("key.pem", "chain.pem"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
