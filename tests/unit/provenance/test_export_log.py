"""The export log: appended, one line a result."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import OutputNotWritable
from pipeline.provenance.export_log import ExportEntry, last_export, log_export

ENTRY = ExportEntry(
    result="/out/a.mp4",
    result_sha256="ab" * 32,
    plate_sha256="cd" * 32,
    sources_sha256=("ef" * 32,),
    consent_sha256=None,
    credentials="embedded",
    first_frame=0,
    last_frame=9,
    failed_frames=(4,),
)


def test_every_export_adds_a_line_with_its_time(tmp_path: Path) -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    path = log_export(ENTRY, tmp_path / "config", noon)
    log_export(ENTRY, tmp_path / "config", noon)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) == 2
    assert lines[0]["time"] == "2026-11-21T12:00:00+00:00"
    assert lines[0]["failed_frames"] == [4]
    assert lines[0]["consent_sha256"] is None


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file in the way", "utf-8")
    with pytest.raises(OutputNotWritable, match="export log"):
        log_export(ENTRY, tmp_path / "config")


def test_the_latest_entry_of_a_result_is_found(tmp_path: Path) -> None:
    assert last_export(Path("/out/a.mp4"), tmp_path) is None
    for job, result in (("one", "/out/a.mp4"), ("two", "/out/a.mp4"), ("three", "/out/b.mp4")):
        path = log_export(msgspec.structs.replace(ENTRY, result=result, job=job), tmp_path)
    with path.open("ab") as log:
        log.write(b"a line cut sho")
    found = last_export(Path("/out/a.mp4"), tmp_path)
    assert found is not None
    assert found.job == "two"
