"""What the reference emits is kept for what it depends on: the source, the limits, the data; and for nothing else."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from coursework.core.course import Course, StaffError
from coursework.judging import reference
from coursework.judging.probe import emissions
from coursework.notebook.wire import PROBE_MIME
from tests.support.course import meta


@pytest.fixture
def runs(proven, monkeypatch):
    """How often the reference was run; the run itself is of no interest here."""
    found = []

    def run_task(task):
        nb = nbformat.reads(task["notebook"], as_version=4)
        nb.metadata["coursework_run"] = {"stopped": None}
        found.append(task)
        return {"error": None, "notebook": nbformat.writes(nb)}

    for known in proven.state("").glob("reference-*"):  # of the proof
        known.unlink()
    monkeypatch.setattr(reference, "run_task", run_task)
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    return found


def asked(proven, runs, **limits):
    course = Course(proven.root)
    for name, value in limits.items():
        setattr(course.settings, name, value)
    reference.reference(course, "hw0-tiny")
    return len(runs)


def test_the_reference_runs_once_for_each_source_limit_and_data(proven, runs, tmp_path, monkeypatch):
    assert asked(proven, runs) == asked(proven, runs) == 1
    assert asked(proven, runs, cell_seconds=7) == 2 and runs[-1]["limits"]["cell_seconds"] == 7
    assert asked(proven, runs, memory_gib=1.0) == 3
    assert asked(proven, runs) == 3  # what was known before is known still
    data = tmp_path / "sets"
    (data / "tiny").mkdir(parents=True)
    monkeypatch.setenv("COURSEWORK_DATA", str(data))
    (data / "tiny" / "x.bin").write_bytes(b"1234")
    assert asked(proven, runs) == 4 and runs[-1]["data"] == str(data)
    moved = data.rename(tmp_path / "elsewhere")
    monkeypatch.setenv("COURSEWORK_DATA", str(moved))
    assert asked(proven, runs) == 4  # the same files in another place
    (moved / "tiny" / "x.bin").write_bytes(b"12345")
    assert asked(proven, runs) == 5
    (moved / "tiny" / "y.bin").write_bytes(b"")
    assert asked(proven, runs) == 6
    source = proven.source("hw0-tiny")
    source.write_text(source.read_text().replace("ans_1_2 = 6585", "ans_1_2 = 6586"))
    assert asked(proven, runs) == 7


def test_what_no_probe_needs_runs_for_a_proof_alone(proven, runs, monkeypatch):
    reference.reference(proven, "hw0-tiny")
    monkeypatch.setattr(reference, "skipped", lambda nb: {"q1-1-run": "a run"})
    reference.reference(proven, "hw0-tiny")
    reference.reference(proven, "hw0-tiny", everything=True)  # as the first one was
    assert [task["skip"] for task in runs] == [[], ["q1-1-run"]]


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"sayd": "x"}, "probe.sayd is not a key that exists: did you mean said?"),
        ({"rules": {"rtoll": 1e-3}}, "probe.rules.rtoll is not a key that exists: did you mean rtol?"),
        ({"rules": {"betwen": [0, 1]}}, "probe.rules.betwen is not a key that exists: did you mean between?"),
        ({"rules": {"bands": [[0.5, 2.0]]}}, "probe.rules.bands.0.1: input should be less than or equal to 1"),
        ({"rules": {"between": [0, 1], "at_most": True}}, "at_most and between exclude each other"),
        ({"clause": 3}, "probe.clause: input should be a valid string"),
    ],
)
def test_a_wrong_key_of_a_probe_or_its_rules_is_named_with_its_cell(about, says):
    record = {"name": "f", "value": {"kind": "none"}, "rules": {}} | about
    shown = new_output("display_data", {PROBE_MIME: record})
    test = new_code_cell(id="q1-1-f--values", metadata=meta("q1-1-f--values", 1), outputs=[shown])
    with pytest.raises(StaffError, match=re.escape(says)) as caught:
        reference.probes_of(test, asserted=False)
    assert "cell q1-1-f--values" in str(caught.value)
    assert [e.name for e in emissions(test)] == ["f"]  # of a student's run such a key is not even read
