"""Content credentials (C2PA): what was done to a film, signed into it; a sidecar where the file can't hold them.

The manifest says: this plate was opened, then edited into a composite with media made by a trained
algorithm (IPTC digital source type), by this engine with these models, under this consent. Thumbnails are off:
they would double the size of a picture, and show a face in a place nobody looks.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import OutputNotWritable
from pipeline.media.output_file import writing
from pipeline.provenance.signing_identity import signing_identity

SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
ASSERTION = "org.likeness.face_replacement"
GENERATOR = "Likeness"
_HOLDS = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}


@dataclass(frozen=True, slots=True)
class ModelUse:
    """One network that took part."""

    id: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the credentials of one result say."""

    version: str
    engine: str
    models: tuple[ModelUse, ...]
    plate_name: str
    plate_sha256: str
    sources_sha256: tuple[str, ...]
    consent_sha256: str | None
    first_frame: int
    last_frame: int

    def facts(self) -> dict[str, Any]:
        """The custom assertion's content, as JSON values."""
        return {
            "synthetic": True,
            "version": self.version,
            "engine": self.engine,
            "models": [{"id": m.id, "sha256": m.sha256, "licence": m.licence} for m in self.models],
            "plate": {"name": self.plate_name, "sha256": self.plate_sha256},
            "sources": [{"sha256": digest} for digest in self.sources_sha256],
            "consent": {"recorded": self.consent_sha256 is not None, "sha256": self.consent_sha256},
            "frames": {"first": self.first_frame, "last": self.last_frame},
        }


@dataclass(frozen=True, slots=True)
class Signed:
    """Where the credentials are: in the file, or beside it at `path`."""

    place: Literal["embedded", "sidecar"]
    path: Path


def can_hold_credentials(path: Path) -> bool:
    """Whether a file of this name's container can carry an embedded manifest."""
    return path.suffix.lower() in _HOLDS


def sidecar_path(result: Path) -> Path:
    return result.with_name(result.name + ".credentials.json")


def sign_result(result: Path, claim: Claim, identity_folder: Path | None = None) -> Signed:
    """Sign `result` in place, or write its sidecar (a folder of frames, MXF, MKV, EXR).

    The signed copy is written under a temporary name and renamed over the unsigned one.

    Raises OutputNotWritable, DiskFull: the folder, the disk or the signing identity refuses.
    """
    if result.is_file() and can_hold_credentials(result):
        _embed(result, claim, identity_folder)
        return Signed("embedded", result)
    sidecar = sidecar_path(result)
    with writing(sidecar) as file:
        file.write((json.dumps(_sidecar(result, claim), indent=2, sort_keys=True) + "\n").encode())
    return Signed("sidecar", sidecar)


def _embed(result: Path, claim: Claim, identity_folder: Path | None) -> None:
    import c2pa

    identity = signing_identity(identity_folder)
    temporary = result.with_name(f".{result.name}.signing{result.suffix}")
    info = c2pa.C2paSignerInfo(
        alg=c2pa.C2paSigningAlg.ES256,
        sign_cert=identity.chain_pem.encode("ascii"),
        private_key=identity.key_pem.encode("ascii"),
        ta_url=None,
    )
    settings = {"builder": {"thumbnail": {"enabled": False}}}
    try:
        temporary.unlink(missing_ok=True)
        with (
            c2pa.Context.from_dict(settings) as context,
            c2pa.Builder(_manifest(result, claim), context) as builder,
            c2pa.Signer.from_info(info) as signer,
        ):
            builder.sign_file(result, temporary, signer)
        _fsync(temporary)
        temporary.replace(result)
    except (OSError, c2pa.C2paError) as error:
        temporary.unlink(missing_ok=True)
        raise OutputNotWritable(
            f"The content credentials could not be written into {result}: {error}. The film is complete but unsigned: "
            "free some space or check the signing identity, and render again."
        ) from error


def _manifest(result: Path, claim: Claim) -> dict[str, Any]:
    plate = "plate"
    actions = [
        {"action": "c2pa.opened", "parameters": {"ingredientIds": [plate]}},
        {
            "action": "c2pa.edited",
            "digitalSourceType": SYNTHETIC,
            "softwareAgent": {"name": GENERATOR, "version": claim.version},
            "description": "A face was replaced or re-expressed by a generative engine.",
        },
    ]
    return {
        "claim_generator_info": [{"name": GENERATOR, "version": claim.version}],
        "title": result.name,
        "format": _HOLDS[result.suffix.lower()],
        "ingredients": [
            {
                "title": claim.plate_name,
                "relationship": "parentOf",
                "instance_id": plate,
                "label": plate,
                "hash": claim.plate_sha256,
            }
        ],
        "assertions": [
            {"label": "c2pa.actions", "data": {"actions": actions}},
            {"label": ASSERTION, "data": claim.facts()},
        ],
    }


def _sidecar(result: Path, claim: Claim) -> dict[str, Any]:
    """Unsigned facts for a container that holds no manifest."""
    return {
        "file": result.name,
        "digitalSourceType": SYNTHETIC,
        "generator": {"name": GENERATOR, "version": claim.version},
        "claim": claim.facts(),
    }


def _fsync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
