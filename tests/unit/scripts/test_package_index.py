"""pip is found through whatever index the machine is set up for."""

import hashlib
from pathlib import Path

import pytest

import package_index


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing is configured; the file returned is pip's configuration, not yet written."""
    for name in ("INDEX_URL", "EXTRA_INDEX_URL", "DEFAULT_INDEX", "INDEX"):
        monkeypatch.delenv(f"PIP_{name}", raising=False)
        monkeypatch.delenv(f"UV_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = tmp_path / "pip.conf"
    monkeypatch.setattr(package_index, "pip_config_files", lambda: [settings])
    return settings


def index_page(folder: Path, links: str) -> str:
    """A simple index of one project on disk; its address."""
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "index.html").write_text(f"<html><body>{links}</body></html>")
    return folder.as_uri()


def test_an_unconfigured_machine_names_no_index(bare_machine: Path) -> None:
    assert package_index.index_urls() == []
    assert not bare_machine.exists()


def test_the_environment_wins_over_the_files(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare_machine.write_text(
        "[global]\nindex-url = https://a.example/simple/\nextra-index-url = https://b.example https://c.example\n"
    )
    assert package_index.index_urls() == ["https://a.example/simple", "https://b.example", "https://c.example"]
    monkeypatch.setenv("PIP_INDEX_URL", "https://d.example/simple")
    assert package_index.index_urls()[0] == "https://d.example/simple"


def test_an_index_only_uv_knows_is_given_to_pip(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_INDEX", "house=https://a.example/simple")
    assert package_index.index_urls() == ["https://a.example/simple"]
    assert package_index.pip_environment()["PIP_INDEX_URL"] == "https://a.example/simple"
    bare_machine.write_text("[global]\nindex-url = https://b.example/simple\n")
    assert "PIP_INDEX_URL" not in package_index.pip_environment()


def test_the_newest_release_is_fetched(tmp_path: Path) -> None:
    newest = tmp_path / "files" / "pip-25.10-py3-none-any.whl"
    newest.parent.mkdir()
    newest.write_bytes(b"a wheel")
    url = index_page(
        tmp_path / "simple",
        '<a href="../../files/pip-25.9-py3-none-any.whl">9</a>'
        f'<a href="../../files/pip-25.10-py3-none-any.whl#sha256={hashlib.sha256(b"a wheel").hexdigest()}">10</a>'
        '<a data-yanked href="../../files/pip-26.0-py3-none-any.whl">yanked</a>'
        '<a href="../../files/pip-26.0b1-py3-none-any.whl">not released</a>'
        '<a href="../../files/pip-26.1.tar.gz">source</a>',
    )
    wheel = package_index.fetch_pip(url, tmp_path)
    assert wheel == tmp_path / "pip-25.10-py3-none-any.whl"
    assert wheel.read_bytes() == b"a wheel"


def test_bytes_that_are_not_the_announced_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pip-25.0-py3-none-any.whl").write_bytes(b"something else")
    digest = hashlib.sha256(b"a wheel").hexdigest()
    url = index_page(tmp_path / "simple", f'<a href="../../pip-25.0-py3-none-any.whl#sha256={digest}">25</a>')
    saved = tmp_path / "saved"
    saved.mkdir()
    assert package_index.fetch_pip(url, saved) is None
    assert not list(saved.iterdir())
