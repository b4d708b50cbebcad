"""The proof finds a wrong score, a thin bank, a silent misconception and a mutant that survives."""

import ast
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from coursework.authoring import leaks
from coursework.core.cells import skipped
from coursework.core.course import StaffError
from coursework.core.files import read_json, write_json
from coursework.core.probes import Probe
from coursework.judging import proof
from coursework.judging.reference import notebook, with_sentences
from coursework.notebook.wire import PROBE_MIME
from coursework.proving import prove
from coursework.proving.mutants import mutants
from tests.support.course import meta


def test_the_miniature_is_proven(proven):
    found = prove.prove(proven, "hw0-tiny")
    assert found.clean
    cases = {(c.item, c.name): c for c in found.cases}
    assert cases["whole notebook", "blank"].got == 0 and cases["whole notebook", "source"].got == 7
    square = cases["q1-1-double", "00_square.py"].result
    assert square.named and "the square" in square.message
    assert found.clauses["q1-1-double"]["arguments"] == ["00_in_place.py"]
    assert "00_half.py" in found.clauses["q1-1-double"]["value"]


def test_after_a_change_only_what_it_reaches_runs_again(proven):
    """Also in a clone: there is no run of an earlier proof, only the record."""
    shutil.rmtree(proven.root / ".coursework" / "proved", ignore_errors=True)
    assert not any(case.fresh for case in prove.prove(proven, "hw0-tiny").cases)
    path = proven.source("hw0-tiny")
    path.write_text(path.read_text().replace('check.probe(\\"ans_1_2\\", ', 'check.probe(\\"the count\\", '))
    found = prove.prove(proven, "hw0-tiny")
    ran = {(case.item, case.name) for case in found.cases if case.fresh and not case.rewrites}
    assert found.clean
    assert {item for item, _ in ran} == {"q1-2-count", "whole notebook"}
    assert len([1 for item, _ in ran if item == "q1-2-count"]) == len(proof.answers(proven, "hw0-tiny")["q1-2-count"])
    new = proven.bank("hw0-tiny") / "q1-2-count" / "00_another.py"
    new.write_text("ans_1_2 = 1\n")
    found = prove.prove(proven, "hw0-tiny")
    assert [case.name for case in found.cases if case.fresh] == ["00_another.py"]
    assert found.clean and found.clauses == proof.load(proven, "hw0-tiny")["clauses"]
    again = prove.prove(proven, "hw0-tiny", only="q1-2-count", fresh=True)
    assert all(case.fresh for case in again.cases)


def test_an_item_that_the_notebook_does_not_have_is_said(proven):
    """Its answers are in the bank: the notebook calls it otherwise."""
    path = proven.source("hw0-tiny")
    path.write_text(path.read_text().replace("q1-2-count", "q1-2-cuont"))
    with pytest.raises(StaffError, match=r"has no item 'q1-2-count': did you mean q1-2-cuont\?"):
        prove.prove(proven, "hw0-tiny", only="q1-2-count")


def test_a_wrong_expectation_is_a_surprise(proven):
    folder = proven.bank("hw0-tiny") / "q1-1-double"
    (folder / "04_half.py").write_text((folder / "00_half.py").read_text())
    found = prove.prove(proven, "hw0-tiny")
    wrong = [c.name for c in found.cases if not c.ok]  # rewritten it is as wrong, and so is a notebook that holds it
    assert wrong == ["04_half.py", "04_half.py, rewritten (in place, tensors, scratch, timed)", wrong[2]], wrong
    assert wrong[2].startswith("right answers, ") and not found.clean
    assert found.surprises[0].startswith("q1-1-double/04_half.py: must get 4 and got 0")


def test_a_surprise_that_met_a_limit_runs_once_more(proven, monkeypatch):
    """A busy machine is no finding about an answer, and its run is not kept as one."""
    path = proven.bank("hw0-tiny") / "q1-2-count" / "03_late.py"
    path.write_text("ans_1_2 = 6584 + 1\n")
    plain, runs = prove.run_all, []

    def busy(course, makers):
        runs.append(len(makers))
        for name, answer in plain(course, makers):
            nb = nbformat.reads(answer["notebook"], as_version=4)
            if len(runs) <= late:
                test = next(c for c in nb.cells if c.id.startswith("q1-2-count--"))
                test.outputs = []
                nb.metadata.coursework_run.cells = {test.id: "stopped after 20 s"}
            yield name, answer | {"notebook": nbformat.writes(nb)}

    monkeypatch.setattr(prove, "run_all", busy)
    late = 1
    found = prove.prove(proven, "hw0-tiny")
    assert all(case.ok for case in found.cases) and runs[0] == runs[1] > 0 and len(runs) == 2
    path.write_text("ans_1_2 = 6583 + 2\n")
    runs.clear()
    late = 2
    assert not prove.prove(proven, "hw0-tiny").clean
    late = 0
    assert prove.prove(proven, "hw0-tiny").clean


