"""The records beside a submission come back as they were written, and a damaged one is one that cannot be read."""

import json
from typing import get_args

import pytest

from coursework.core.verdicts import CellVerdict, Finding, Outcome, Repair, RepairRecord, Seconds, Verdict

WHOLE = Verdict(
    student="Çelik_Åsa",
    assignment="hw0-tiny",
    state="graded",
    reasons=["one"],
    seconds=Seconds(1.5, 2.0, "q1-1-double", 0.5),
    peak_memory=2**31,
    evidence=[Outcome("q1--evidence", "Your run says 0.9.", 0.9, None, None, 0.5, True)],
    answers={"q1-1-double": "ab"},
    files={},
    cells={"q1--v": CellVerdict(4.0, 1.0, "wrong", "wrong: x", [Finding("double", 0.25, "wrong", 7, "04_x.py")])},
)


def test_a_verdict_comes_back(tmp_path):
    WHOLE.write(tmp_path / "verdict.json")
    assert Verdict.read(tmp_path / "verdict.json") == WHOLE
    assert "Çelik" in (tmp_path / "verdict.json").read_text(encoding="utf-8")


def test_a_repair_record_comes_back(tmp_path):
    record = RepairRecord(student="ann", release="1a", repairs=[Repair("missing", "q1", "It was gone.", True)])
    record.write(tmp_path / "repair.json")
    assert RepairRecord.read(tmp_path / "repair.json") == record


def test_a_record_of_an_earlier_version_is_read(tmp_path):
    about = {"cells": {"q1--v": {"question": "1", "points": 4, "score": 1}}, "key of then": 3}
    (tmp_path / "verdict.json").write_text(json.dumps(about))
    found = Verdict.read(tmp_path / "verdict.json")
    assert found and found.cells["q1--v"].score == 1 and found.answers is None and found.state == "review"


PLACES = [
    ("cells",), ("cells", "q1--v"), ("cells", "q1--v", "score"), ("cells", "q1--v", "checks", 0),
    ("cells", "q1--v", "checks", 0, "fraction"), ("answers",), ("files",), ("reasons",), ("reasons", 0),
    ("seconds", "slowest_cell"), ("seconds", "wall"), ("evidence", 0, "text"), ("state",), ("fingerprint",),
    ("peak_memory",), ("missing",),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
@pytest.mark.parametrize("value", [[["x"]], {"x": {"y": {}}}], ids=["list", "dict"])
def test_a_value_of_another_type_anywhere_is_a_damaged_record(tmp_path, place, value):
    content = WHOLE.model_dump(mode="json")
    inner = content
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    (tmp_path / "verdict.json").write_text(json.dumps(content))
    assert Verdict.read(tmp_path / "verdict.json") is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "null", '{"cells": 3}', '{"cells": {"a": {"points": "4"}}}', "\ud800"]
)
def test_a_file_that_is_not_whole_is_a_damaged_record(tmp_path, text):
    (tmp_path / "verdict.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert Verdict.read(tmp_path / "verdict.json") is None
    assert Verdict.read(tmp_path / "other.json") is None


def test_the_states_are_those_that_the_reports_know():
    assert set(get_args(Verdict.model_fields["state"].annotation)) == {"graded", "review"}
