"""Copy release/ out of the private repository; its badges must resolve there, and nothing of source/ may be there."""

import os
import re
import shutil
from pathlib import Path

from coursework.authoring.leaks import solution_lines
from coursework.authoring.release import COLAB
from coursework.core.course import Course, StaffError, read_notebook

# What stands in source/ and bank/ and in nothing that is public.
PRIVATE = re.compile(rb"BEGIN SOLUTION|BEGIN HIDDEN TESTS|BEGIN MARK SCHEME|^# misconception: ", re.M)
BADGE = re.compile(re.escape(f"{COLAB}/github/") + r"([^)\s]+)")


def publish(course: Course, target: Path) -> list[str]:
    """Copy every released assignment into `target` (a folder or a clone of the public repository).

    `badge_base` is owner/repository/blob/branch/prefix; the notebooks land in `target`/prefix, where badges point.
    Raises StaffError before anything is copied when a badge points elsewhere, a solution line would be readable, or
    `target` holds something that is not for the public already.
    """
    base = course.settings.badge_base.strip("/")
    parts = base.split("/")
    if len(parts) < 4 or parts[2] != "blob":
        raise StaffError(
            "set c.CourseworkSettings.badge_base to owner/repository/blob/branch/prefix, then release again"
        )
    prefix = "/".join(parts[4:])
    notebooks = sorted(course.root.glob("release/*/*.ipynb"))
    if not notebooks:
        raise StaffError("release/ is empty: run `coursework release` first")
    secret: set[str] = set()
    for assignment in course.assignments:
        for cell in read_notebook(course.source(assignment)).cells:
            secret |= solution_lines(cell.source)
    for path in notebooks:
        nb = read_notebook(path)
        badges = [b for cell in nb.cells for b in BADGE.findall(cell.source)]
        wanted = f"{base}/{path.parent.name}/{path.name}"
        if badges != [wanted]:
            raise StaffError(f"{path.name}: its badge is {badges or 'missing'}, expected {wanted}: release it again")
        lines = {line.strip() for cell in nb.cells for line in cell.source.splitlines()}
        if shown := lines & secret:
            raise StaffError(f"{path.name} shows a solution line: {sorted(shown)[0][:60]}")
    if found := _private(target, course.assignments):
        raise StaffError(f"{found}: {target} is no public copy; remove it there, and from its git history")
    done = []
    for folder in sorted({p.parent for p in notebooks}):
        goal = target / prefix / folder.name
        shutil.copytree(folder, goal, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        done.append(f"✓ {goal}")
    return done


def _private(target: Path, assignments: list[str]) -> str:
    """What in `target` is not for the public: a bank/ or source/ of ours, or a text with our markers; "" if nothing."""
    for here, folders, files in os.walk(target):
        folders[:] = sorted(f for f in folders if f != ".git")
        for name in ("bank", "source"):
            inside = Path(here, name)
            ours = Path(here) == target or any((inside / assignment).exists() for assignment in assignments)
            if name in folders and ours:
                return f"{inside} is there"
        for file in sorted(files):
            path = Path(here, file)
            if path.is_file() and (marker := PRIVATE.search(_text(path))):
                return f"{path} has {marker[0].decode().strip()!r} in it"
    return ""


def _text(path: Path) -> bytes:
    """The content of a text file; nothing of one that is none."""
    with path.open("rb") as file:
        head = file.read(8192)
        return b"" if b"\0" in head else head + file.read()
