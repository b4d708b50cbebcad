"""What waits for a person: an answer with points that no test gives, and no other."""

from types import SimpleNamespace

import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook

from coursework.grading.gradebook import SaveVerdicts
from tests.support.course import meta


@pytest.mark.parametrize(("points", "waits"), [(2, True), (0, False)])
def test_a_written_answer_without_points_holds_no_grade_back(tmp_path, points, waits):
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("hw0")
        gradebook.add_notebook("hw0", "hw0")
        gradebook.add_grade_cell("q1-1-why", "hw0", "hw0", max_score=points, cell_type="markdown")
        gradebook.add_student("ann")
        gradebook.add_submission("hw0", "ann")
        plugin = SimpleNamespace(
            gradebook=gradebook, notebook_id="hw0", assignment_id="hw0", student_id="ann", log=None
        )
        cell = new_markdown_cell("because", metadata=meta("q1-1-why", points, solution=True))
        SaveVerdicts._add_grade(plugin, cell, False, set())
        assert gradebook.find_grade("q1-1-why", "hw0", "hw0", "ann").needs_manual_grade == waits
