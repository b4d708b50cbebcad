"""What the reference emits is kept for what it depends on: the source, the limits, the data; and for nothing else."""

import nbformat
import pytest

from coursework.core.course import Course
from coursework.judging import reference


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
