"""What a student's own run leaves behind, as a checksummed block of text in a saved output.

The format stands in docs/architecture.md. `artefact` is copied into the released notebooks; `extract` is for `collect`,
which takes the blocks out before anything is executed.
"""

import base64
import hashlib
import re
import zlib
from pathlib import Path

MAX_BLOCK = 2**20  # characters of one block's text, and the limit that the course promises
MAX_PAYLOAD = 64 * 2**20  # bytes that a block may unpack to
SAFE_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$")
BLOCK = re.compile(
    r"-----BEGIN COURSEWORK ARTEFACT (\S+) sha256=([0-9a-f]{64}) size=(\d+)-----\n(.*?)\n?"
    r"-----END COURSEWORK ARTEFACT \1-----",
    re.S,
)


def encode(name: str, payload: bytes) -> str:
    """`payload` as a block of text of at most 1 MiB. Raises ValueError when it is larger or the name is not plain."""
    if not SAFE_NAME.match(name):
        raise ValueError(f"{name!r} is no plain file name")
    text = base64.b64encode(zlib.compress(payload, 9)).decode()
    if len(text) > MAX_BLOCK:
        raise ValueError(f"{name} makes a block of {len(text):,} characters, more than {MAX_BLOCK:,}: hand in the file")
    lines = [text[i : i + 76] for i in range(0, len(text), 76)]
    digest = hashlib.sha256(payload).hexdigest()
    head = f"-----BEGIN COURSEWORK ARTEFACT {name} sha256={digest} size={len(payload)}-----"
    return "\n".join([head, *lines, f"-----END COURSEWORK ARTEFACT {name}-----"])


def artefact(name: str, payload: bytes) -> None:
    """Write `payload` to out/`name` and print it as a checksummed text block, so that it travels in the saved output.

    Raises ValueError when the block would be larger than 1 MiB: such a file is handed in beside the notebook.
    """
    folder = Path("out")
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(payload)
    print(encode(name, payload))


def decode(text: str) -> tuple[dict[str, bytes], list[str]]:
    """(name → payload, problems) of all blocks in a text; of two good ones with one name the last counts."""
    found: dict[str, bytes] = {}
    problems = []
    for name, digest, size, body in BLOCK.findall(text):
        if not SAFE_NAME.match(name):
            problems.append(f"an artefact has the unsafe name {name[:60]!r}")
        elif len(body) > MAX_BLOCK * 1.1 or int(size) > MAX_PAYLOAD:
            problems.append(f"the artefact {name} is too large")
        else:
            try:
                unpacker = zlib.decompressobj()
                payload = unpacker.decompress(base64.b64decode("".join(body.split()), validate=True), MAX_PAYLOAD)
            except (ValueError, zlib.error):
                problems.append(f"the artefact {name} is damaged")
                continue
            if len(payload) != int(size) or hashlib.sha256(payload).hexdigest() != digest:
                problems.append(f"the artefact {name} does not match its checksum")
            else:
                found[name] = payload
    return found, problems


def extract(notebook: dict) -> tuple[dict[str, bytes], list[str]]:
    """(name → payload, problems) of the blocks in a notebook's saved outputs, stream by stream and cell by cell."""
    found: dict[str, bytes] = {}
    problems: list[str] = []
    for cell in notebook.get("cells", []):
        text = ""
        for output in cell.get("outputs") or []:
            piece = output.get("text") or output.get("data", {}).get("text/plain") or ""
            text += "".join(piece) if isinstance(piece, list) else str(piece)
        if "BEGIN COURSEWORK ARTEFACT" in text:
            new, bad = decode(text.replace("\r\n", "\n"))
            found |= new
            problems += bad
    return found, problems
