"""The local signing identity: a root and a leaf certificate this machine made for itself.

It proves that a film has not changed since this installation signed it, not who sits in front of it:
readers report such a signature as valid but not trusted. A studio that has a certificate of its own
puts `chain.pem` (leaf first, then its issuers) and `key.pem` (PKCS 8) in place of the made ones.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputNotWritable
from pipeline.project.user_folders import config_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

_VALID = timedelta(days=3650)
_ORGANISATION = "Likeness local identity"


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """PEM texts for ES256: the certificate chain, leaf first, and the leaf's private key (PKCS 8)."""

    chain_pem: str
    key_pem: str


def signing_identity(folder: Path | None = None) -> SigningIdentity:
    """The identity kept in `folder` (default: `signing` in the user's configuration), made at first use with mode 0600.

    Raises OutputNotWritable: the folder can't be read or made.
    """
    folder = folder or config_folder() / "signing"
    chain, key = folder / "chain.pem", folder / "key.pem"
    try:
        if not (chain.is_file() and key.is_file()):
            made = _make_identity(datetime.now(UTC))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_private(key, made.key_pem)
            _write_private(chain, made.chain_pem)
        return SigningIdentity(chain.read_text("ascii"), key.read_text("ascii"))
    except OSError as error:
        raise OutputNotWritable(
            f"The signing identity in {folder} cannot be used: {error.strerror}. "
            "Make the folder writable, or set LIKENESS_CONFIG to one that is."
        ) from error


def _write_private(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.partial")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def _make_identity(now: datetime) -> SigningIdentity:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    root_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(root_key, root_key, None, "root", now)
    leaf = _certificate(leaf_key, root_key, root, "signer", now)
    pem = serialization.Encoding.PEM
    key_pem = leaf_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SigningIdentity((leaf.public_bytes(pem) + root.public_bytes(pem)).decode("ascii"), key_pem.decode("ascii"))


def _certificate(
    key: "EllipticCurvePrivateKey",
    issuer_key: "EllipticCurvePrivateKey",
    issuer: "Certificate | None",
    name: str,
    now: datetime,
) -> "Certificate":
    """A certificate after the C2PA profile (a leaf: CA false, digitalSignature, e-mail protection EKU, AKI, SKI)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    is_root = issuer is None
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not is_root:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
