"""The package that hw3 writes is importable elsewhere, and hw5 trains with it."""

import shutil
import sys

from nbclient import NotebookClient
from test_references import COURSE, solved

from coursework.reference import notebook


def test_a_package_written_in_hw3_trains_in_hw5(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("COURSEWORK_GRADER", "1")
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    nb = notebook(COURSE, "hw3-mytorch")
    NotebookClient(nb, kernel_name="python3", timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    said = "".join(o.get("text", "") for c in nb.cells if c.id == "q7-2-package" for o in c.outputs)
    assert "MLP4 of the package returns (1, 2)" in said
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
