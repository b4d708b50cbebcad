"""Certificates, so that a scheduler, its workers and the command talk in private and only with each other (TLS).

An authority is made, signs one certificate each, and is forgotten: whoever has a key of the folder belongs to the
cluster, and there will be no others.
"""

import datetime
from pathlib import Path
from typing import Any

from coursework.core.course import Course, StaffError
from coursework.core.files import replace_folder

ROLES = ("scheduler", "worker", "client")
DAYS = 400  # that they are valid: a year's course


def make(folder: Path) -> list[Path]:
    """ca.pem, and for each role ROLE.pem and ROLE-key.pem, the latter for their owner's eyes only.

    Returns the files. Raises StaffError when the folder is there already: running machines would be locked out.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID
    except ImportError:
        raise StaffError("certificates need a package more: pip install 'coursework[cluster]'") from None
    if folder.exists():
        raise StaffError(f"{folder} is there already: name a new folder, or remove it and copy the new keys everywhere")
    now = datetime.datetime.now(datetime.UTC)

    def certificate(role: str, key: Any, authority: tuple[Any, Any] | None) -> Any:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"coursework {role}")])
        issuer, signer = (authority[0].subject, authority[1]) if authority else (name, key)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        made = made.not_valid_after(now + datetime.timedelta(days=DAYS))
        made = made.add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        return made.sign(signer, hashes.SHA256())

    key = ec.generate_private_key(ec.SECP256R1())
    authority = certificate("authority", key, None), key
    aside = folder.with_name(f".{folder.name}.new")
    aside.mkdir(parents=True, mode=0o700)
    (aside / "ca.pem").write_bytes(authority[0].public_bytes(serialization.Encoding.PEM))
    for role in ROLES:
        own = ec.generate_private_key(ec.SECP256R1())
        (aside / f"{role}.pem").write_bytes(certificate(role, own, authority).public_bytes(serialization.Encoding.PEM))
        secret = aside / f"{role}-key.pem"
        secret.touch(mode=0o600)
        secret.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    replace_folder(aside, folder)
    return sorted(folder.iterdir())


def security(course: Course) -> Any:
    """Dask's `Security` of the configured keys, None without. Raises StaffError when a file of them is missing."""
    if not course.settings.cluster_keys:
        return None
    from distributed.security import Security

    folder = course.root / course.settings.cluster_keys
    wanted = {"tls_ca_file": folder / "ca.pem"}
    for role in ROLES:
        wanted |= {f"tls_{role}_cert": folder / f"{role}.pem", f"tls_{role}_key": folder / f"{role}-key.pem"}
    if missing := [path for path in wanted.values() if not path.is_file()]:
        raise StaffError(
            f"{missing[0]} is missing: `coursework cluster keys {folder}` makes it, or copy the folder here"
        )
    return Security(require_encryption=True, **{name: str(path) for name, path in wanted.items()})
