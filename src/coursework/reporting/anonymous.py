"""Grade tables without people: a pseudonym in place of every id, the same in every export of this course.

A pseudonym is a keyed digest (HMAC-SHA-256) of the id. The key is in `pseudonyms.key` in the course folder: whoever has
it can tell who is who, and without it nobody can try out the ids of a class.
"""

import hashlib
import hmac
import secrets

import pandas as pd

from coursework.core.course import Course, StaffError
from coursework.core.files import write_whole

PERSONAL = ("last name", "first name", "section", "notes", "email")
KEY_BYTES = 32


def key(course: Course) -> bytes:
    """The course's key; made when there is none. Raises StaffError when the file does not hold one."""
    path = course.root / "pseudonyms.key"
    if not path.exists():
        write_whole(path, secrets.token_hex(KEY_BYTES) + "\n")
        path.chmod(0o600)
    try:
        found = bytes.fromhex(path.read_text(encoding="utf-8").strip())
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise StaffError(f"{path.name} holds no key: put the old file back, or remove it and all pseudonyms change")
    return found


def pseudonym(secret: bytes, student: str) -> str:
    """Of a student's id: s- and ten hexadecimal digits."""
    return "s-" + hmac.new(secret, student.encode(), hashlib.sha256).hexdigest()[:10]


def anonymised(course: Course, table: pd.DataFrame) -> pd.DataFrame:
    """The table with pseudonyms, in their order, and without names, sections and remarks."""
    secret = key(course)
    out = table.drop(columns=[c for c in PERSONAL if c in table.columns])
    out["student"] = [pseudonym(secret, s) for s in table["student"]]
    return out.sort_values("student", ignore_index=True)
