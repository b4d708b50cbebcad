"""A run to the gradebook through nbgrader's own Autograde: its exporter and converter, for our runs and for its own.

nbgrader removes what it replaces before it converts a notebook. Its exporter is made before that.
"""

import copy
import json
import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbformat.v4.rwbase import strip_transient
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import find_all_files
from traitlets import Bool
from traitlets.config import Config

from coursework.core import deadlines
from coursework.core.books import Gradebook, transaction
from coursework.core.course import Course, StaffError, alone
from coursework.core.logs import cause, log_to_list
from coursework.core.text import reason
from coursework.grading.gradebook import Context
from coursework.grading.verdicts import put_aside, seal
from coursework.sandbox import selftest
from coursework.sandbox.execute import SandboxExecute


def _begin(converter: Any) -> None:
    """Take the lock of the assignment until nbgrader has converted its notebooks, and see that the sandbox holds."""
    root = Path(converter.coursedir.root).resolve()
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(Course.find(root), converter.coursedir.assignment_id))
            converter.log.info(selftest.start_up(root))
        except StaffError as error:
            converter.log.error(str(error))
            raise NbGraderException(str(error)) from None
        lock, convert = stack.pop_all(), converter.convert_notebooks

    def locked() -> None:
        with lock:
            convert()

    converter.convert_notebooks = locked


class GradingExporter(NotebookExporter):
    """nbgrader's Autograde makes it before it removes anything: the place to see that the sandbox holds, and to keep
    the verdict records of the grades that are about to be replaced (they go on to the preprocessors in a `Context`)."""

    optimistic_validation = Bool(True).tag(config=True)  # after the last preprocessor, not after each

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        super().__init__(config=config, **kwargs)
        converter: Any = self.parent
        if SandboxExecute in converter.autograde_preprocessors:  # else the notebooks have run already
            _begin(converter)
        course = Course.find(Path(converter.coursedir.root))
        places = [(Path(folder).name, Path(folder).parent.name) for folder in converter.assignments]
        self._before = {place: put_aside(course, *place) for place in places}

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kwargs: Any) -> Any:
        return super().from_notebook_node(nb, self._with_verdict(resources, Context()), **kwargs)

    def recorded(self, nb: NotebookNode, resources: Any, context: Context) -> tuple[str, Any]:
        """As `from_notebook_node`, for a notebook that nobody else has: nbconvert copies it four times, and checks it
        three times."""
        resources = self._with_verdict(resources, context) | {"output_extension": self.file_extension}
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        return _written(nb), resources

    def _with_verdict(self, resources: Any, context: Context) -> Any:
        about = resources["nbgrader"]
        before = self._before.get((about["assignment"], about["student"]))
        return resources | {"coursework": replace(context, before=before)}


def _written(nb: NotebookNode) -> str:
    """The notebook as JSON, a line for each cell. nbformat's writer copies it and indents it, for which Python has no
    fast encoder: a fifth of what the main process did for a submission."""
    strip_transient(nb)
    cells = ",\n".join(_line(cell) for cell in nb.cells)
    about = ",\n".join(f"{_line(name)}: {_line(nb[name])}" for name in sorted(nb) if name != "cells")
    return f'{{"cells": [\n{cells}\n],\n{about}}}\n'


def _line(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True)


class Recording(Autograde):
    """nbgrader's Autograde for a notebook that has run: sanitized before it ran, it is converted once, as it is."""

    executed: NotebookNode
    context = Context()

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """As Autograde's, which opens the gradebook five times."""
        super(Autograde, self).init_assignment(assignment_id, student_id)
        came = self.coursedir.get_existing_timestamp(self._format_source(assignment_id, student_id))
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            gradebook.update_or_create_student(student_id)
            gradebook.update_or_create_submission(assignment_id, student_id, **({"timestamp": came} if came else {}))
        # The course's files beside the notebook take the place of those of the same name that were handed in.
        source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", assignment_id))
        kept = {source / name for name in self.exclude_overwriting.get(assignment_id, [])}
        for name in find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb"]):
            if Path(name) in kept:
                continue
            target = Path(self._format_dest(assignment_id, student_id), Path(name).relative_to(source))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(name, target)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        resources = self.init_single_notebook_resources(notebook_filename)
        self._sanitizing = False
        try:
            self._init_preprocessors()
            self.write_single_notebook(*self.exporter.recorded(self.executed, resources, self.context))
        finally:
            self._sanitizing = True


def record(course: Course, assignment: str, student: str, executed: NotebookNode, mark: str, context: Context) -> None:
    """Judge and write one student's run through nbgrader's Autograde; raises StaffError with its reason.

    Only when all of it is written, `mark` makes it a grade that need not be done again.
    """
    config = copy.deepcopy(course.config)  # its sections would be shared otherwise
    chain = [p for p in config.Autograde.autograde_preprocessors if p is not SandboxExecute]
    config.Autograde.autograde_preprocessors = chain
    with transaction(course.db_url), log_to_list() as lines:
        converter = Recording(coursedir=course.directory(assignment, student), config=config)
        converter.executed, converter.context = executed, context
        converter.force, converter.create_student = True, True
        try:
            converter.start()
        except Exception as error:
            raise StaffError(f"{student} could not be recorded: {cause(lines) or reason(error)}") from None
        tell_gradebook(course, assignment, student)
    seal(course, assignment, student, mark)


def tell_gradebook(course: Course, assignment: str, student: str) -> None:
    """What nbgrader has no other way to know, so that formgrader shows it: deadline, extension, and who it is.

    The name is the roster's, or that of the id `Last_First`, unless somebody has put another one there.
    """
    limit, own = deadlines.deadline(course, assignment), deadlines.due(course, assignment, student)
    people = deadlines.roster(course)
    known = people.by_id.get(student) if people else None
    last, _, first = student.rpartition("_")
    with Gradebook(course.db_url) as gradebook:
        gradebook.find_assignment(assignment).duedate = limit.replace(tzinfo=None) if limit else None
        submission = gradebook.find_submission(assignment, student)
        submission.extension = own - limit if own and limit and own != limit else None
        entry = submission.student
        if known and not entry.last_name and not entry.first_name:
            entry.last_name, entry.first_name, entry.email = known.last, known.first, known.email or None
        elif last and not entry.last_name and not entry.first_name:
            entry.last_name, entry.first_name = last.replace("-", " "), first.replace("-", " ")
        gradebook.db.commit()
