"""What the page on messages quotes is what the notebook, its last cell and the feedback really say."""

import linecache
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from coursework.core import deadlines
from coursework.core.probes import Emission, Probe, Rules
from coursework.core.verdicts import CellVerdict, Finding, Repair, RepairRecord, Verdict
from coursework.judging import causes, judge, probe
from coursework.notebook import checks, restrictions
from coursework.notebook.student import checks as students
from coursework.notebook.student import submission
from coursework.notebook.wire import as_wire
from coursework.returning import feedback
from tests.support.course import meta

DOCS = Path(__file__).resolve().parents[1] / "docs"
STUDENTS = "def accuracy(y, predicted):\n    return y.mean()\n"


def quoted(section: str) -> set[str]:
    """The messages in the first columns of a section of the page."""
    text = (DOCS / "students" / "messages.md").read_text(encoding="utf-8").split(f"\n## {section}\n")[1]
    found = re.findall(r"^\| (`+)(.+?)\1 \|", text.split("\n## ")[0], re.M)
    return {message.strip() for _, message in found}


def failed(check) -> str:
    with pytest.raises(checks.CheckFailed) as caught:
        check()
    return f"✗ {caught.value}"


def unanswered():
    raise NotImplementedError("2.2: count the right ones over all batches")


def without_a_gpu():
    raise RuntimeError("Found no NVIDIA driver on your system.")


