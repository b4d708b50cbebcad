"""Small things about files that several stages need: whole or not at all, and what they contain."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Written:
    """What a stage wrote for a class, and for whom it failed and why; one failure costs nobody else theirs."""

    what: str  # of one file, for the sentences: "PDF"
    where: str  # the end of the closing sentence
    written: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return 1 if self.failed else 0

    def lines(self) -> list[str]:
        said = [f"✗ no {self.what} for {name}: {why}" for name, why in self.failed]
        return [*said, f"{len(self.written)} {self.where}"]


def write_whole(path: Path, payload: bytes | str) -> None:
    """Write a file so that a reader, or a stopped run, sees the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(payload.encode() if isinstance(payload, str) else payload)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:
    write_whole(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def read_json(path: Path, default: Any = None) -> Any:
    """The content of a JSON file of ours; `default` when it is not there or not whole."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default


def digest(*parts: Any) -> str:
    """SHA-256 over bytes, texts and JSON-like values, in this order."""
    sha = hashlib.sha256()
    for part in parts:
        if not isinstance(part, bytes):
            part = (part if isinstance(part, str) else json.dumps(part, sort_keys=True)).encode()
        sha.update(len(part).to_bytes(8, "big") + part)
    return sha.hexdigest()
