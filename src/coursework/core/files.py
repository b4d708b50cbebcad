"""Small things about files that several stages need: whole or not at all, and what they contain."""

import hashlib
import json
import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursework.core.text import by_reason, counted, listed


@dataclass
class Written:
    """What a stage wrote for a class, and for whom it failed and why; one failure costs nobody else theirs."""

    what: str  # of one file, for the sentences: "PDF"
    where: str  # the end of the closing sentence, behind their number
    written: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    without: list[tuple[str, str]] = field(default_factory=list)  # who gets none, which is no fault, and why
    open: list[tuple[str, str]] = field(default_factory=list)  # whose file is written and lacks something, and what
    formulas: int = 0  # that were set
    broken: dict[str, int] = field(default_factory=dict)  # whose pages hold formulas that could not be set, how many

    def count(self, name: str, formulas: int, broken: int) -> None:
        """Take note of the formulas of one page: where an engine fails, every one is broken, and the rest succeeds."""
        self.formulas += formulas - broken
        if broken:
            self.broken[name] = broken

    @property
    def exit_code(self) -> int:
        """1 when one was not written, 3 when one lacks something."""
        return 1 if self.failed else 3 if self.open else 0

    def lines(self) -> list[str]:
        """What is said of it: a line for each reason, with everybody whom it concerns, and the sum."""
        said = [f"✗ no {self.what} for {listed(names)}: {why}" for why, names in by_reason(self.failed)]
        said += [f"! no {self.what} for {listed(names)}: {why}" for why, names in by_reason(self.without)]
        said += incomplete(self.what, self.open)
        if self.broken:
            said.append(f"! broken formulas: {', '.join(f'{name} ({n})' for name, n in self.broken.items())}")
        broken = sum(self.broken.values())
        formulas = f"; {counted(self.formulas, 'formula')} set, {broken} broken" if self.formulas or broken else ""
        return [*said, f"{counted(len(self.written), self.what)} {self.where}{formulas}"]


def incomplete(what: str, lacking: list[tuple[str, str]]) -> list[str]:
    """What is said of files that are there and lack something.

    Args:
        what: What one is called: "PDF".
        lacking: (whose, what it lacks).

    Returns:
        A line for each thing that is lacking, with everybody whom it concerns.
    """
    said = []
    for lacks, names in by_reason(lacking):
        subject = f"{what} for {names[0]} is" if len(names) == 1 else f"{what}s for {listed(names)} are"
        said.append(f"! {subject} not complete: {lacks}")
    return said


def share_with_group(folder: Path) -> None:
    """Let this process write files that the group can change, where `folder` is shared: setgid, and group-writable.

    There new files and folders belong to the group; with the usual umask of 022 they would be closed to it.
    """
    try:
        mode = folder.stat().st_mode
    except OSError:
        return
    if mode & stat.S_ISGID and mode & stat.S_IWGRP:
        os.umask(os.umask(0o077) & ~0o070)


def write_whole(path: Path, payload: bytes | str) -> None:
    """Write a file so that another process, also after a stopped run, sees the old content or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(payload.encode() if isinstance(payload, str) else payload)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def replace_folder(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; whenever this is stopped, one of the two whole folders is there.

    Between the two renames the old one is called `.NAME.before`; `restore_folder` takes it back after a kill.
    """
    restore_folder(target)
    before = _before(target)
    try:
        if target.exists():
            target.rename(before)
        new.rename(target)
    finally:
        restore_folder(target)


def restore_folder(target: Path) -> None:
    """Undo, or finish, what a stopped `replace_folder` has left."""
    before = _before(target)
    if before.exists():
        if target.exists():
            shutil.rmtree(before)
        else:
            before.rename(target)


def _before(target: Path) -> Path:
    return target.with_name(f".{target.name}.before")


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


def too_deep(value: Any, levels: int) -> bool:
    """Whether more lists and dictionaries lie within each other in a JSON-like value than so many."""
    here = [value]
    for _ in range(levels):
        inner = [one.values() if isinstance(one, dict) else one for one in here if isinstance(one, dict | list)]
        here = [one for values in inner for one in values]
    return bool(here)