def test_what_the_checks_say(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("predictions.csv").write_text("id,label\n" + "".join(f"{i},1\n" for i in range(9999)))
    name = "/tmp/ipykernel_1/2.py"
    code = "import numpy\n\nimport torch\nclass Linear:\n    def forward(self): ...\n"
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    scope, ones = {}, np.ones
    exec(STUDENTS, scope)
    linear = type("Linear", (), {"forward": eval(compile("lambda self: 0", name, "eval"))})
    said = [
        failed(lambda: checks.like("accuracy", lambda: unanswered())),
        failed(lambda: checks.exists("ans_1_1", lambda: None, int)),
        failed(lambda: checks.like("accuracy", lambda: accuracy())),  # noqa: F821
        failed(lambda: checks.like("accuracy", lambda: None)),
        failed(
            lambda: checks.like(
                "accuracy", lambda: scope["accuracy"]([], []), said="called with batches of 2 and 1 class indices"
            )
        ),
        failed(lambda: checks.like("accuracy", lambda: without_a_gpu())),
        failed(lambda: checks.exists("ans_1_1", lambda: "2", int)),
        failed(lambda: checks.exists("ans_1_3", lambda: (1, 2, 3), (int, int))),
        failed(lambda: checks.like("accuracy", lambda: [True], ())),
        failed(lambda: checks.like("MLPinPyTorch(5, 4, 3)", lambda: ones((7, 4)), (7, 3))),
        failed(lambda: checks.like("accuracy", lambda: ones(2, int), dtype="float")),
        failed(lambda: checks.like("softmax", lambda: ones(2) * np.nan)),
        failed(lambda: checks.law("accuracy", lambda: 50 <= 1, "an accuracy lies between 0 and 1.")),
        failed(lambda: checks.gradient("dx", lambda: ones(3), lambda v: (v * v).sum(), np.arange(3.0))),
        failed(lambda: checks.close("dc1", lambda: 2 * ones(3), ones(3), rtol=1e-6)),
        failed(lambda: checks.close("dc1", lambda: ones(3), lambda: nowhere)),  # noqa: F821
        failed(lambda: checks.only_numpy("Linear", linear)),
        failed(lambda: checks.predictions("predictions.csv", 10000)),
    ]
    checks.passed("2.2")
    monkeypatch.setitem(students.NOTED, "alias", "check")
    monkeypatch.setitem(students.NOTED, "cell", "check.exists('ans_1_1', lambda: ans_1_1, int)")
    students.passed("1.1")
    said += capsys.readouterr().out.splitlines()
    assert set(said) == quoted("The checks in the notebook")


def test_what_the_last_cell_says(capsys, monkeypatch):
    def cell(identity, source, kind="code", ran=1):
        return {"id": identity, "cell_type": kind, "source": source, "metadata": {}, "execution_count": ran}

    answer = ["q2-2-accuracy", "answer", "code", submission.mark("stub"), ["accuracy"]]
    test = ["q2-2-accuracy--rows", "locked", "code", submission.mark("test"), []]
    plot = ["q2-3-plot", "locked", "code", submission.mark("plot"), []]
    big = cell("q2-3-plot", "plot") | {"outputs": [{"text": "x" * 21_000_000}]}
    monkeypatch.setenv("JPY_SESSION_NAME", "")
    for name in ("Curie_Marie_hw1-mlp.ipynb", "", "hw1.ipynb"):
        submission.hand_in("hw1-mlp", name)
    failing = cell(test[0], "test") | {"outputs": [{"output_type": "error"}]}
    for cells in ([cell("q2-2-accuracy", "x = 1")], [cell("q2-2-accuracy", "x = 1"), failing]):
        monkeypatch.setattr(submission, "_this_notebook", lambda cells=cells: {"cells": cells})
        submission.hand_in("hw1-mlp", "Curie_Marie_hw1-mlp.ipynb", [answer, test][: len(cells)])
    printed = capsys.readouterr().out.splitlines()
    said = [line for line in printed if line.startswith(("File name:", "✗", "✓", "!"))]
    for notebook in (
        [cell("q2-2-accuracy", "stub")],
        [cell("q2-2-accuracy", "stub"), cell("own", "def accuracy(): 1")],
        [],
        [cell("q2-2-accuracy", "x"), cell("q2-2-accuracy", "x")],
        [cell("q2-2-accuracy", "x", "markdown")],
    ):
        said += [f"✗ {text}" for text in submission.looks({"cells": notebook}, [answer])[0]]
    said += [f"✗ {text}" for text in submission.looks({"cells": [cell(test[0], "changed")]}, [test])[0]]
    said += [f"✗ {text}" for text in submission.looks({"cells": [cell(plot[0], "plot", ran=None)]}, [plot])[0]]
    said += [f"✗ {text}" for text in submission.looks({"cells": [big]}, [plot])[0]]
    assert set(said) == quoted("The last cell")
    loose = {line for line in printed if line not in said}
    page = " ".join((DOCS / "students" / "messages.md").read_text(encoding="utf-8").split())
    assert len(loose) == 1 and all(text in page for text in loose)


def test_what_the_feedback_says():
    forward = "called with a (7, 5) tensor"

    def said(want, got, about="", stopped="", **rules):
        law = Rules(**(rules or {"rtol": 1e-5, "atol": 1e-8}))
        reference = Probe(name="forward", value=as_wire(want), rules=law, said=about)
        emission = None if got is None else Emission("forward", as_wire(got))
        return probe.judge_probe(reference, emission, stopped).message

    bands = {"bands": [[0.75, 1.0], [0.7, 0.5]]}
    slow = causes.error_text(nbformat.from_dict({"ename": "CellTimeoutError", "evalue": ""}))
    verdict = Verdict(missing=["1.2: x"], limits=["q: y"], cells={})
    repairs = RepairRecord(repairs=[Repair("duplicate", None, "z")])
    notes = [feedback.OLDER, *feedback._notes(verdict, repairs, 1, deadlines.Late(1))]
    test = new_code_cell("", id="q1-1-x--y", metadata=meta("q1-1-x--y", 2))
    reference = {"q1-1-x--y": [Probe(name="x", value=as_wire(1))]}
    refused = judge.judge_notebook(
        new_notebook(cells=[test]), reference, {}, {"q1-1-x": restrictions.refusal("\n\nimport torch")}
    )
    passed = CellVerdict(0.0, 0.0, "all checks passed", checks=[Finding("x", 1.0)])
    texts = {
        said(np.ones(3), np.ones(3) * 1.1, forward),
        said(5, 6),
        said(True, False),
        said(0.9, 0.72, **bands),
        said(0.9, 0.5, **bands),
        said(1, None),
        said(1, None, stopped=slow),
        said(1, None, stopped="the run ended here: the kernel died"),
        refused["q1-1-x--y"].message,
        *feedback._lines(passed, 0, 0),
        feedback._lines(passed, 2, 3)[-1],
    }
    heads = quoted("The feedback page") - texts
    assert texts < quoted("The feedback page") and len(heads) == len(notes) == 5
    assert all(any(note.startswith(head) for head in heads) for note in notes)
