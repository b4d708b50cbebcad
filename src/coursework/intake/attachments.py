"""Files that come beside a notebook: whose they are, and what becomes of them when that notebook is collected again.

A download often holds the notebook alone, and the weights come later, or the other way round: so for the same notebook
what came before and what comes now is put together. With another notebook only its own files count.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework.intake.archives import Found
from coursework.intake.identify import Identity
from coursework.intake.origins import Origin, origin
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


def accompany(others: list[Found], pending: list[Pending], refused: list[tuple[str, str]]) -> None:
    """Files beside a notebook go with it: by the system's mark, by its name as prefix, or by their common folder."""
    for file in others:
        place, stem = origin(file.path), file.path.stem.lower()
        mark = place.number or place.email or place.squeezed
        owners = [p for p in pending if mark and mark == (p.place.number or p.place.email or p.place.squeezed)]
        prefixed = [p for p in pending if p.who.last and stem.startswith(f"{p.who.last}_{p.who.first}".lower())]
        folder = [p for p in pending if p.found.path.parent == file.path.parent != PurePosixPath()]
        owners = owners or prefixed or (folder if len({p.who.student for p in folder}) == 1 else [])
        name = file.path.name
        if name == "submission_metadata.yml":
            continue
        if not owners:
            whose = place.person or place.squeezed or place.email
            said = f", but {place.system or 'it'} says {whose}: ask for the notebook" if whose else ""
            refused.append((str(file.path), f"no submission that it belongs to{said}"))
        elif len(file.payload) > MAX_EXTRA:
            refused.append((str(file.path), f"it is larger than {MAX_EXTRA // 2**20} MiB"))
        else:
            for owner in owners:
                short = place.file_name
                prefix = f"{owner.who.last}_{owner.who.first}_"
                short = short[len(prefix) :] if short.lower().startswith(prefix.lower()) else short
                if SAFE_NAME.match(short):
                    owner.companions[short] = file
                else:
                    refused.append((str(file.path), "its name is no plain file name"))
                    break


def here(folder: Path) -> dict[str, Found]:
    """What lies in the handin/ of a submission that was collected before; `store` keeps the files' own times."""
    files = sorted(p for p in (folder / "handin").glob("*") if p.is_file())
    return {
        p.name: Found(PurePosixPath(p.name), p.read_bytes(), datetime.fromtimestamp(p.stat().st_mtime, UTC))
        for p in files
    }


def together(
    before: dict[str, Found], now: dict[str, Found], artefacts: dict[str, bytes]
) -> tuple[dict[str, Found], list[str]]:
    """(the files of a notebook that was collected `before` and is collected again, what is to be said of them).

    Of two files of one name the newer counts. `artefacts` are taken out of the notebook again and need no keeping.
    """
    files = dict(now)
    said = [f"{name} has come since" for name in sorted(set(now) - set(before))]
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
