"""The package index this machine is set up to use, read from the settings of pip and uv. Standard library only.

pip's own default address is known to pip alone: where nothing is configured, `index_urls` is empty.
"""

import base64
import configparser
import hashlib
import os
import re
import ssl
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import Request, urlopen

SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
KEPT_CERTIFICATES = Path(__file__).resolve().parents[1] / ".venv" / "certificates.pem"
"""Those of the distribution's package, kept where the system has none."""
TIMEOUT_SECONDS = 30


def pip_config_files() -> list[Path]:
    """pip's configuration files, the one that wins last (pip's documentation, "Configuration")."""
    home = Path.home()
    if os.name == "nt":
        folders = [Path(os.environ.get(name, home)) / "pip" for name in ("PROGRAMDATA", "APPDATA")]
        files = [folder / "pip.ini" for folder in folders]
    else:
        system = [Path(folder) for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if folder]
        user = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"))
        files = [*(folder / "pip/pip.conf" for folder in system), Path("/etc/pip.conf")]
        files += [home / ".pip/pip.conf", user / "pip/pip.conf"]
        if sys.platform == "darwin":
            files.append(home / "Library/Application Support/pip/pip.conf")
    named = os.environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return []
    return [*files, Path(named)] if named else files


def pip_setting(name: str) -> str | None:
    """One of pip's settings: the environment first, then the configuration files."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    parser = configparser.RawConfigParser()
    parser.read(pip_config_files(), encoding="utf-8")
    for section in ("install", "global"):
        if value := parser.get(section, name, fallback=None):
            return value
    return None


def uv_index_urls() -> list[str]:
    """The addresses uv is told to use: its variables, then its user and system files."""
    variables = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")
    found = [
        word.rpartition("=")[2] if "=" in word.partition("://")[0] else word
        for name in variables
        for word in os.environ.get(name, "").split()
    ]
    user = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    for path in (user / "uv/uv.toml", Path("/etc/uv/uv.toml")):
        if path.is_file():
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [str(index["url"]) for index in settings.get("index", []) if "url" in index]
            found += [str(settings["index-url"])] if "index-url" in settings else []
    return found


def index_urls() -> list[str]:
    """Simple-index addresses, the most wanted first, as configured."""
    pips = [pip_setting("index-url"), pip_setting("extra-index-url")]
    urls = [url for setting in pips if setting for url in setting.split()]
    return list(dict.fromkeys(url.rstrip("/") for url in [*urls, *uv_index_urls()]))


def pip_environment() -> dict[str, str]:
    """The environment to run pip in: where only uv has an index, pip is given it."""
    environment = dict(os.environ)
    uv = uv_index_urls()
    if uv and not pip_setting("index-url"):
        environment["PIP_INDEX_URL"] = uv[0]
    if KEPT_CERTIFICATES.is_file() and not pip_setting("cert") and not SYSTEM_CERTIFICATES.exists():
        environment["PIP_CERT"] = str(KEPT_CERTIFICATES)
    return environment


def fetch(url: str) -> bytes:
    """The bytes behind an address, with the credentials in it and the certificates pip is told to trust."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = Path(unquote(parts.path))
        return (path / "index.html" if path.is_dir() else path).read_bytes()
    request = Request(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    trusted = pip_setting("cert") or os.environ.get("REQUESTS_CA_BUNDLE")
    context = ssl.create_default_context(cafile=trusted)
    with urlopen(request, timeout=TIMEOUT_SECONDS, context=context) as answer:
        body: bytes = answer.read()
    return body


class _Links(HTMLParser):
    """The files a project's page of a simple index offers to this Python."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            self.hrefs.append(str(values["href"]))


def _release(href: str) -> tuple[int, ...] | None:
    """The version of a released universal pip wheel; None for any other file."""
    match = re.search(r"/?pip-(\d+(?:\.\d+)*)-py3-none-any\.whl$", unquote(urldefrag(href)[0]))
    return tuple(int(part) for part in match[1].split(".")) if match else None


def pip_wheels(index: str) -> Iterator[tuple[str, str]]:
    """(address, SHA-256 or "") of pip's wheels on an index, newest first."""
    page = f"{index}/pip/"
    links = _Links()
    links.feed(fetch(page).decode("utf-8", "replace"))
    known = [(release, href) for href in links.hrefs if (release := _release(href))]
    for _, href in sorted(known, reverse=True):
        address, fragment = urldefrag(urljoin(page, href))
        yield address, fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""


def fetch_pip(index: str, folder: Path) -> Path | None:
    """pip's newest wheel from an index, saved in `folder`; None where the index has none or the bytes are wrong."""
    for address, sha256 in pip_wheels(index):
        body = fetch(address)
        if sha256 and hashlib.sha256(body).hexdigest() != sha256:
            return None
        wheel = folder / unquote(address.rpartition("/")[2])
        wheel.write_bytes(body)
        return wheel
    return None
