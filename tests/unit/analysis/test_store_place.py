"""Where analyses are kept, and when they are found again."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.analysis import store_place
from pipeline.analysis.kept_analysis import open_analysis
from pipeline.analysis.observe import ObserveOptions
from pipeline.analysis.store_place import FOLDER, analysis_key, is_network_folder, mounted_kind, store_path
from pipeline.engines.registry import card

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/jobs /mnt/jobs nfs4 rw 0 0
/dev/sdb1 /mnt/jobs/local\\040disk xfs rw 0 0
user@host: /mnt/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/work", "ext4"),
        ("/mnt/jobs/a/b", "nfs4"),
        ("/mnt/jobs/local disk/c", "xfs"),
        ("/mnt/jobsite", "ext4"),
        ("/mnt/remote", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_decides(folder: str, kind: str) -> None:
    assert mounted_kind(Path(folder), MOUNTS) == kind


def test_a_temporary_folder_is_local(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path)


def test_kept_beside_the_result(tmp_path: Path) -> None:
    assert store_path(tmp_path, "ab" * 32, "cd" * 32).parent == tmp_path / FOLDER / "analysis"


def test_kept_in_the_cache_folder_on_network_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_place, "is_network_folder", lambda folder: True)
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    assert store_path(Path("/jobs"), "ab" * 32, "cd" * 32).is_relative_to(tmp_path / "cache")


def test_kept_in_the_cache_folder_where_there_is_no_folder_to_keep_it_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIKENESS_CACHE", str(tmp_path / "cache"))
    for beside in (None, tmp_path / "missing"):
        assert store_path(beside, "ab" * 32, "cd" * 32).is_relative_to(tmp_path / "cache")


def test_plate_options_networks_and_version_all_make_the_key() -> None:
    network = card("face-mesh")
    options = ObserveOptions()
    keys = {
        analysis_key("plate", options, [network], 1),
        analysis_key("other", options, [network], 1),
        analysis_key("plate", ObserveOptions(stop=5), [network], 1),
        analysis_key("plate", options, [replace(network, sha256="0")], 1),
        analysis_key("plate", options, [network], 2),
    }
    assert len(keys) == 5
    assert analysis_key("plate", ObserveOptions(), [network], 1) in keys


def test_the_same_question_opens_the_same_store(tmp_path: Path) -> None:
    with open_analysis(tmp_path, "ab" * 32, ObserveOptions()) as first:
        path = first.path
    with open_analysis(tmp_path, "ab" * 32, ObserveOptions()) as again:
        assert again.path == path
    with open_analysis(tmp_path, "ab" * 32, ObserveOptions(start=1)) as other:
        assert other.path != path
