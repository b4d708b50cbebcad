"""Files that come beside a notebook: whose they are, and what becomes of them when that notebook is collected again.

A download often holds the notebook alone, and the weights come later, or the other way round: so for the same notebook
what came before and what comes now is put together. With another notebook only its own files count.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path, PurePosixPath

from coursework.intake.found import Found, Identity
from coursework.intake.kinds import described, is_entry
from coursework.intake.origins import origin
from coursework.intake.systems import Origin
from coursework.notebook.artefacts import SAFE_NAME

MAX_EXTRA = 30 * 2**20  # bytes of a file that comes with a notebook


@dataclass
class Pending:
    """One file that is somebody's submission."""

    who: Identity
    found: Found
    place: Origin
    rank: int
    companions: dict[str, Found] = field(default_factory=dict)
    group: tuple[str, ...] = ()  # everybody whose submission this very file is, if they are several
    scripts: list[Found] = field(default_factory=list)  # scripts and pages with the assignment's cells beside it


def accompany(
    others: list[Found],
    pending: list[Pending],
    places: Mapping[PurePosixPath, Origin],
    refused: list[tuple[str, str]],
) -> list[Found]:
    """Files beside a notebook go with it: by the system's mark, by its name as prefix, or by the folder around both.

    Where the system says whose a file is, only that student's submissions are asked, whatever the file is called.
    These files come last, so that none that is only called so takes their place. What is called a notebook and is none
    goes with nothing: it was meant to be one. Returns those that belong to no submission of `pending`.
    """
    orphans = [f for f in others if f.path.suffix.lower() == ".ipynb"]
    rest = sorted((f for f in others if f.path.suffix.lower() != ".ipynb"), key=lambda f: places[f.path].mark)
    for said, files in groupby(rest, key=lambda f: places[f.path].mark):
        asked = [p for p in pending if not said or p.place.mark == said]
        for file in files:
            place, stem = origin(file.path), file.path.stem.lower()  # by the path alone
            owners = [p for p in asked if place.mark and place.mark == p.place.mark]
            prefixed = [p for p in asked if p.who.last and stem.startswith(f"{p.who.last}_{p.who.first}".lower())]
            owners = owners or prefixed or _around(file, asked, said)
            if not owners:
                orphans.append(file)
            elif file.size > MAX_EXTRA:
                refused.append((str(file.path), f"it is larger than {MAX_EXTRA // 2**20} MiB"))
            for owner in owners if file.size <= MAX_EXTRA else ():
                short = plain_name(place.file_name, f"{owner.who.last}_{owner.who.first}_")
                if not short:
                    refused.append((str(file.path), "its name cannot be the name of a file here"))
                    break
                owner.companions[short] = file
    return orphans


def plain_name(name: str, prefix: str = "") -> str:
    """A companion's name without its owner's; blanks and the like become hyphens. "" when nothing is left of it."""
    short = name[len(prefix) :] if prefix.strip("_") and name.lower().startswith(prefix.lower()) else name
    if not SAFE_NAME.match(short):
        short = re.sub(r"[^\w.+-]+", "-", unicodedata.normalize("NFKD", short).encode("ascii", "ignore").decode())
        short = short.strip("-.")
    return short if SAFE_NAME.match(short) else ""


def _around(file: Found, pending: list[Pending], mark: tuple[str, ...]) -> list[Pending]:
    """The submissions in the innermost folder around a file that has some, if they are one student's.

    Where a system says whose they are, what lies outside of its marks is nobody's: a list of grades, a text of staff.
    """
    for folder in file.path.parents:
        if folder == PurePosixPath():
            break
        inside = [p for p in pending if folder in p.found.path.parents and p.place.mark in ((), mark)]
        if inside:
            return inside if len({(p.who.student) for p in inside}) == 1 else []
    return []


def beside(
    folder: Path, one: Pending, several: list[Pending], artefacts: dict[str, bytes], again: bool
) -> tuple[dict[str, Found], list[str]]:
    """(the files that go with the one that counts, what to say of them).

    Args:
        folder: Of the submission that was collected before, there or not.
        one: What counts.
        several: All that came of this student, `one` among them.
        artefacts: In the saved outputs of `one`; they are taken out of it again and need no keeping.
        again: Whether it is the notebook that was collected before: then of two files of one name the newer counts.
    """
    now = dict(one.companions)
    said = [f"{described(f)[0]} came with it ({name})" for name, f in sorted(now.items()) if is_entry(f)]
    for p in several:
        now = p.companions | now
    before = _here(folder)
    if not again:
        gone = sorted({*before} - {*now, *artefacts})
        return now, [*said, *(f"{name} came with the earlier submission, not with this one" for name in gone)]
    files = dict(now)
    said += [f"{name} has come since" for name in sorted(set(now) - set(before))]
    for name, old in before.items():
        own = artefacts.get(name) == old.payload
        if name not in now:
            if not own:
                files[name] = old
                said.append(f"{name} is kept: it came when this notebook was collected before")
        elif now[name].payload == old.payload:
            files[name] = old
        elif now[name].changed < old.changed and not own:
            files[name] = old
            said.append(f"an older {name} than the one that is here does not count")
        else:
            said.append(f"{name} is replaced by a newer one")
    return files, said


def _here(folder: Path) -> dict[str, Found]:
    """What is in the handin/ of a submission that was collected before; `store` keeps the files' own times."""
    files = sorted(p for p in (folder / "handin").glob("*") if p.is_file())
    return {
        p.name: Found(PurePosixPath(p.name), p.read_bytes(), datetime.fromtimestamp(p.stat().st_mtime, UTC))
        for p in files
    }
