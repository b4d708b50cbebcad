"""Nobody who hands in something is lost without a word: empty archives, messages, wrong files, untouched attempts."""

import html
import io
import json
import zipfile
from email.message import EmailMessage

import nbconvert
import nbformat
import pytest

from coursework.core.course import read_notebook
from tests.support.course import answered, put, take

ROSTER = """id,last,first,email,number,group
jdoe,Doe,Jane,jane@uni.edu,1001,Rocket
rroe,Roe,Rita,rita@uni.edu,1002,"Rocket; Lab 2"
psmith,Smith,Paul,paul@uni.edu,1003,
"""
CANVAS = "roerita_1002_90000{}_hw0-tiny{}.ipynb"


def moodle(person, name):
    return f"{person}_{sum(map(ord, person))}_assignsubmission_file_/{name}"


@pytest.fixture
def classed(course):
    (course.root / "roster.csv").write_text(ROSTER)
    return course


def packed(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, content in entries.items():
            z.writestr(name, content)
    return out.getvalue()


def inbox(course, files):
    with zipfile.ZipFile(course.root / "in.zip", "w") as z:
        for name, content in files.items():
            z.writestr(zipfile.ZipInfo(name, (2026, 10, 5, 20, 0, 0)), content)
    return take(course, course.root / "in.zip", roster="roster.csv")


def whole(course, **answers):
    return nbformat.writes(answered(course, **answers)).encode()


def untouched(course):
    return course.released("hw0-tiny").read_bytes()


def commented(course):
    """The release with comments in its answer cells, and nothing else."""
    nb = read_notebook(course.released("hw0-tiny"))
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code":
            cell.source = f"# to do\n\n{cell.source}  # later"
    return nbformat.writes(nb).encode()


FILES = {
    "an empty zip": ("hw0-tiny.zip", packed({}), "holds no file, or only hidden folders"),
    "only hidden folders": (
        "hw0-tiny.zip",
        packed({".ipynb_checkpoints/hw0-tiny-checkpoint.ipynb": "{}"}),
        "only hidden",
    ),
    "half a zip": ("hw0-tiny.zip", packed({"hw0-tiny.ipynb": "{}" * 99})[:60], "it is not a whole zip"),
    "a RAR called zip": ("hw0-tiny.zip", b"Rar!\x1a\x07\1\0" + bytes(60), "submitted a RAR archive"),
    "nothing but zeros": ("hw0-tiny.zip", bytes(100), "a zip that is damaged"),
    "LFS": ("hw0-tiny.ipynb", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a pointer of Git LFS"),
    "an empty notebook file": ("hw0-tiny.ipynb", b"", "an empty file"),
    "Word": ("hw0-tiny.ipynb", packed({"[Content_Types].xml": "x", "word/document.xml": "x"}), "an Office document"),
    "Outlook": ("hw0-tiny.msg", b"\xd0\xcf\x11\xe0" + bytes(500), "an Outlook message"),
    "a sign-in page": ("hw0-tiny.ipynb", b"<!DOCTYPE html><html><title>Sign in</title></html>", "a web page (Sign in)"),
    "words": ("hw0-tiny.txt", b"My answer to 1.2 is 6585.", "a text (.txt)"),
    "another notebook": (
        "Untitled.ipynb",
        b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        "notebook",
    ),
}


@pytest.mark.parametrize("what", FILES)
def test_whoever_submitted_something_else_is_named_and_waits(classed, what):
    name, content, says = FILES[what]
    report = inbox(classed, {moodle("Jane Doe", name): content, moodle("Rita Roe", "x.ipynb"): whole(classed)})
    assert [t.student for t in report.taken] == ["rroe"] and report.exit_code == 3
    [(_, line)] = report.refused
    assert says in line and "jdoe (Jane Doe)" in line and "ask for" in line and "Error" not in line
    assert "jdoe" in report.waits["hw0-tiny"] and report.nothing["hw0-tiny"] == ["psmith"]


def test_a_notebook_is_read_whatever_its_ending(classed):
    for name in ("hw0-tiny.zip", "hw0-tiny.pdf", "hw0-tiny"):
        assert [t.student for t in inbox(classed, {moodle("Jane Doe", name): whole(classed)}).taken] == ["jdoe"]


@pytest.mark.parametrize("template", ["lab", "classic", "book"])
def test_a_page_that_an_export_has_written_is_read(classed, template):
    """Each word of its code has tags around it, so its letters are told without them."""
    nb = answered(classed)
    if template == "book":
        form = '<div class="cell"><pre>{}</pre><div class="output"><pre>7</pre></div></div>'
        boxes = [form.format(html.escape(c.source)) for c in nb.cells if c.cell_type == "code"]
        page = f"<!DOCTYPE html><html><body>{''.join(boxes)}</body></html>"
    else:
        page = nbconvert.HTMLExporter(template_name=template).from_notebook_node(nb)[0]
    report = inbox(classed, {moodle("Jane Doe", "hw0-tiny.html"): page})
    assert [(t.student, t.review) for t in report.taken] == [("jdoe", True)]
    stored = nbformat.read(classed.submitted("jdoe", "hw0-tiny") / "hw0-tiny.ipynb", as_version=4)
    assert next(c.source for c in stored.cells if c.id == "q1-1-double").strip().endswith("return x + x")


LINKS = {
    "hw0.webloc": b'<?xml?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1'
    b'.0.dtd"><plist><dict><key>URL</key><string>https://x.org/1</string></dict></plist>',
    "hw1.webloc": b"bplist00\xd1\x01\x02SURL_\x10\x0fhttps://x.org/1\x08\x0b\x0f",
    "words.txt": b"Here it is (https://x.org/1).",
}


@pytest.mark.parametrize("name", LINKS)
def test_the_address_of_a_link_is_the_one_that_was_meant(classed, name):
    report = inbox(classed, {moodle("Jane Doe", name): LINKS[name], moodle("Rita Roe", "x.ipynb"): whole(classed)})
    assert "submitted a link (https://x.org/1), not" in report.refused[0][1]


def test_a_shortcut_without_an_address_is_called_one(classed):
    files = {moodle("Jane Doe", "hw0-tiny.gdoc"): '{"doc_id": "1AbC"}', moodle("Rita Roe", "x.ipynb"): whole(classed)}
    assert "a shortcut to a file that is elsewhere (.gdoc)" in inbox(classed, files).refused[0][1]


def test_a_member_that_climbs_out_still_says_whose_it_is(classed):
    report = inbox(classed, {"../" + moodle("Jane Doe", "hw0-tiny.ipynb"): whole(classed),
                             moodle("Rita Roe", "hw0-tiny.ipynb"): whole(classed)})  # fmt: skip
    assert "jdoe" in report.waits["hw0-tiny"] and "leads out of the folder" in report.refused[0][1]


def message(sender, body, *attached):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "hw0-tiny"
    mail.set_content(body)
    for one in attached:
        if isinstance(one, EmailMessage):
            mail.add_attachment(one)
        else:
            mail.add_attachment(one, maintype="application", subtype="octet-stream", filename="hw0-tiny.ipynb")
    return mail


def test_a_message_without_an_attachment_a_forwarded_one_and_a_broken_one(classed):
    link = message("Jane Doe <jane@uni.edu>", "Here: https://colab.research.google.com/drive/1AbC")
    forwarded = message("Rita Roe <rita@uni.edu>", "see below", message("x@y.edu", "", whole(classed)))
    put(classed, "a.eml", raw=link.as_string())
    put(classed, "b.eml", raw=forwarded.as_string())
    put(classed, "c.eml", raw="no message")
    report = take(classed, roster="roster.csv")
    assert [t.student for t in report.taken] == ["rroe"]
    said = dict(report.refused)
    assert "a message that cannot be read" in said["c.eml"]
    assert any("jdoe (Jane Doe) submitted a link (https://colab" in line for line in said.values())


def test_everybody_of_a_group_is_named_with_what_they_submitted(classed):
    meta = "submission_5:\n  :submitters:\n" + "".join(f"  - :email: {n}@uni.edu\n" for n in ("jane", "rita"))
    report = inbox(classed, {"e/submission_metadata.yml": meta, "e/submission_5/x.pdf": b"%PDF-1.4"})
    assert set(report.waits["hw0-tiny"]) == {"jdoe", "rroe"}


def test_somebody_may_be_in_several_groups(classed):
    report = inbox(classed, {"Lab 2_7_assignsubmission_file_/hw0-tiny.ipynb": whole(classed)})
    assert [t.student for t in report.taken] == ["rroe"]


def test_one_of_a_group_without_two_names_costs_the_others_nothing(course):
    meta = "submission_5:\n  :submitters:\n  - :name: Jane Doe\n  - :name: Madonna\n"
    put(course, "e/submission_metadata.yml", raw=meta)
    put(course, "e/submission_5/hw0-tiny.ipynb", answered(course))
    report = take(course)
    assert [t.student for t in report.taken] == ["Doe_Jane"] and "Gradescope says Madonna" in report.refused[0][1]


@pytest.mark.parametrize("last", [untouched, commented])
def test_a_last_attempt_without_an_answer_does_not_replace_a_whole_one(classed, last):
    report = inbox(classed, {CANVAS.format(1, ""): whole(classed), CANVAS.format(2, "-1"): last(classed)})
    [taken] = report.taken
    assert taken.file == CANVAS.format(1, "") and taken.review and "without any answer" in "; ".join(taken.odd)


def test_a_last_attempt_with_far_fewer_answers_is_looked_at(classed):
    part = read_notebook(classed.released("hw0-tiny"))
    next(c for c in part.cells if c.id == "q1-2-count").source = "ans_1_2 = 1"
    report = inbox(classed, {CANVAS.format(1, ""): whole(classed), CANVAS.format(2, "-1"): nbformat.writes(part)})
    [taken] = report.taken
    assert taken.file == CANVAS.format(2, "-1") and taken.review
    assert "it is the last one, with 1 answers" in "; ".join(taken.odd) and "before it has 3" in "; ".join(taken.odd)


def test_an_empty_file_after_a_notebook_goes_with_nothing(classed):
    report = inbox(classed, {CANVAS.format(1, ""): whole(classed), CANVAS.format(2, "-1"): b"",
                             "roerita_1002_link.html": b"<html><a href='https://x.edu/nb'>x</a></html>"})  # fmt: skip
    [taken] = report.taken
    assert taken.files == ["link.html"] and "a link (https://x.edu/nb) came with it (link.html)" in taken.odd
    assert "rroe (Rita Roe) submitted an empty file" in report.refused[0][1]


def test_an_untouched_notebook_is_said_and_a_script_with_answers_beside_it_counts(classed):
    [alone] = inbox(classed, {moodle("Jane Doe", "hw0-tiny.ipynb"): untouched(classed)}).taken
    assert alone.review and "it holds no answer: all of them are as released" in alone.odd
    cells = json.loads(whole(classed))["cells"]
    script = "\n\n".join("# %% [markdown]\n# " + "# ".join(c["source"]) if c["cell_type"] == "markdown"
                         else "# %%\n" + "".join(c["source"]) for c in cells)  # fmt: skip
    report = inbox(classed, {moodle("Rita Roe", "hw0-tiny.ipynb"): untouched(classed),
                             moodle("Rita Roe", "hw0-tiny.py"): script})  # fmt: skip
    [taken] = report.taken
    assert taken.file.endswith("hw0-tiny.py") and taken.review
    assert "x + x" in (classed.submitted("rroe", "hw0-tiny") / "hw0-tiny.ipynb").read_text()


def test_whom_gradescope_lists_without_a_file_is_named(classed):
    meta = "".join(f"submission_{n}:\n  :submitters:\n  - :name: {who}\n" for n, who in
                   ((5, "Jane Doe"), (6, "Rita Roe"), (7, "Paul Sm\xefth"))).encode("latin-1")  # fmt: skip
    files = {"e/submission_metadata.yml": meta, "e/submission_5/x.ipynb": whole(classed)}
    report = inbox(classed, files | {"e/submission_7/x.ipynb": whole(classed)})
    assert [t.student for t in report.taken] == ["jdoe", "psmith"] and set(report.waits["hw0-tiny"]) == {"rroe"}
    assert "the download has no file of it; rroe (Rita Roe)" in report.refused[0][1]
    report = inbox(classed, files)  # most were taken out of the folder: nobody is accused
    assert not report.refused


def test_a_list_of_the_class_goes_to_nobody_although_one_person_alone_has_submitted(classed):
    files = {"hw0-tiny/Doe, Jane(jdoe)/x.ipynb": whole(classed), "hw0-tiny/grades.csv": "rroe,7"}
    report = inbox(classed, files)
    assert [(t.student, t.files) for t in report.taken] == [("jdoe", [])]
    assert "no submission that it belongs to" in dict(report.refused)["hw0-tiny/grades.csv"]


def test_a_group_of_blackboard_is_the_roster_s(classed):
    report = inbox(classed, {"hw0-tiny_Lab 2_attempt_2026-10-05-18-00-00_x.ipynb": whole(classed)})
    assert [t.student for t in report.taken] == ["rroe"]


def test_two_of_one_name_and_an_address_of_another_server_are_said_and_proposed(classed):
    (classed.root / "roster.csv").write_text(f"{ROSTER}jdoe2,Doe,Jane,j2@uni.edu,1004,\n")
    files = {moodle("Jane Doe", "x.ipynb"): whole(classed), "rita.roe@gmx.de/hw0-tiny.ipynb": whole(classed)}
    said = [line for _, line in inbox(classed, files).refused]
    assert "the roster has several people of that name; near: jdoe (Jane Doe), jdoe2" in said[0]
    assert "near: rroe (Rita Roe)" in said[1]


def test_a_word_with_signs_that_no_name_has_makes_nobody(course):
    put(course, "~Doe_Jane_hw0-tiny.ipynb", answered(course))
    report = take(course)
    assert not report.taken and "characters that no name has" in report.refused[0][1]


def test_what_canvas_calls_late_is_not_said_to_be_in_time(classed):
    report = inbox(classed, {"doejane_LATE_1001_900001_x.ipynb": whole(classed)})
    assert [t.when for t in report.taken] == ["late, by the system's word"]
