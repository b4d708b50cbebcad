"""What a student's own run leaves behind, as a checksummed block of text in a saved output.

docs/architecture.md describes the format. `artefact` is copied into the released notebooks; `extract` is for `collect`,
which takes the blocks out before anything is executed.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

MAX_BLOCK = 2**20  # characters of one block's text, and the limit that the course promises
MAX_PAYLOAD = 64 * 2**20  # bytes that a block may unpack to
SAFE_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$")
MAX_TEXT = 16 * 2**20  # characters of one cell's outputs that are searched
MAX_BLOCKS = 100  # of one cell
MARKER = re.compile(
    r"-----BEGIN COURSEWORK ARTEFACT (?P<name>\S{1,200}) sha256=(?P<digest>[0-9a-f]{64}) size=(?P<size>\d{1,12})-----\n"
    r"|-----END COURSEWORK ARTEFACT (?P<end>\S{1,200}?)-----"
)


def encode(name: str, payload: bytes) -> str:
    """`payload` as a block of text of at most 1 MiB. Raises ValueError when it is larger or the name is not plain."""
    if not SAFE_NAME.match(name):
        raise ValueError(f"{name!r} is not a plain file name")
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
    for number, (name, digest, size, body) in enumerate(_blocks(text)):
        if number == MAX_BLOCKS:
            problems.append(f"there are more than {MAX_BLOCKS} artefacts in a cell, and the rest was left out")
            break
        if not SAFE_NAME.match(name):
            problems.append(f"an artefact has the unsafe name {name[:60]!r}")
        elif len(body) > MAX_BLOCK * 1.1 or size + sum(map(len, found.values())) > MAX_PAYLOAD:
            problems.append(f"the artefact {name} is too large")
        else:
            try:
                unpacker = zlib.decompressobj()
                payload = unpacker.decompress(base64.b64decode("".join(body.split()), validate=True), size + 1)
            except (ValueError, zlib.error):
                problems.append(f"the artefact {name} is damaged")
                continue
            if len(payload) != size or hashlib.sha256(payload).hexdigest() != digest:
                problems.append(f"the artefact {name} does not match its checksum")
            else:
                found[name] = payload
    return found, problems


def _blocks(text: str) -> Iterator[tuple[str, str, int, str]]:
    """(name, digest, size, body) of each block, in one pass: a head without its end is dropped by the next head."""
    head = None
    for marker in MARKER.finditer(text):
        if marker["name"]:
            head = marker
        elif head and marker["end"] == head["name"]:
            yield head["name"], head["digest"], int(head["size"]), text[head.end() : marker.start()]
            head = None


def extract(notebook: dict) -> tuple[dict[str, bytes], list[str]]:
    """(name → payload, problems) of the blocks in a notebook's saved outputs, stream by stream and cell by cell."""
    found: dict[str, bytes] = {}
    problems: list[str] = []
    for cell in notebook.get("cells", []):
        text = "".join(_text(output) for output in cell.get("outputs") or [])
        if "BEGIN COURSEWORK ARTEFACT" not in text:
            continue
        if len(text) > MAX_TEXT:
            problems.append(f"artefacts behind the first {MAX_TEXT:,} characters of a cell's outputs are left out")
        new, bad = decode(text[:MAX_TEXT].replace("\r\n", "\n"))
        if sum(map(len, (found | new).values())) > MAX_PAYLOAD:
            problems.append(f"artefacts beyond {MAX_PAYLOAD // 2**20} MiB together are left out")
            break
        found |= new
        problems += bad
    return found, problems


def _text(output: dict) -> str:
    """What a saved output says in plain text, whatever the file holds."""
    data = output.get("data")
    piece = output.get("text") or (data.get("text/plain") if isinstance(data, dict) else "") or ""
    return "".join(map(str, piece)) if isinstance(piece, list) else str(piece)
