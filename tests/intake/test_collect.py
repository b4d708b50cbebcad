"""A pile of files becomes submitted/, whole or not at all, and says what became of each file."""

import copy
import io
import json
import os
import tracemalloc
import zipfile
from datetime import UTC, datetime

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import parse_utc

from coursework.authoring import release
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.core.verdicts import RepairRecord
from coursework.intake import store
from coursework.notebook.artefacts import encode
from coursework.reporting import intake_report
from tests.support.course import answered, put, take


def test_a_folder(course):
    path = put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    put(course, "deep/Copy of Çelik_Åsa_hw0-tiny (1).ipynb", answered(course))
    report = take(course)
    assert [t.student for t in report.taken] == ["Doe_Jane", "Çelik_Åsa"] and report.exit_code == 0
    folder = course.submitted("Doe_Jane", "hw0-tiny")
    stamp = (folder / "timestamp.txt").read_text()
    assert stamp == "2023-11-14 22:13:20.000000 UTC"
    # nbgrader misreads other zones (findings/nbgrader-offset-in-seconds.sh).
    assert parse_utc(stamp) == datetime.fromtimestamp(1_700_000_000, UTC).replace(tzinfo=None)
    record = RepairRecord.read(folder / "repair.json")
    assert record and record.original == f"original/{path.name}" and record.skeleton and record.gradable
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
def test_a_member_that_reaches_out_is_named_and_the_others_are_taken(course, entry):
    with zipfile.ZipFile(course.root / "in.zip", "w") as z:
        z.writestr("Doe_Jane_hw0-tiny.ipynb", nbformat.writes(answered(course)))
        z.writestr(entry, "x")
    before = {p for p in course.root.parent.rglob("*") if ".coursework" not in p.parts}
    report = take(course, course.root / "in.zip")
    assert [t.student for t in report.taken] == ["Doe_Jane"] and "leads out of the folder" in report.refused[0][1]
    new = {p for p in course.root.parent.rglob("*") if ".coursework" not in p.parts} - before
    assert all(course.root / "submitted" in (p, *p.parents) for p in new)


