"""A pile of files becomes submitted/, whole or not at all, and says what became of each file."""

import copy
import io
import json
import os
import zipfile

import nbformat
import pytest
from conftest import answered
from nbformat.v4 import new_output

from coursework import release
from coursework.artefacts import encode
from coursework.collect import collect
from coursework.course import StaffError
from coursework.files import read_json


@pytest.fixture
def course(tiny):
    release.release(tiny, "hw0-tiny", unproven=True)
    (tiny.root / "inbox").mkdir()
    return tiny


def take(course, inbox=None, **options):
    return collect(
        inbox or course.root / "inbox",
        assignments=["hw0-tiny"],
        submitted=course.root / "submitted",
        released=course.released,
        **options,
    )


def put(course, name, nb=None, raw=None):
    path = course.root / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(raw if raw is not None else nbformat.writes(nb), encoding="utf-8")
    return path


def test_a_folder(course):
    path = put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    put(course, "deep/Copy of Çelik_Åsa_hw0-tiny (1).ipynb", answered(course))
    report = take(course)
    assert [t.student for t in report.taken] == ["Doe_Jane", "Çelik_Åsa"] and report.exit_code == 0
    folder = course.submitted("Doe_Jane", "hw0-tiny")
    assert (folder / "timestamp.txt").read_text() == "2023-11-14 22:13:20.000000 UTC"
    assert (folder / "original" / path.name).read_bytes() == path.read_bytes()
    assert len(report.taken[1].odd) == 2
    assert not any(t.new for t in take(course).taken)


def test_a_zip_with_a_zip_in_it(course):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as z:
        z.writestr("Roe_Rita_hw0-tiny.ipynb", nbformat.writes(answered(course)))
    with zipfile.ZipFile(course.root / "in.zip", "w") as z:
        z.writestr("a/Doe_Jane_hw0-tiny.ipynb", nbformat.writes(answered(course)))
        z.writestr("b/section.zip", inner.getvalue())
        z.writestr("__MACOSX/._x.ipynb", b"junk")
    report = take(course, course.root / "in.zip")
    assert [t.student for t in report.taken] == ["Doe_Jane", "Roe_Rita"] and not report.refused


@pytest.mark.parametrize(
    "entry", ["../evil.ipynb", "/etc/evil.ipynb", "a/../../evil.ipynb", "C:/evil.ipynb", "..\\evil.ipynb"]
)
def test_a_zip_that_reaches_out_is_refused_whole(course, entry):
    with zipfile.ZipFile(course.root / "in.zip", "w") as z:
        z.writestr("Doe_Jane_hw0-tiny.ipynb", nbformat.writes(answered(course)))
        z.writestr(entry, "x")
    before = {p for p in course.root.parent.rglob("*")}
    with pytest.raises(StaffError, match="outside the folder"):
        take(course, course.root / "in.zip")
    assert {p for p in course.root.parent.rglob("*")} == before


def test_bombs_links_and_broken_zips_are_refused(course):
    with zipfile.ZipFile(course.root / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("Doe_Jane_hw0-tiny.ipynb", b"0" * 50_000_000)
    with pytest.raises(StaffError, match="a bomb"):
        take(course, course.root / "bomb.zip")
    link = zipfile.ZipInfo("Doe_Jane_hw0-tiny.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(course.root / "link.zip", "w") as z:
        z.writestr(link, "/etc/passwd")
    with pytest.raises(StaffError, match="is a link"):
        take(course, course.root / "link.zip")
    (course.root / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(StaffError, match="no whole zip"):
        take(course, course.root / "broken.zip")
    with pytest.raises(StaffError, match="is not there"):
        take(course, course.root / "nothing.zip")


def test_links_in_a_folder_are_not_followed(course):
    (course.root / "inbox" / "Doe_Jane_hw0-tiny.ipynb").symlink_to("/etc/passwd")
    report = take(course)
    assert not report.taken and "link" in report.refused[0][1]


def test_two_different_files_of_one_student_wait(course):
    put(course, "a/Doe_Jane_hw0-tiny.ipynb", answered(course))
    put(course, "b/Doe_Jane_hw0-tiny.ipynb", answered(course, why="Something else."))
    put(course, "c/Roe_Rita_hw0-tiny.ipynb", answered(course))
    put(course, "d/Roe_Rita_hw0-tiny.ipynb", answered(course))
    report = take(course)
    assert [t.student for t in report.taken] == ["Roe_Rita"]
    assert len(report.held) == 2 and "b/Doe_Jane" in report.held[0][1] and report.exit_code == 3


def test_what_the_notebook_says_beats_its_name(course):
    put(course, "Doe_Jane_homework1.ipynb", answered(course))
    report = take(course)
    assert report.taken[0].assignment == "hw0-tiny" and "the notebook does" in report.taken[0].odd[0]
    refused = take(course, refuse_bad_names=True)
    assert not refused.taken and refused.refused


def test_names_that_say_nothing_are_listed(course):
    put(course, "homework.ipynb", answered(course))
    put(course, "{Last-name}_{first-name}_hw0-tiny.ipynb", answered(course))
    report = take(course)
    assert len(report.refused) == 2 and not report.taken


def test_unreadable_files_are_taken_with_the_reason(course):
    put(course, "Doe_Jane_hw0-tiny.ipynb", raw='{"cells": [{"cell_type"')
    (course.root / "inbox" / "Roe_Rita_hw0-tiny.ipynb").write_bytes(bytes(range(256)))
    report = take(course)
    assert all(t.look for t in report.taken) and len(report.taken) == 2
    record = read_json(course.submitted("Doe_Jane", "hw0-tiny") / "repair.json")
    assert not record["gradable"] and "no valid JSON" in record["repairs"][0]["text"]


def test_artefacts_come_out_before_anything_runs(course):
    nb = answered(course)
    block = encode("results.json", b'{"a": 1}')
    nb.cells[3].outputs = [new_output("stream", text=block[:60]), new_output("stream", text=block[60:])]
    put(course, "one/Doe_Jane_hw0-tiny.ipynb", nb)
    (course.root / "inbox" / "one" / "weights.pt").write_bytes(b"weights")
    (course.root / "inbox" / "one" / "Doe_Jane_hw0-tiny.pdf").write_bytes(b"%PDF")
    bad = copy.deepcopy(nb)
    digest = block.split("sha256=")[1][:64]
    bad.cells[3].outputs = [new_output("stream", text=block.replace(digest, "0" * 64))]
    put(course, "two/Roe_Rita_hw0-tiny.ipynb", bad)
    report = take(course)
    handin = course.submitted("Doe_Jane", "hw0-tiny") / "handin"
    assert {p.name: p.read_bytes() for p in handin.iterdir()} == {"results.json": b'{"a": 1}', "weights.pt": b"weights"}
    assert report.taken[1].look and "artefact" in report.taken[1].odd[-1]


def test_a_failed_write_leaves_the_old_one(course, monkeypatch):
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    take(course)
    before = (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_bytes()
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course, why="New."))

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("coursework.collect.write_json", full)
    with pytest.raises(StaffError, match="No space left"):
        take(course)
    assert (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_bytes() == before
    assert [p.name for p in course.submitted("Doe_Jane", "hw0-tiny").parent.iterdir()] == ["hw0-tiny"]
    assert json.loads((course.submitted("Doe_Jane", "hw0-tiny") / "repair.json").read_text())["gradable"]
