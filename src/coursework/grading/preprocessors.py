"""nbgrader's own steps of autograding, which open the gradebook and ask it for each cell, with few questions to it."""

import json
from typing import Any, ClassVar

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook as NbGraderGradebook
from nbgrader.api import GradeCell, MissingEntry, TaskCell
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, OverwriteCells

from coursework.core.books import Gradebook
from coursework.core.files import digest


class CheckMetadata(CheckCellMetadata):
    """nbgrader's check. A class shares its cells' metadata: what passed once is not looked at again."""

    passed: ClassVar[set[str]] = set()

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = [[c.cell_type, c.metadata["nbgrader"]] for c in nb.cells if "nbgrader" in c.metadata]
        key = digest(json.dumps(about, sort_keys=True, default=repr))
        if key not in self.passed:
            nb, resources = super().preprocess(nb, resources)
            self.passed.add(key)
        return nb, resources


class _Cells:
    """A gradebook that knows one notebook and its cells by name: nbgrader asks for each of them anew."""

    def __init__(self, gradebook: NbGraderGradebook, notebook: str, assignment: str) -> None:
        self._gradebook = gradebook
        self.notebook = found = gradebook.find_notebook(notebook, assignment)
        self._source = {cell.name: cell for cell in found.source_cells}
        # As queries: of `found.grade_cells` the points would be asked for one by one.
        graded = [gradebook.db.query(kind).filter_by(notebook_id=found.id).all() for kind in (GradeCell, TaskCell)]
        self._graded = {cell.name: cell for cells in graded for cell in cells}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gradebook, name)

    def find_notebook(self, name: str, assignment: str) -> Any:
        return self.notebook

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        if name not in self._source:
            raise MissingEntry(name)
        return self._source[name]

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        if name not in self._graded:
            raise MissingEntry(name)
        return self._graded[name]


class OverwriteFromGradebook(OverwriteCells):
    """nbgrader's OverwriteKernelspec and OverwriteCells: both take from the gradebook what the release has."""

    gradebook: Any

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.db_url = about["notebook"], about["assignment"], about["db_url"]
        with Gradebook(self.db_url) as gradebook:
            self.gradebook = _Cells(gradebook, self.notebook_id, self.assignment_id)
            if kernelspec := json.loads(self.gradebook.notebook.kernelspec or "null"):
                nb.metadata["kernelspec"] = kernelspec
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            if self.add_missing_cells:
                nb, resources = self.add_missing_grade_cells(nb, resources)
                nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class LatePenalties(AssignLatePenalties):
    """nbgrader's AssignLatePenalties, which makes a database engine for each notebook."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = resources["nbgrader"]
        self.assignment_id = about["assignment"]  # which the plugin reads
        self.init_plugin()
        with Gradebook(about["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            gradebook.db.refresh(notebook)  # its score, which is the database's sum
            late = notebook.assignment.total_seconds_late
            found = self.plugin_inst.late_submission_penalty(about["student"], notebook.score, late) if late else None
            notebook.late_submission_penalty = None if found is None else self._check_late_penalty(notebook, found)
            gradebook.db.commit()
        return nb, resources
