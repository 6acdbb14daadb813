"""Puts pip into an environment that has none, from the first place that has it. Standard library only.

In order: Python's own ensurepip; a pip or uv already on the machine; the configured package index; Debian's and
Ubuntu's package of pip's wheel, fetched and unpacked in a temporary folder. Nothing is installed into the system.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from package_index import KEPT_CERTIFICATES, SYSTEM_CERTIFICATES, fetch_pip, index_urls, pip_environment


class PipMissing(Exception):
    """No source had pip; the message says what was tried and what to do."""


def _runs(*command: str | Path, folder: Path | None = None) -> bool:
    result = subprocess.run(command, cwd=folder, env=pip_environment(), capture_output=True, check=False)
    return result.returncode == 0


def _install_wheel(python: Path, wheel: Path) -> bool:
    """pip installs itself: a wheel can be run from the archive it is."""
    return _runs(python, wheel / "pip", "install", "--no-index", "--no-deps", "--quiet", wheel)


def from_ensurepip(python: Path) -> bool:
    return _runs(python, "-m", "ensurepip")


def from_machine(python: Path) -> bool:
    """A pip of the interpreter that runs this, or a uv on the PATH."""
    if _runs(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "pip"):
        return True
    uv = shutil.which("uv")
    return uv is not None and _runs(uv, "pip", "install", "--quiet", "--python", python, "pip")


def from_index(python: Path) -> bool:
    for index in index_urls():
        with tempfile.TemporaryDirectory() as folder:
            try:
                wheel = fetch_pip(index, Path(folder))
            except (OSError, ValueError):
                continue
            if wheel and _install_wheel(python, wheel):
                return True
    return False


def from_distribution(python: Path) -> bool:
    """The wheel in Debian's and Ubuntu's `python3-pip-whl`, which needs neither root nor an installation."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder)
        wanted = ["python3-pip-whl"]
        if not SYSTEM_CERTIFICATES.exists():
            wanted.append("ca-certificates")
        if not _apt_download(wanted, packages):
            return False
        for package in packages.glob("*.deb"):
            _runs("dpkg-deb", "--extract", package, packages / "unpacked")
        _keep_certificates(packages / "unpacked")
        wheels = sorted(packages.glob("unpacked/usr/share/python-wheels/pip-*.whl"))
        return bool(wheels) and _install_wheel(python, wheels[-1])


def _apt_download(names: list[str], folder: Path) -> bool:
    """Packages into `folder`; with the machine's lists, else with lists of our own (a fresh container has none)."""
    as_user = ["-o", "APT::Sandbox::User=root"]
    if _runs("apt-get", *as_user, "download", *names, folder=folder):
        return True
    state = folder / "apt"
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True)
    own = [*as_user, "-o", f"Dir::State::Lists={state / 'lists'}", "-o", f"Dir::Cache={state / 'cache'}"]
    own += ["-o", "Debug::NoLocking=1"]
    return _runs("apt-get", *own, "update") and _runs("apt-get", *own, "download", *names, folder=folder)


def _keep_certificates(unpacked: Path) -> None:
    """Debian's pip trusts the system's certificates alone: where there are none, the package's are kept beside it."""
    found = sorted(unpacked.glob("usr/share/ca-certificates/mozilla/*.crt"))
    if found:
        text = "\n".join(certificate.read_text(encoding="ascii").strip() for certificate in found)
        KEPT_CERTIFICATES.write_text(text + os.linesep, encoding="ascii")


SOURCES: tuple[Callable[[Path], bool], ...] = (from_ensurepip, from_machine, from_index, from_distribution)


def install_pip(python: Path) -> None:
    """pip into the environment of `python`.

    Raises `PipMissing` when every source failed.
    """
    for source in SOURCES:
        if source(python):
            return
    raise PipMissing(
        "pip is needed once, and none was found: Python has no ensurepip, no package index is configured for pip or uv "
        "(PIP_INDEX_URL), and apt could not fetch it. On Debian and Ubuntu: sudo apt-get install -y python3-venv"
    )
