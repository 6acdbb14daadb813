"""Consent records: read from files and sentences, refused with a reason."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConsentError
from pipeline.project.consent import read_consent

TODAY = date(2026, 11, 21)


def test_a_sentence_is_a_statement_dated_today() -> None:
    consent = read_consent("Ada Example agreed to this test on the phone.", TODAY)
    assert consent.statement == "Ada Example agreed to this test on the phone."
    assert consent.date == "2026-11-21"
    assert consent.evidence_sha256 == ""


def test_a_text_file_names_who_scope_and_date_and_is_hashed(tmp_path: Path) -> None:
    path = tmp_path / "consent.txt"
    path.write_text("who: Ada Example\nscope: the trailer\ndate: 2026-10-01\n\nI agree.\nSigned.\n", "utf-8")
    consent = read_consent(str(path), TODAY)
    assert (consent.who, consent.scope, consent.date) == ("Ada Example", "the trailer", "2026-10-01")
    assert consent.statement == "I agree.\nSigned."
    assert consent.evidence_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_json_file_holds_the_fields(tmp_path: Path) -> None:
    path = tmp_path / "consent.json"
    path.write_text('{"who": "Ada", "scope": "all", "date": "2026-01-02", "statement": "yes"}', "utf-8")
    assert read_consent(str(path), TODAY).who == "Ada"


def test_a_scan_is_evidence(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"%PDF-1.4 scan")
    consent = read_consent(str(path), TODAY)
    assert consent.evidence_name == "signed.pdf"
    assert consent.evidence_sha256


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"  \n", "empty"),
        ("bad.json", b"[1]", "JSON object"),
        ("other.json", b'{"name": "Ada"}', "neither"),
        ("date.txt", b"date: yesterday\nyes", "YYYY-MM-DD"),
        ("latin.txt", b"\xff\xfe\xe9", "UTF-8"),
    ],
)
def test_unusable_files_are_refused_by_name(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConsentError, match=says) as caught:
        read_consent(str(tmp_path / name), TODAY)
    assert name in str(caught.value)


def test_a_folder_is_not_consent(tmp_path: Path) -> None:
    with pytest.raises(ConsentError, match="is a folder"):
        read_consent(str(tmp_path), TODAY)


@pytest.mark.parametrize("argument", ["", "   ", "missing-consent.pdf", "folder/missing.txt"])
def test_nothing_and_a_missing_file_are_not_consent(argument: str) -> None:
    with pytest.raises(ConsentError):
        read_consent(argument, TODAY)


def test_the_digest_changes_with_any_field(tmp_path: Path) -> None:
    one, other = read_consent("yes, all of it", TODAY), read_consent("yes, all of it!", TODAY)
    assert one.digest != other.digest
    assert one.digest == read_consent("yes, all of it", TODAY).digest