@pytest.mark.parametrize("bad", ["bomb", "link", "checksum", "password", "zip in it"])
def test_one_bad_member_is_named_and_the_class_goes_on(course, bad):
    name, says = "Doe_Jane_hw0-tiny.ipynb", {"bomb": "larger than 100 MiB", "link": "is a link"}.get(bad, "")
    with zipfile.ZipFile(course.root / "in.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("Roe_Rita_hw0-tiny.ipynb", nbformat.writes(answered(course)))
        if bad == "link":
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            z.writestr(info, "/etc/passwd")
        elif bad == "bomb":
            with z.open(name, "w") as stream:
                for _ in range(101):
                    stream.write(bytes(2**20))
        elif bad == "zip in it":
            z.writestr(f"{name[:-6]}.zip", b"PK\x03\x04 and nothing more")
        else:
            z.writestr(zipfile.ZipInfo(name), "[marked]")
    raw = (course.root / "in.zip").read_bytes()
    if bad == "checksum":
        (course.root / "in.zip").write_bytes(raw.replace(b"[marked]", b"[MARKED]"))
    if bad == "password":
        at = raw.rindex(b"PK\1\2")
        (course.root / "in.zip").write_bytes(raw[: at + 8] + b"\1" + raw[at + 9 :])
    report = take(course, course.root / "in.zip")
    says = says or {"checksum": "cannot be read", "password": "by a password", "zip in it": "not a whole zip"}[bad]
    assert [t.student for t in report.taken] == ["Roe_Rita"] and report.exit_code == 3
    [(file, why)] = report.refused
    assert file.startswith("Doe_Jane_hw0-tiny") and says in why and "Doe_Jane (Jane Doe): ask for it again" in why


def test_an_inbox_that_is_broken(course):
    (course.root / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(StaffError, match="not a whole zip"):
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
    [(_, why)] = report.held
    assert "a/Doe_Jane" in why and "b/Doe_Jane" in why and "write no under counts in decisions.csv" in why
    assert report.exit_code == 3
    path = course.root / "decisions.csv"
    lines = path.read_text().splitlines()
    assert len(lines) == 3 and all(line.startswith("hw0-tiny,Doe_Jane,") for line in lines[1:])
    path.write_text("\n".join(line.replace(",,,one of", ",no,,one of") if "b/Doe" in line else line for line in lines))
    report = take(course)
    assert [t.file for t in report.taken] == ["a/Doe_Jane_hw0-tiny.ipynb", "c/Roe_Rita_hw0-tiny.ipynb"]
    assert "Something else." not in (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_text()


def told(report):
    """What a run says of everybody, and what becomes of them."""
    return [(t.student, t.file, t.how, t.odd, t.files, t.review, t.when) for t in report.taken]


def everything(course):
    return {str(p): (p.read_bytes(), p.stat().st_mtime) for p in (course.root / "submitted").rglob("*") if p.is_file()}


@pytest.mark.parametrize("person", ["Zoe Doe", "A Doe"])  # whether what is collected or the download sorts first
@pytest.mark.parametrize("system", ["moodle", "canvas"])
def test_collecting_again_says_and_changes_nothing(classy, person, system):
    """The second run had lost that a file is damaged, and that its name is another person's."""
    (classy.root / "roster.csv").write_text(f"{ROSTER}adoe,Doe,{person.split()[0]},,1\n")
    whole, name = nbformat.writes(answered(classy)), "Doe_Jane_hw0-tiny"
    first, second, third = f"{person}_1_assignsubmission_file_/{{}}", "Rita Roe_2_assignsubmission_file_/{}", ""
    if system == "canvas":
        first, second = f"doe{person.split()[0].lower()}_1_77_{{}}", "roerita_102_78_{}"
        third = "roerita_102_79_Roe_Rita_hw0-tiny-1.ipynb"
    entries = {(first.format(f"{name}.ipynb"), OCTOBER): whole,
               (second.format("Roe_Rita_hw0-tiny.ipynb"), OCTOBER): whole[: int(0.9 * len(whole))]}  # fmt: skip
    if third:
        entries[(third, OCTOBER)] = nbformat.writes(answered(classy, why="The second attempt."))
    settings = {"roster": "roster.csv", "deadlines": {"hw0-tiny": "2026-09-30 12:00"}}  # before the download's time
    pile = zipped(classy, entries)
    reports = [take(classy, pile, **settings)]
    before = everything(classy)
    reports += [take(classy, pile, **settings) for _ in range(2)]
    assert everything(classy) == before
    assert all(t.new for t in reports[0].taken) and not any(t.new for r in reports[1:] for t in r.taken)
    said = told(reports[0])
    assert len(said) == 2 and [told(r) for r in reports[1:]] == [said, said]
    assert any("its name says Jane Doe" in o for one in said for o in one[3])
    assert any(one[5] for one in said) if system == "moodle" else any("2 attempts" in o for one in said for o in one[3])


@pytest.mark.parametrize(
    ("line", "review"),
    [
        ('FILE_NAME = "Doe_Jane_hw0-tiny.ipynb"', True),
        ("FILE_NAME = 'doe_jane_hw0-tiny.ipynb'  # mine", True),
        ('FILE_NAME = "Roe_Rita_hw0-tiny.ipynb"', False),
        ('FILE_NAME = "Doe_Jane_hw0-tiny.ipynb"\nFILE_NAME = "Roe_Rita_hw0-tiny.ipynb"', False),  # corrected
        ('FILE_NAME = "Curie_Marie_hw0-tiny.ipynb"', False),  # nobody of this class
        ('FILE_NAME = ""', False),
        ("FILE_NAME = 3", False),
    ],
)
def test_a_notebook_that_calls_itself_somebody_elses_is_looked_at(course, line, review):
    (course.root / "roster.csv").write_text(ROSTER)
    nb = answered(course)
    nb.cells.append(new_code_cell(line))
    put(course, "Roe_Rita_hw0-tiny.ipynb", nb)
    for _ in range(2):
        taken = take(course, roster="roster.csv").taken[0]
        assert taken.student == "rroe" and taken.review == review
        assert any("that of Jane Doe" in said for said in taken.odd) == review


def test_what_the_notebook_says_beats_its_name(course):
    put(course, "Doe_Jane_homework1.ipynb", answered(course))
    report = take(course)
    assert report.taken[0].assignment == "hw0-tiny" and "breaks the rule" in report.taken[0].odd[0]
    refused = take(course, refuse_bad_names=True)
    assert not refused.taken and refused.refused


def test_names_that_say_nothing_are_listed(course):
    put(course, "homework.ipynb", answered(course))
    put(course, "{Last-name}_{first-name}_hw0-tiny.ipynb", answered(course))
    report = take(course)
    assert len(report.refused) == 2 and not report.taken


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
    wanted = {"results.json": b'{"a": 1}', "weights.pt": b"weights", "hw0-tiny.pdf": b"%PDF"}
    assert {p.name: p.read_bytes() for p in handin.iterdir()} == wanted
    assert report.taken[1].review and "artefact" in report.taken[1].odd[-1]


@pytest.mark.parametrize("folder", ["Jane Doe", "A Doe"])  # whether the old or the new attempt sorts first
def test_what_came_beside_a_notebook_stays_with_it(course, folder):
    """Weights that came later were dropped without a word, and those that had come before were deleted."""
    place = f"{folder}_1234567_assignsubmission_file_"
    path = put(course, f"{place}/Doe_Jane_hw0-tiny.ipynb", answered(course))
    handin, weights = course.submitted("Doe_Jane", "hw0-tiny") / "handin", path.parent / "weights.pt"

    def collected(*beside):
        for file, payload, when in beside:
            file.write_bytes(payload)
            os.utime(file, (when, when))
        taken = take(course).taken[0]
        return taken.new, [o for o in taken.odd if ".pt" in o or ".csv" in o]

    assert collected() == (True, []) and not handin.exists()
    assert collected((weights, b"one", 1.7e9)) == (True, ["weights.pt has come since"])
    assert collected((weights, b"one", 1.8e9)) == (False, [])
    weights.unlink()
    assert collected() == (False, ["weights.pt is kept: it came when this notebook was collected before"])
    assert (handin / "weights.pt").read_bytes() == b"one"
    older = ["an older weights.pt than the one that is here does not count"]
    assert collected((weights, b"zero", 1.6e9)) == (False, older)
    assert collected((weights, b"two", 1.9e9)) == (True, ["weights.pt is replaced by a newer one"])
    assert collected((path.parent / "predictions.csv", b"1", 1.7e9)) == (True, ["predictions.csv has come since"])
    assert {p.name: p.read_bytes() for p in handin.iterdir()} == {"weights.pt": b"two", "predictions.csv": b"1"}
    # Another notebook counts with its own files only.
    weights.unlink()
    path.write_text(nbformat.writes(answered(course, why="New.")))
    os.utime(path, (2e9, 2e9))
    assert collected() == (True, ["weights.pt came with the earlier submission, not with this one"])
    assert [p.name for p in handin.iterdir()] == ["predictions.csv"]


def test_a_block_in_the_outputs_is_nothing_that_was_kept(course):
    nb = answered(course)
    nb.cells[3].outputs = [new_output("stream", text=encode("results.json", b'{"a": 1}'))]
    path = put(course, "one/Doe_Jane_hw0-tiny.ipynb", nb)
    assert take(course).taken[0].odd == [] and take(course).taken[0].odd == []
    (path.parent / "results.json").write_bytes(b'{"a": 2}')  # a file beside the notebook wins
    os.utime(path.parent / "results.json", (1, 1))
    assert take(course).taken[0].odd == ["results.json is replaced by a newer one"]


def test_a_failed_write_leaves_the_old_one(course, monkeypatch):
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    take(course)
    before = (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_bytes()
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course, why="New."))

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("coursework.intake.store.RepairRecord.write", full)
    with pytest.raises(StaffError, match="no room is left"):
        take(course)
    assert (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_bytes() == before
    assert [p.name for p in course.submitted("Doe_Jane", "hw0-tiny").parent.iterdir()] == ["hw0-tiny"]
    assert json.loads((course.submitted("Doe_Jane", "hw0-tiny") / "repair.json").read_text())["gradable"]


ROSTER = """id,last,first,email,number
jdoe,Doe,Jane,jane@uni.edu,101
rroe,Roe,Rita,rita@uni.edu,102
nmoe,Moe,Nina,nina@uni.edu,103
"""


@pytest.fixture
def classy(course):
    (course.root / "roster.csv").write_text(ROSTER)
    return course


def zipped(course, entries, name="download.zip"):
    with zipfile.ZipFile(course.root / name, "w") as z:
        for (path, when), payload in entries.items():
            z.writestr(zipfile.ZipInfo(path, when), payload)
    return course.root / name


OCTOBER = (2026, 10, 4, 12, 0, 0)


@pytest.mark.parametrize(
    "path",
    [
        "doejane_101_555_Doe_Jane_hw0-tiny.ipynb",
        "doejane_LATE_7_555_homework-3.ipynb",
        "Jane Doe_9_assignsubmission_file_/homework.ipynb",
        "assignment_1_export/submission_12/notebook.ipynb",
        "Jane Doe - hw0-tiny.ipynb",
        "jane@uni.edu/nb.ipynb",
        "Homework/Section A/Doe, Jane/HW0 tiny doe jane.ipynb",
    ],
)
def test_each_systems_download(classy, path):
    about = "submission_12:\n  :submitters:\n  - :name: J. Doe\n    :email: jane@uni.edu\n"
    about += "  :created_at: 2026-10-04 10:00:00 Z\n"
    entries = {(path, OCTOBER): nbformat.writes(answered(classy))}
    if "submission_12" in path:
        entries["assignment_1_export/submission_metadata.yml", OCTOBER] = about
    report = take(classy, zipped(classy, entries), roster="roster.csv", time_zone="Europe/Berlin")
    assert [t.student for t in report.taken] == ["jdoe"] and not report.refused
    assert report.nothing == {"hw0-tiny": ["nmoe", "rroe"]} or set(report.nothing["hw0-tiny"]) == {"nmoe", "rroe"}
    stamp = (classy.submitted("jdoe", "hw0-tiny") / "timestamp.txt").read_text()
    assert stamp == "2026-10-04 10:00:00.000000 UTC"


def test_mail_with_attachments(classy):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Date"] = "Rita Roe <rita@uni.edu>", "Sun, 04 Oct 2026 22:00:00 +0200"
    message.set_content("Here it is.")
    message.add_attachment(nbformat.writes(answered(classy)).encode(), "application", "x-ipynb", filename="hw.ipynb")
    message.add_attachment(b"weights", "application", "octet-stream", filename="weights.pt")
    (classy.root / "inbox" / "1.eml").write_bytes(bytes(message))
    report = take(classy, roster="roster.csv")
    assert [t.student for t in report.taken] == ["rroe"] and report.taken[0].files == ["weights.pt"]


def test_near_names_wait_until_somebody_says_who_it_is(classy):
    put(classy, "Doe_Jan_hw0-tiny.ipynb", answered(classy))
    report = take(classy, roster="roster.csv")
    assert not report.taken and "near: jdoe (Jane Doe); use --match FILE=ID" in report.refused[0][1]
    report = take(classy, roster="roster.csv", matches={"Doe_Jan_hw0-tiny.ipynb": "jdoe"})
    assert [(t.student, t.how) for t in report.taken] == [("jdoe", "said by you")]
    with pytest.raises(StaffError, match=r"no id nobody; .*add a row with this id"):
        take(classy, roster="roster.csv", matches={"x.ipynb": "nobody"})


def test_the_last_attempt_in_time_counts_and_the_rest_is_kept(course):
    texts = {hour: nbformat.writes(answered(course, why=f"At {hour}.")) for hour in (9, 11, 13)}
    pile = zipped(course, {(f"{h}/Doe_Jane_hw0-tiny.ipynb", (2026, 10, 4, h, 0, 0)): t for h, t in texts.items()})
    report = take(course, pile, deadlines={"hw0-tiny": "2026-10-04 12:00"})
    folder = course.submitted("Doe_Jane", "hw0-tiny")
    assert "At 11." in (folder / "hw0-tiny.ipynb").read_text() and "3 attempts" in report.taken[0].odd[-1]
    kept = sorted(p.read_text() for p in (folder / "original" / "attempts").iterdir())
    assert kept == sorted([texts[9], texts[13]])
    # A later pile with a later attempt changes nothing; one with a better one does.
    later = zipped(course, {("Doe_Jane_hw0-tiny.ipynb", (2026, 10, 4, 14, 0, 0)): texts[9] + " "}, "2.zip")
    report = take(course, later, deadlines={"hw0-tiny": "2026-10-04 12:00"})
    assert not report.taken[0].new and "do not count" in report.taken[0].odd[0]
    assert "At 11." in (folder / "hw0-tiny.ipynb").read_text()
    take(course, later, deadlines={"hw0-tiny": "2026-10-04 15:00"})  # the deadline was moved
    assert "At 9." in (folder / "hw0-tiny.ipynb").read_text()
    assert len(list((folder / "original" / "attempts").iterdir())) == 3


def test_canvas_numbers_its_attempts(course):
    entries = {
        (f"doejane_1_2_Doe_Jane_hw0-tiny{suffix}.ipynb", OCTOBER): nbformat.writes(answered(course, why=suffix))
        for suffix in ("", "-1", "-2")
    }
    take(course, zipped(course, entries))
    assert '"-2"' in (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_text()


def test_the_page_for_the_instructor(classy):
    put(classy, "Doe_Jane_hw0-tiny.ipynb", answered(classy))
    put(classy, "strange.ipynb", answered(classy))
    report = take(classy, roster="roster.csv")
    assert intake_report.keep(classy, report) == ["collected.html", "collected.csv"]
    page, table = ((classy.root / f"collected.{ending}").read_text() for ending in ("html", "csv"))
    assert "jdoe" in page and "Nothing handed in for hw0-tiny" in page
    assert '"not placed"' in table and '"nmoe","hw0-tiny","","","nothing handed in",""' in table


def test_a_hand_in_moves_onto_a_newer_release(course):
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    take(course)
    path = course.source("hw0-tiny")
    path.write_text(path.read_text().replace("Say why twice", "Explain why twice"))
    release.release(course, "hw0-tiny", unproven=True)
    assert store.refresh(course, "Doe_Jane", "hw0-tiny")
    text = (course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb").read_text()
    assert "Explain why twice" in text and "Because two is more." in text
    record = read_json(course.submitted("Doe_Jane", "hw0-tiny") / "repair.json")
    assert "It was made from" in record["repairs"][0]["text"]
    assert not store.refresh(course, "Doe_Jane", "hw0-tiny")


def test_nbgraders_zip_collect_and_formgraders_button_take_the_same_way(course, monkeypatch):
    from nbgrader.apps import ZipCollectApp
    from nbgrader.apps.api import NbGraderAPI

    damaged = answered(course)
    damaged.cells = [c for c in damaged.cells if "--" not in c.id]
    archive = course.root / "downloaded" / "hw0-tiny" / "archive"
    archive.mkdir(parents=True)
    zipped(course, {("Copy of Doe_Jane_hw0-tiny.ipynb", OCTOBER): nbformat.writes(damaged)}).rename(archive / "all.zip")
    monkeypatch.chdir(course.root)
    app = ZipCollectApp.instance()
    try:
        app.initialize(["hw0-tiny"])
        app.start()
    finally:
        ZipCollectApp.clear_instance()
    folder = course.submitted("Doe_Jane", "hw0-tiny")
    assert "q1-1-double--values" in (folder / "hw0-tiny.ipynb").read_text()
    assert read_json(folder / "repair.json")["repairs"] and list((folder / "original").iterdir())
    put(course, "Roe_Rita_hw0-tiny.ipynb", damaged)
    config = Course(course.root).config
    answer = NbGraderAPI(course.directory(), config=config).collect("hw0-tiny")
    assert answer["success"], answer
    assert "q1-1-double--values" in (course.submitted("Roe_Rita", "hw0-tiny") / "hw0-tiny.ipynb").read_text()


def test_memory_does_not_grow_with_the_class(course):
    """`benchmarks/memory.py` measures what this keeps: a submission is let go when it is stored."""
    nb, size = answered(course), 2**19
    code = next(cell for cell in nb.cells if cell.cell_type == "code")
    code.outputs = [new_output("stream", text="x" * size)]
    text, peaks = nbformat.writes(nb), []
    for count in (2, 8):
        with zipfile.ZipFile(course.root / "in.zip", "w", zipfile.ZIP_DEFLATED) as z:
            for number in range(count):
                z.writestr(f"Doe_Jane{'abcdefghij'[number]}_hw0-tiny.ipynb", text)
        tracemalloc.start()
        assert len(take(course, course.root / "in.zip").taken) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 3 * size
