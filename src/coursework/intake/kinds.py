"""What a file of an inbox is: a notebook by its name or by its content, and of which assignment."""

import json
import re
from functools import lru_cache
from pathlib import Path

from coursework.core.course import Course, read_notebook
from coursework.intake.archives import Found

RANKS = {".ipynb": 3, ".json": 2, ".txt": 2, ".py": 1, ".html": 1, ".htm": 1}


def rank(found: Found) -> int:
    """How much a file looks like a notebook: 3 by its name, 2 by its content, 1 a script or page, 0 not at all."""
    rank = RANKS.get(found.path.suffix.lower(), 0)
    if rank == 2 and not (found.payload.lstrip()[:1] == b"{" and b'"cells"' in found.payload):
        return 0
    return rank


def own_assignment(payload: bytes) -> str | None:
    """The assignment that the notebook itself says it is."""
    try:
        about = json.loads(payload).get("metadata", {}).get("coursework", {})
        return about.get("assignment") if isinstance(about.get("assignment"), str) else None
    except (ValueError, AttributeError, RecursionError):
        return None


def by_content(course: Course, payload: bytes) -> str | None:
    """The assignment whose released cells a file holds most of, by their ids or its title."""
    ids = set(re.findall(rb'"(?:grade_id|id)"\s*:\s*"([^"\\]{1,80})"', payload))
    shares = {}
    for assignment in course.assignments:
        path = course.released(assignment)
        if not path.exists():
            continue
        own, title = _marks(path, path.stat().st_mtime_ns)
        titled = title and (title.encode() in payload or json.dumps(title)[1:-1].encode() in payload)
        shares[assignment] = max(len(own & ids) / max(1, len(own)), 0.5 if titled else 0.0)
    best = sorted(shares, key=lambda a: -shares[a])
    clear = best and shares[best[0]] >= 0.3 and (len(best) == 1 or shares[best[0]] > 2 * shares[best[1]])
    return best[0] if clear else None


@lru_cache(maxsize=64)
def _marks(path: Path, changed: int) -> tuple[frozenset[bytes], str]:
    """(the ids of a released notebook's questions, its title), read once: an inbox may hold thousands of files."""
    nb = read_notebook(path)
    title = str(nb.metadata.get("coursework", {}).get("title", ""))
    return frozenset(c.id.encode() for c in nb.cells if c.id[:1] == "q"), title


def of_the_course(course: Course, assignment: str, found: Found) -> bool:
    """Whether a script or page holds something of the released notebook, and is no helper file."""
    nb = read_notebook(course.released(assignment))
    text = re.sub(rb"\W", b"", found.payload)
    known = [re.sub(r"\W", "", c.source).encode() for c in nb.cells if c.cell_type == "code" and len(c.source) > 60]
    return any(k[-60:] in text for k in known)