def test_a_record_of_another_time_is_replaced(proven):
    record = read_json(proven.proof("hw0-tiny"))
    assert record["misconceptions"]
    write_json(proven.proof("hw0-tiny"), record | {"misconceptions": {"q1-2-count--value": [{"file": "x"}]}})
    assert prove.prove(proven, "hw0-tiny").clean
    assert read_json(proven.proof("hw0-tiny"))["misconceptions"] == record["misconceptions"]


def test_a_thin_bank_and_odd_names_are_problems(proven):
    folder = proven.bank("hw0-tiny") / "q1-1-double"
    for name in ("00_none.py", "04_in_steps.py"):
        (folder / name).unlink()
    (folder / "wrong_somehow.py").write_text("pass\n")
    (folder.parent / "q9-9-nothing").mkdir()
    (folder.parent / "q9-9-nothing" / "00_x.py").write_text("pass\n")
    text = "; ".join(prove.prove(proven, "hw0-tiny").problems)
    assert (
        "does not begin with a score" in text
        and "q9-9-nothing is not an item" in text
        and "2 right and 5 wrong" in text
    )


def test_mutants_die_or_are_listed(proven):
    found = prove.prove(proven, "hw0-tiny", with_mutants=True, only="q1-1-double")
    tried = [c for c in found.cases if c.expected is None]
    assert len(tried) >= 3 and all(c.ok for c in tried)


@pytest.mark.parametrize(
    "source", ["def f(x):\n    '''Text 1.'''\n    return x.sum(dim=1) / len(x) - 1\n", "a = b @ c.T + 1\n"]
)
def test_mutants_are_other_programs(source):
    found = mutants(source)
    assert len({text for _, text in found}) == len(found) >= 3
    for _, text in found:
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(source))
        assert "Text 1" in text or "Text" not in source


def test_a_skipped_cell_that_a_probe_needs_is_a_problem(tiny):
    """A given run before a test that looks at what it left behind."""
    path = tiny.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    run = new_code_cell("seen = double(np.ones(2))", id="q1-1-run", metadata=meta("q1-1-run"))
    run.metadata["coursework"] = {"skip": "a run"}
    test = next(c for c in nb.cells if c.id == "q1-1-double--values")
    at = nb.cells.index(test)
    nb.cells.insert(at, run)
    nbformat.write(nb, path)
    source = notebook(tiny, "hw0-tiny")
    assert skipped(source) == {"q1-1-run": "a run"}
    record = Probe(name="seen", value={"kind": "int", "value": 1})
    assert prove.moved_by_skipping(source, nbformat.from_dict(source), {test.id: []}, ["q1-1-run"]) == []
    told = prove.moved_by_skipping(source, nbformat.from_dict(source), {test.id: [record]}, ["q1-1-run"])
    assert told == [f"{test.id} emits something else when q1-1-run do not run: they are needed (coursework.skip)"]
    answer = next(c for c in source.cells if c.id == "q1-1-double")
    answer.metadata["coursework"] = {"clauses": {"again": "gives the same when it is called again"}}
    clause = {"name": "seen", "value": {"kind": "text", "value": "one"}, "clause": "again"}
    executed = nbformat.from_dict(source)
    shown = next(c for c in executed.cells if c.id == test.id)
    shown.outputs = [new_output("display_data", data={PROBE_MIME: clause})]
    known = with_sentences(source, {test.id: [Probe(**clause)]})
    assert known[test.id][0].law == "gives the same when it is called again"
    assert prove.moved_by_skipping(source, executed, known, ["q1-1-run"]) == []
    answer.metadata["coursework"] = {}
    leaks.refuse_metadata(source)
    next(c for c in source.cells if c.id == "q1-1-double").metadata["coursework"] = {"skip": "too slow"}
    with pytest.raises(leaks.Leak, match="q1-1-double cannot be skipped: only locked code"):
        leaks.refuse_metadata(source)
