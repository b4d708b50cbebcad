"""source/ → release/: strip, lock, inline the helpers, mark, verify, and only then swap.

The work is done by nbgrader's GenerateAssignment with the preprocessors of `coursework.configure`; `coursework release`
runs it on a scratch gradebook and a scratch folder and swaps both on success.
"""

import copy
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from coursework.authoring import contracts, leaks
from coursework.core.books import Gradebook
from coursework.core.cells import called, grade_id_of
from coursework.core.clock import DUE, SAID_DUE
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import digest, read_json, replace_folder, write_json
from coursework.core.logs import cause, log_to_list
from coursework.judging import variants
from coursework.sandbox import machines


@dataclass(frozen=True)
class Scratch:
    """A release made aside: the folder that holds release/<assignment>/, and the gradebook that knows its cells."""

    folder: Path
    database: Path
    assignment: str

    @property
    def db_url(self) -> str:
        return f"sqlite:///{self.database}"

    @property
    def notebook_path(self) -> Path:
        return self.folder / "release" / self.assignment / f"{self.assignment}.ipynb"

    def notebook(self) -> NotebookNode:
        return nbformat.read(self.notebook_path, as_version=4)


def _sqlite_file(db_url: str) -> Path | None:
    return Path(db_url.removeprefix("sqlite:///")) if db_url.startswith("sqlite:///") else None


def copy_database(source: Path, target: Path) -> None:
    """Copy one SQLite database over another in one transaction, so that another process sees the old or the new one."""
    with sqlite3.connect(source) as there, sqlite3.connect(target) as here:
        there.backup(here)


GRADED = (
    "somebody has been graded in it, so that no graded or locked cell can be added or removed: give the new one another"
    " id, or forget all its grades, those by hand, too, with `nbgrader db assignment remove {} --force`"
)


@contextmanager
def make(course: Course, assignment: str, unproven: bool = False) -> Iterator[Scratch]:
    """Run GenerateAssignment aside, on a copy of the gradebook; yields the result, which the caller may take.

    Raises StaffError with nbgrader's or our own one-line reason.
    """
    try:
        leaks.refuse_source(course, assignment, read_notebook(course.source(assignment)))
    except (leaks.Leak, StaffError) as fault:
        raise StaffError(f"{assignment} is not released: {fault}") from None
    with tempfile.TemporaryDirectory(prefix="coursework-release-") as temporary:
        folder = Path(temporary)
        scratch = Scratch(folder, folder / "gradebook.db", assignment)
        live = _sqlite_file(course.db_url)
        if live is not None and live.exists():
            copy_database(live, scratch.database)
        directory = course.directory(
            assignment, student=".", db_url=scratch.db_url, release_directory=str(folder / "release")
        )
        config = copy.deepcopy(course.config)  # its sections would be shared otherwise
        config.RefuseLeaks.unproven = unproven
        with log_to_list() as lines:
            converter = GenerateAssignment(coursedir=directory, config=config)
            converter.force = True
            try:
                converter.start()
            except NbGraderException as error:
                said = cause(lines) or str(error)
                if "submissions associated" in said:
                    said = GRADED.format(assignment)
                raise StaffError(f"{assignment} is not released: {said}") from None
        yield scratch


