"""Copy release/ out of the private repository; its badges must resolve there, and nothing of source/ may be there."""

import re
import shutil
from pathlib import Path

import nbformat

from coursework.course import Course, StaffError
from coursework.leaks import solution_lines
from coursework.release import COLAB

BADGE = re.compile(re.escape(f"{COLAB}/github/") + r"([^)\s]+)")


def publish(course: Course, target: Path) -> list[str]:
    """Copy every released assignment into `target` (a folder or a clone of the public repository).

    `badge_base` is owner/repository/blob/branch/prefix; the notebooks land in `target`/prefix, where badges point.
    Raises StaffError before anything is copied when a badge points elsewhere or a solution line would be readable.
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
        for cell in nbformat.read(course.source(assignment), as_version=4).cells:
            secret |= solution_lines(cell.source)
    for path in notebooks:
        nb = nbformat.read(path, as_version=4)
        badges = [b for cell in nb.cells for b in BADGE.findall(cell.source)]
        wanted = f"{base}/{path.parent.name}/{path.name}"
        if badges != [wanted]:
            raise StaffError(f"{path.name}: its badge is {badges or 'missing'}, expected {wanted}: release it again")
        lines = {line.strip() for cell in nb.cells for line in cell.source.splitlines()}
        if shown := lines & secret:
            raise StaffError(f"{path.name} shows a solution line: {sorted(shown)[0][:60]}")
    for path in (p for p in target.rglob("*.ipynb") if ".git" not in p.parts):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "BEGIN SOLUTION" in text or "BEGIN HIDDEN TESTS" in text:
            raise StaffError(f"{path} holds solutions or hidden tests: {target} is no public copy; remove it there")
    done = []
    for folder in sorted({p.parent for p in notebooks}):
        goal = target / prefix / folder.name
        shutil.copytree(folder, goal, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
        done.append(f"✓ {goal}")
    return done
