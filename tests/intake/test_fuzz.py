"""Hostile and broken inboxes: no crash, nothing outside the course, one clear line each."""

import io
import json
import os
import random
import zipfile
from pathlib import PurePosixPath

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursework.core.course import StaffError
from coursework.intake import recover
from coursework.intake.archives import unzip
from coursework.intake.collect import collect
from coursework.intake.found import Found, Refused
from coursework.intake.members import UnsafeArchive
from coursework.intake.repair import repair
from tests.support.course import answered
from tests.support.notebooks import handed_in, skeleton

NAME = "Doe_Jane_hw0-tiny.ipynb"


def everything(folder):
    """Path → content, without the locks and scratch files of a run."""
    files = [p for p in folder.rglob("*") if ".coursework" not in p.parts]
    return {p: p.read_bytes() if p.is_file() and not p.is_symlink() else b"" for p in files}


def taken(course, payload, name=NAME):
    """Collect one file; what lies outside submitted/ must stay as it is."""
    (course.root / "inbox" / name).write_bytes(payload)
    report = collect(course, course.root / "inbox")
    lines = [*(o for t in report.taken for o in t.odd), *(why for _, why in [*report.held, *report.refused])]
    assert all("Traceback" not in line and len(line) < 600 for line in lines)
    return report, lines


def notebooks():
    """(name, bytes) of hostile and broken files that are called notebooks."""
    whole = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}).encode()
    dice = random.Random(3)
    return {
        "empty": b"",
        "binary": bytes(dice.randrange(256) for _ in range(5000)),
        "zeros": b"\0" * 100_000,
        "a png": b"\x89PNG\r\n\x1a\n" + bytes(300),
        "half a byte order mark": b"\xef\xbb",
        "utf-16 without a mark": whole.decode().encode("utf-16-le"),
        "latin-1": whole.replace(b"code", "caf\xe9".encode("latin-1")),
        "truncated": whole[:40],
        "deep lists": b"[" * 200_000,
        "deep objects": b'{"cells":' * 50_000,
        "deep metadata": b'{"nbformat":4,"metadata":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b',"cells":[]}',
        "cells is a text": b'{"nbformat":4,"cells":"x"}',
        "cells of everything": b'{"nbformat":4,"cells":[1,null,"x",[],{},{"cell_type":7},{"source":{"a":1}}]}',
        "old nbformat": b'{"nbformat":2,"worksheets":[{"cells":[{"cell_type":"code","input":"x"}]}]}',
        "far future": b'{"nbformat":99,"cells":[]}',
        "nbformat is a text": b'{"nbformat":"four","cells":[]}',
        "not a number": b'{"nbformat":4,"nbformat_minor":NaN,"cells":[],"metadata":{"x":Infinity}}',
        "html": b"<!doctype html><html><body><script>alert(1)</script></body></html>",
        "python": b"import os\nos.system('touch /tmp/pwned')\n",
        "surrogates": b'{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","metadata":{},"source":"\\ud800"}]}',
        "huge number": b'{"nbformat":4,"metadata":{},"cells":[],"x":1e999999}',
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(notebooks()))
def test_what_is_called_a_notebook(course, kind):
    before = everything(course.root.parent)
    report, lines = taken(course, notebooks()[kind])
    after = everything(course.root.parent)
    new = [p for p in after if p not in before and "submitted" not in p.parts and p.name != NAME]
    assert new == [] and (report.taken or lines)
    for one in report.taken:
        nb = nbformat.read(course.submitted(one.student, "hw0-tiny") / "hw0-tiny.ipynb", as_version=4)
        nbformat.validate(nb)
        assert one.review


def test_an_output_of_100_megabytes(course):
    nb = answered(course)
    nb.cells[3].outputs = [nbformat.v4.new_output("stream", text="x" * 99_000_000)]
    report, _ = taken(course, nbformat.writes(nb).encode())
    assert len(report.taken) == 1
    kept = course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb"
    assert kept.stat().st_size < 5_000_000 and "x + x" in kept.read_text()
    report, lines = taken(course, b" " * (101 * 2**20), "Roe_Rita_hw0-tiny.ipynb")
    assert "larger than 100 MiB" in lines[-1]


@pytest.mark.parametrize(
    "name",
    [
        "../Doe_Jane_hw0-tiny.ipynb", "/etc/Doe_Jane_hw0-tiny.ipynb", "a\\..\\..\\Doe_Jane_hw0-tiny.ipynb",
        "C:\\Doe_Jane_hw0-tiny.ipynb", "//server/share/Doe_Jane_hw0-tiny.ipynb",
    ],
)  # fmt: skip
def test_members_that_reach_out_are_named_and_land_nowhere(course, name):
    with zipfile.ZipFile(course.root / "in.zip", "w") as z:
        z.writestr(NAME.replace("Doe", "Roe"), nbformat.writes(answered(course)))
        z.writestr(name, nbformat.writes(answered(course)))
    before = everything(course.root.parent)
    report = collect(course, course.root / "in.zip")
    assert [t.student for t in report.taken] == ["Roe_Jane"] and "leads out of the folder" in report.refused[0][1]
    new = [p for p in everything(course.root.parent) if p not in before]
    assert all(p.is_relative_to(course.root / "submitted") and "Doe_Jane" not in str(p) for p in new)


@pytest.mark.parametrize("name", ["CON.ipynb", "aux_Jane_hw0-tiny.ipynb", "Doe_Jane\u202e_hw0-tiny.ipynb", "\n.ipynb"])
def test_reserved_and_odd_names_stay_inside(course, name):
    report, _ = taken(course, nbformat.writes(answered(course)).encode(), name)
    for one in report.taken:
        assert course.submitted(one.student, "hw0-tiny").resolve().is_relative_to(course.root / "submitted")


def test_a_hidden_file_is_no_hand_in(course):
    (course.root / "inbox" / "....ipynb").write_text(nbformat.writes(answered(course)))
    with pytest.raises(StaffError, match="holds no files"):
        collect(course, course.root / "inbox")


def test_links_and_pipes_in_the_inbox_are_named(course):
    os.symlink("/etc/passwd", course.root / "inbox" / NAME)
    os.symlink("/", course.root / "inbox" / "all")
    os.mkfifo(course.root / "inbox" / "Roe_Rita_hw0-tiny.ipynb")
    report = collect(course, course.root / "inbox")
    assert not report.taken and sum("link or not a plain file" in why for _, why in report.refused) == 2


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.integers(0, 400), st.binary(max_size=4))
def test_any_change_of_a_zip_is_survived(trash, at, patch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a/b.ipynb", b"{}" * 50)
        z.writestr("c.zip", trash)
    raw = bytearray(file.getvalue())
    raw[at : at + len(patch)] = patch
    for payload in (bytes(raw), trash, b"PK\x03\x04" + trash):
        try:
            for item in unzip(payload, PurePosixPath(), 1):
                assert isinstance(item, Found | Refused)
        except UnsafeArchive as error:
            assert "\n" not in str(error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["x.ipynb", "x.py", "x.html", "x"]))
def test_any_bytes_are_a_notebook_or_a_reason(raw, name):
    try:
        content, _ = recover.content(raw, name)
        assert isinstance(content, dict)
    except ValueError as error:
        assert "\n" not in str(error)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 60))
def test_a_notebook_cut_anywhere_is_repaired_as_far_as_it_goes(at, width):
    raw = nbformat.writes(handed_in()).encode()
    nb, record = repair(raw[:at] + raw[at + width :], skeleton(), "x.ipynb")
    nbformat.validate(nb)
    assert record.gradable or record.review
