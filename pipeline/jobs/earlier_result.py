"""What stands where a result is to go: nothing, the very result, or something that is not replaced without a word."""

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.errors import OutputExists
from pipeline.jobs.code_version import code_version
from pipeline.jobs.digests import Digests, result_paths, result_sha256
from pipeline.jobs.render_request import RenderRequest
from pipeline.media.encoder import encoder_build
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset
from pipeline.provenance.export_log import ExportEntry, last_export
from pipeline.render.ledger import read_ledger
from pipeline.render.work_folder import WorkFolder


def job_key(request: RenderRequest, preset: Preset, frames: range, digests: Digests) -> str:
    """Hash (hex) of all that decides a result's bytes, but for its name: the same job gives the same result."""
    compute = replace(request.compute, memory_bytes=0)
    faces = tuple(replace(face, id=None, marks=()) for face in request.faces)
    asked = replace(request, faces=faces, output=Path(), overwrite=False, measured=False, compute=compute)
    asked = replace(asked, matte=None, support=None)
    text = f"{code_version()} {encoder_build()} {preset!r} {frames!r} {digests!r} {asked!r}"
    return hashlib.sha256(text.encode()).hexdigest()


def earlier_result(
    request: RenderRequest, preset: Preset, info: PlateInfo, frames: range, job: str, pieces: Path | None
) -> ExportEntry | None:
    """The log's entry where this very job is finished and its result stands untouched; None where it is to be made.

    Raises OutputExists: something stands there that was not to be replaced. Where pieces of this result are kept, of an
    unfinished render or in a project's folder (`pieces`), that was settled when the first of them was made.
    """
    standing = [path for path in result_paths(request.output, preset, info, frames) if path.exists()]
    if not standing:
        return None
    entry = last_export(request.output)
    if entry is not None and _is_result(entry, request, preset, info, frames, job):
        return entry
    begun = bool(read_ledger(WorkFolder(request.output, pieces).ledger)[0])
    if not (request.overwrite or begun):
        raise OutputExists(
            f"{standing[0]} exists already, and is not the result of this very render. "
            "Choose another name, or give --overwrite to replace it."
        )
    return None


def _is_result(
    entry: ExportEntry, request: RenderRequest, preset: Preset, info: PlateInfo, frames: range, job: str
) -> bool:
    if entry.job != job or not Path(entry.credentials).exists():
        return False
    return entry.result_sha256 == result_sha256(request.output, preset, info, frames)
