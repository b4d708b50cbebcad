"""An author begins with an assignment that is complete."""

import nbformat
import pytest
from typer.testing import CliRunner

from coursework.authoring import new, release
from coursework.cli.commands import app
from coursework.core.cells import about_cell, grade_id_of, is_by_hand, is_test
from coursework.core.course import Course, StaffError
from coursework.core.rubrics import schemes
from coursework.proving import prove


@pytest.fixture
def empty(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        "from coursework.configure import configure\nconfigure(get_config())\n"
    )
    return Course(tmp_path)


def test_it_has_each_part_once(empty):
    run = CliRunner().invoke(app, ["new", "hw6-attention", "--course", str(empty.root)])
    assert run.exit_code == 0 and "coursework prove hw6-attention" in run.output
    nb = nbformat.read(empty.source("hw6-attention"), as_version=4)
    nbformat.validate(nb)
    assert nb.metadata.coursework.title == "Attention"
    assert sum(c.metadata.nbgrader.points for c in nb.cells if is_test(c) or is_by_hand(c)) == 10
    assert schemes(nb)["q1-2-which"].points == 4
    assert [grade_id_of(c) for c in nb.cells if about_cell(c).clauses] == ["q1-1-standardise"]


@pytest.mark.parametrize("name", ["HW6", "hw6_attention", "../hw6", "hw6-", ""])
def test_a_name_that_is_not_an_id_is_refused(empty, name):
    with pytest.raises(StaffError, match="lower-case letters"):
        new.new(empty, name)
    assert sorted(p.name for p in empty.root.iterdir()) == ["nbgrader_config.py"]


@pytest.mark.parametrize("folder", ["source", "bank"])
def test_nothing_is_overwritten(empty, folder):
    (empty.root / folder / "hw6-attention").mkdir(parents=True)
    with pytest.raises(StaffError, match="is there already"):
        new.new(empty, "hw6-attention")
    assert not list(empty.root.rglob("*.ipynb"))


@pytest.mark.slow
def test_it_proves_and_releases_at_once(empty):
    new.new(empty, "hw6-attention")
    found = prove.prove(empty, "hw6-attention")
    assert found.clean, found.surprises
    assert release.release(empty, "hw6-attention").startswith("hw6-attention-")
