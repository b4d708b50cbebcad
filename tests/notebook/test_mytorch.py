"""The package that hw3 writes is importable elsewhere, and hw5 trains with it; its switches are all on at the end."""

import shutil
import sys
from pathlib import Path

import pytest
from nbclient import NotebookClient

from coursework.judging.reference import notebook
from coursework.notebook import checks
from tests.support.solutions import COURSE, solved

SWITCHES = sorted((Path(__file__).resolve().parents[2] / "bank/hw3-mytorch/option-7-switches").glob("*.py"))


def test_a_package_written_in_hw3_trains_in_hw5(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    nb = notebook(COURSE, "hw3-mytorch")
    NotebookClient(nb, kernel_name="python3", timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    said = "".join(o.get("text", "") for c in nb.cells if c.id == "q7-2-package" for o in c.outputs)
    assert "(4, 3) (4, 2)" in said  # of the package's Linear with BatchNorm1d, and of its MLP4
    place = tmp_path / "hw5"
    place.mkdir()
    shutil.copy(tmp_path / "out" / "mytorch.zip", place)
    monkeypatch.chdir(place)
    monkeypatch.delenv("NBGRADER_EXECUTION")
    monkeypatch.setattr(sys, "path", [*sys.path])
    solved("hw5-cnn", "q2-2-dataset", "q2-3-mytorch")
    line = capsys.readouterr().out.splitlines()[-1]
    assert "mytorch: last loss 0.0" in line and float(line.split()[-1]) <= 0.1, line
    monkeypatch.delitem(sys.modules, "mytorch")


@pytest.mark.parametrize("answer", SWITCHES, ids=lambda path: path.stem)
def test_the_switches_count_as_on_when_all_are(answer, monkeypatch):
    """The test is worth nothing, so `prove` cannot tell a right answer from a wrong one."""
    emitted = []
    monkeypatch.setattr(checks, "probe", lambda name, got: emitted.append(checks._obtain(name, got)))
    test = next(c.source for c in notebook(COURSE, "hw3-mytorch").cells if c.id == "option-7-switches--all-on")
    visible, hidden = test.split("### BEGIN HIDDEN TESTS")
    scope: dict = {"check": checks}
    exec(answer.read_text(encoding="utf-8"), scope)
    outcomes = []
    for part in (visible, hidden):
        try:
            exec(part, scope)
            outcomes.append(True)
        except checks.CheckFailed:
            outcomes.append(False)
    assert outcomes[0] == answer.name.startswith("01_")
    assert (bool(emitted) and all(emitted[0].values())) == outcomes[0]
