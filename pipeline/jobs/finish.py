"""After the last frame: the result is signed and entered in the export log."""

from pipeline import __version__
from pipeline.analysis.kept_analysis import NETWORKS
from pipeline.engines.registry import card
from pipeline.jobs.digests import Digests, result_sha256
from pipeline.jobs.render_request import ENGINE, RenderRequest
from pipeline.jobs.solve import HAND_NETWORKS
from pipeline.media.plate_info import PlateInfo
from pipeline.media.presets import Preset
from pipeline.provenance.credentials import SYNTHETIC, Claim, ModelUse, Signed, sign_result
from pipeline.provenance.export_log import ExportEntry, log_export
from pipeline.render.sequence import SequenceReport

_MESH = "canonical-face"


def synthetic_metadata(consent_sha256: str | None) -> dict[str, str]:
    """Tags that every result carries, with or without consent."""
    recorded = f"consent sha256 {consent_sha256}" if consent_sha256 else "no consent on record"
    comment = f"AI-generated: a face was replaced or re-expressed by Likeness {__version__} ({recorded}). {SYNTHETIC}"
    return {"comment": comment, "digital_source_type": SYNTHETIC}


def sign_and_log(
    request: RenderRequest,
    info: PlateInfo,
    preset: Preset,
    frames: range,
    digests: Digests,
    report: SequenceReport,
    job: str,
) -> Signed:
    """Sign the result of a render and log that it left. `job`: see `earlier_result.job_key`.

    Raises OutputError: the film, its sidecar, the signing identity or the log can't be written.
    """
    claim = Claim(
        version=__version__,
        engine=ENGINE,
        models=tuple(_use(each) for each in (*NETWORKS, *HAND_NETWORKS, _MESH)),
        plate_name=request.plate.name,
        plate_sha256=digests.plate,
        sources_sha256=digests.sources,
        consent_sha256=request.consent_sha256,
        first_frame=frames.start,
        last_frame=frames.stop - 1,
    )
    signed = sign_result(request.output, claim)
    log_export(
        ExportEntry(
            result=str(request.output.resolve()),
            result_sha256=result_sha256(request.output, preset, info, frames),
            plate_sha256=digests.plate,
            sources_sha256=digests.sources,
            consent_sha256=request.consent_sha256,
            credentials=str(signed.path.resolve()),
            first_frame=frames.start,
            last_frame=frames.stop - 1,
            failed_frames=tuple(each.frame for each in report.failed),
            quality=request.quality,
            job=job,
        )
    )
    return signed


def _use(model: str) -> ModelUse:
    used = card(model)
    return ModelUse(used.id, used.sha256, used.licence)
