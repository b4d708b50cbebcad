"""A file of the student's own run as a block of text in the saved output, as `artefacts.extract` reads it."""

import base64
import hashlib
import pathlib
import re
import zlib


def artefact(name: str, payload: bytes) -> None:
    """Write `payload` to out/`name` and print it as a checksummed text block, so that it travels in the saved output.

    Raises ValueError when the block would be larger than 1 MiB: such a file is handed in beside the notebook.
    """
    pathlib.Path("out").mkdir(exist_ok=True)
    pathlib.Path("out", name).write_bytes(payload)
    text = base64.b64encode(zlib.compress(payload, 9)).decode()
    if len(text) > 2**20:
        raise ValueError(f"{name} makes a block of {len(text):,} characters, more than {2**20:,}: hand in the file")
    about = f"{name} sha256={hashlib.sha256(payload).hexdigest()} size={len(payload)}"
    body = [*re.findall(".{1,76}", text), f"-----END COURSEWORK ARTEFACT {name}-----"]
    print(f"-----BEGIN COURSEWORK ARTEFACT {about}-----", *body, sep="\n")