def release(course: Course, assignment: str, unproven: bool = False) -> str:
    """Make release/<assignment>/ and record its cells in the gradebook; nothing changes unless all of it succeeds.

    Returns the release id. Raises StaffError when it would leak, does not add up or is not proven, and when a
    clause and the probes do not agree.
    """
    if problem := next(contracts.faults(read_notebook(course.source(assignment))), ""):
        raise StaffError(f"{assignment} is not released: {problem}")
    with make(course, assignment, unproven) as scratch:
        target = course.released(assignment).parent
        aside = target.with_name(f".{assignment}.new")
        shutil.rmtree(aside, ignore_errors=True)
        try:
            shutil.copytree(scratch.notebook_path.parent, aside)
            _record(course, assignment, unproven)
            replace_folder(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return scratch.notebook().metadata.coursework.release


def _record(course: Course, assignment: str, unproven: bool) -> None:
    """Record the cells in the gradebook, now that the scratch run has shown that it works.

    Not by copying the scratch database over it: a mark that somebody saves meanwhile would be lost.
    """
    config = copy.deepcopy(course.config)  # its sections would be shared otherwise
    config.RefuseLeaks.unproven = unproven
    with tempfile.TemporaryDirectory() as folder:
        directory = course.directory(assignment, student=".", release_directory=folder)
        converter = GenerateAssignment(coursedir=directory, config=config)
        converter.force = True
        converter.start()


def difference(course: Course, assignment: str, unproven: bool = False) -> str | None:
    """Why release/ is not what source/ gives, in one line; None if it is."""
    with make(course, assignment, unproven) as scratch:
        return _difference(course, scratch)


def undated(nb: NotebookNode) -> NotebookNode:
    """The notebook, changed in place, without the configuration's date: neither a proof nor a grade depends on it."""
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = SAID_DUE.sub(DUE, cell.source)
    return nb


def _difference(course: Course, scratch: Scratch, dated: bool = True) -> str | None:
    """`dated`: whether another deadline counts, too. A class is graded by a release that shows an older one."""
    assignment = scratch.assignment
    path = course.released(assignment)
    if not path.exists():
        return f"{assignment} has no release: run `coursework release {assignment}`"
    new, old = scratch.notebook(), read_notebook(path)
    new, old = (new, old) if dated else (undated(new), undated(old))
    if new == old:
        return None
    mark = old.metadata.get("coursework", {}).get("release", "?")
    for cell in old.cells:  # the id follows from the rest
        cell.source = cell.source.replace(mark, new.metadata.coursework.release)
    ours = {c.id: c for c in old.cells}
    changed = [c.id for c in new.cells if ours.get(c.id) != c] or sorted(set(ours) - {c.id for c in new.cells})
    there = {c.id: c for c in (*old.cells, *new.cells)}
    where = called(there[changed[0]]) if changed else "the notebook's metadata"
    return f"release/{assignment} is not what source/ gives ({where} differs): run `coursework release {assignment}`"


def refuse_other_variants(course: Course, assignment: str) -> None:
    """Say it where a release was made with another setting of `variants` than the one in force.

    Nothing that would be found later points at the setting: neither the run of the solutions nor a cell that differs.

    Args:
        course: With source/ and perhaps a release.
        assignment: Its id.

    Raises:
        StaffError: When the release draws numbers and the course does not, or the other way round.
    """
    path = course.released(assignment)
    if not path.exists() or not (course.variants(assignment) / "variants.toml").exists():
        return
    drawn = any(grade_id_of(cell) == variants.ID_CELL for cell in read_notebook(path).cells)
    if drawn != course.settings.variants:
        now, made, other = ("off", "with", "on") if drawn else ("on", "without", "off")
        raise StaffError(
            f"variants is {now}, but release/{assignment}/ was made {made}: switch it {other} "
            f"(c.CourseworkSettings.variants), or run `coursework release {assignment}`"
        )


def ensure_recorded(course: Course, assignment: str, write: bool = True) -> None:
    """Let the gradebook know this assignment's cells, hidden tests included, as source/ and release/ have them.

    A gradebook that does not know them (a fresh clone) learns them, if it may `write`. Raises StaffError when source/
    has moved on, and when the gradebook does not know them and may not learn them. What was found to be so is kept, and
    holds until the source, the release, the gradebook's cells, the configuration or this package is another one.
    """
    refuse_other_variants(course, assignment)
    path, now = course.state(f"recorded-{assignment}.json"), _conditions(course, assignment)
    if (kept := read_json(path)) and kept == {"conditions": now, "cells": digest(_cells(course.db_url, assignment))}:
        return
    with make(course, assignment, unproven=True) as scratch:
        if reason := _difference(course, scratch, dated=False):
            raise StaffError(reason)
        known = _cells(course.db_url, assignment)
        if known and known != _cells(scratch.db_url, assignment):
            raise StaffError(f"{assignment} has changed since its release: run `coursework release {assignment}`")
        if not known and not write:
            raise StaffError(f"the gradebook does not know {assignment}: run `coursework autograde {assignment}` first")
        if not known:
            _record(course, assignment, unproven=True)
    if write:
        write_json(path, {"conditions": now, "cells": digest(_cells(course.db_url, assignment))})


def _conditions(course: Course, assignment: str) -> str:
    """Of all that decides what a release holds."""
    folders = [course.source(assignment).parent, course.released(assignment).parent]
    contents = [
        [path.relative_to(folder).as_posix(), digest(path.read_bytes())]
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    config = json.dumps(course.config, sort_keys=True, default=_lasting)
    return digest(machines.code(), machines.environment(), contents, config, variants.text(course, assignment))


def _lasting(value: Any) -> str:
    """A value of the configuration that JSON does not have. The text of a function has its address in memory, which
    differs in the next command: a module's function is told by its name."""
    if isinstance(value, FunctionType) and "<" not in value.__qualname__:
        return f"{value.__module__}.{value.__qualname__}"
    return str(value)


def _cells(db_url: str, assignment: str) -> dict[str, str]:
    """grade_id → source, as the gradebook has them; empty when it does not know the assignment."""
    with Gradebook(db_url) as gradebook:
        try:
            notebook = gradebook.find_notebook(assignment, assignment)
        except MissingEntry:
            return {}
        return {cell.name: cell.source for cell in notebook.source_cells}
