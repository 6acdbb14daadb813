"""The consent record: who agreed to what, when, in which words, and what proves it.

A render reads it to choose the visible mark, and signs its hash into the film's credentials. The
record says what someone declared; the program can't check that it is true, and says so nowhere else.
"""

import hashlib
import re
from datetime import date
from pathlib import Path

import msgspec

from pipeline.errors import ConsentError


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration of consent. `evidence_sha256` is the hash of the file shown, empty for a typed statement."""

    who: str
    scope: str
    date: str
    """ISO 8601 calendar date."""
    statement: str
    evidence_sha256: str = ""
    evidence_name: str = ""

    @property
    def digest(self) -> str:
        """sha256 over the record's canonical JSON: the value that credentials and export log carry."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


_FILE_ENDING = re.compile(r"^\.[A-Za-z][A-Za-z0-9]{1,4}$")
_KEYS = ("who", "scope", "date", "statement")


def read_consent(argument: str, today: date) -> Consent:
    """The record that `--consent` names: a file, else the statement itself.

    A JSON file holds the fields of `Consent` (who, scope, date, statement); a text file may open with
    lines `who: …`, `scope: …`, `date: …`, and the rest is the statement; any other file (a scan, a PDF)
    is evidence whose statement is its name. `today` dates a record that doesn't say.

    Raises ConsentError: an empty statement, or a file that is empty, unreadable or not what its ending says.
    """
    path = Path(argument)
    if _names_a_file(path):
        return _from_file(path, today)
    statement = argument.strip()
    if not statement:
        raise ConsentError("The consent statement is empty: say who agreed to what, or name the file that records it.")
    if _FILE_ENDING.match(path.suffix):
        raise ConsentError(
            f"The consent file {argument} does not exist: check its name, or write the statement as a sentence."
        )
    return Consent(who="not stated", scope="this render", date=today.isoformat(), statement=statement)


def _names_a_file(path: Path) -> bool:
    """Raises ConsentError: it is a folder's name."""
    try:
        if path.is_dir() and str(path) != ".":
            raise ConsentError(f"{path} is a folder: name the file in it that records the consent.")
        return path.is_file()
    except (OSError, ValueError):
        return False


def _from_file(path: Path, today: date) -> Consent:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConsentError(f"The consent file {path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise ConsentError(f"The consent file {path} is empty: it must say who agreed to what.")
    evidence = hashlib.sha256(content).hexdigest()
    if path.suffix.lower() == ".json":
        fields = _json_fields(path, content)
    elif path.suffix.lower() in (".txt", ".md"):
        fields = _text_fields(path, content)
    else:
        fields = {"statement": f"recorded in {path.name}"}
    return Consent(
        who=fields.get("who", "not stated"),
        scope=fields.get("scope", "this render"),
        date=_checked_date(fields.get("date", today.isoformat()), path),
        statement=fields.get("statement", "") or f"recorded in {path.name}",
        evidence_sha256=evidence,
        evidence_name=path.name,
    )


def _json_fields(path: Path, content: bytes) -> dict[str, str]:
    try:
        fields = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise ConsentError(
            f"The consent file {path} is not a JSON object of texts ({', '.join(_KEYS)}): {error}."
        ) from error
    if not fields.get("who", "").strip() and not fields.get("statement", "").strip():
        raise ConsentError(f'The consent file {path} says neither "who" agreed nor in which words ("statement").')
    return fields


def _text_fields(path: Path, content: bytes) -> dict[str, str]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConsentError(f"The consent file {path} is not UTF-8 text: save it again as plain text.") from error
    fields: dict[str, str] = {}
    while lines:
        key, colon, value = lines[0].partition(":")
        if not colon or key.strip().lower() not in _KEYS[:3]:
            break
        fields[key.strip().lower()] = value.strip()
        lines.pop(0)
    fields["statement"] = "\n".join(lines).strip()
    return fields


def _checked_date(text: str, path: Path) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ConsentError(f"The date {text!r} in the consent file {path} is not of the form YYYY-MM-DD.") from error
