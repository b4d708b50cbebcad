"""A student who wants to be another one, to be in time, or to stop the class, by what is in the upload."""

import io
import json
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from rich.console import Console

from coursework.core.text import printable
from coursework.intake import collect, members
from coursework.intake.archives import unzip
from coursework.intake.found import Found, Refused
from coursework.intake.identify import named
from coursework.intake.origins import marked, origin, own_files, unpack
from coursework.intake.report import summed
from coursework.intake.systems import gradescope
from coursework.reporting import intake_report
from tests.support.course import answered, put, take

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROSTER = "id,last,first,email,number\nvv1,Victim,Vera,vera@uni.edu,77\nmm1,Mallory,Max,max@uni.edu,88\n"
MOODLE_VERA, MOODLE_MAX = "Vera Victim_77_assignsubmission_file_", "Max Mallory_88_assignsubmission_file_"
CANVAS_VERA = "victimvera_77_500_Victim_Vera_hw0-tiny.ipynb"


def packed(entries, day=20):
    """A zip of path → content, all from noon of one day in November."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
        for path, content in entries.items():
            z.writestr(zipfile.ZipInfo(path, (2026, 11, day, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def download(course, entries, day=20):
    (course.root / "roster.csv").write_text(ROSTER)
    (course.root / "in.zip").write_bytes(packed(entries, day))
    return course.root / "in.zip"


def text(course, why="Because."):
    return nbformat.writes(answered(course, why=why))


def whose(course, why):
    """Who is taken to have written this."""
    return [p.parts[-3] for p in course.root.glob("submitted/*/hw0-tiny/hw0-tiny.ipynb") if why in p.read_text()]


def yml(**people):
    """What Gradescope writes: the number of a submission → whose it is."""
    return "".join(
        f"submission_{number[1:]}:\n  :submitters:\n  - :name: {name}\n    :email: {name}@uni.edu\n"
        for number, name in people.items()
    )


def test_metadata_that_was_handed_in_swaps_nobody(course):
    entries = {
        "export/submission_metadata.yml": yml(s1="vera", s2="max"),
        "export/submission_1/a_hw0-tiny.ipynb": text(course, "By Vera."),
        "export/submission_2/b_hw0-tiny.ipynb": text(course, "By Max."),
        "export/submission_2/submission_metadata.yml": yml(s1="max", s2="vera"),
        "export/submission_2/more.zip": packed({"submission_metadata.yml": yml(s1="max", s2="vera")}),
    }
    report = take(course, download(course, entries), roster="roster.csv")
    assert whose(course, "By Vera.") == ["vv1"] and whose(course, "By Max.") == ["mm1"]
    assert [why for _, why in report.refused] == [
        "it was handed in with a submission; whose the submissions are is not taken from it"
    ] * 2


def test_each_export_speaks_of_its_own_submissions(monkeypatch):
    one, two = ((PurePosixPath(f"{a}/submission_metadata.yml"), yml(s1=b)) for a, b in (("a", "vera"), ("b", "max")))
    about, _ = own_files([Found(path, content.encode(), NOW) for path, content in (one, two)], [])
    assert [origin(PurePosixPath(f"{a}/submission_1/x.ipynb"), about).person for a in "ab"] == ["vera", "max"]
    said: list = []
    assert own_files([Found(one[0], one[1].encode(), NOW)] * 2, said)[0] == {} and "there twice" in said[0][1]
    monkeypatch.setattr(gradescope, "MAX_METADATA", 10)
    assert own_files([Found(one[0], one[1].encode(), NOW)], said)[0] == {} and "larger than" in said[-1][1]


@pytest.mark.parametrize("name", ["../../evil Max", "a\\b Max"])
def test_a_name_that_people_give_themselves_is_no_folder(course, name):
    entries = {
        "e/submission_metadata.yml": f"submission_1:\n  :submitters:\n  - :name: {name}\n",
        "e/submission_1/x.ipynb": text(course),
    }
    (course.root / "in.zip").write_bytes(packed(entries))
    report = take(course, course.root / "in.zip")
    assert not report.taken and "cannot be the name of a folder" in report.refused[0][1]
    assert not (course.root / "submitted").exists()


def forged(course, sender="Vera <vera@uni.edu>"):
    message = EmailMessage()
    message["From"], message["Date"] = sender, "Sun, 01 Nov 2026 12:00:00 +0000"
    message.set_content("Here it is.")
    message.add_attachment(
        text(course, "Forged.").encode(), "application", "x-ipynb", filename="Victim_Vera_hw0-tiny.ipynb"
    )
    return bytes(message)


@pytest.mark.parametrize("roster", ["roster.csv", ""])
@pytest.mark.parametrize("kind", ["zip", "folder in a zip", "eml"])
def test_what_a_student_packed_is_the_students(course, kind, roster):
    """The name of the uploaded zip is the system's; the names in it are the student's."""
    name = "victimvera_77_900_Victim_Vera_hw0-tiny-9.ipynb"
    if kind == "eml":
        upload = {"mallorymax_88_501_hello.eml": forged(course)}
    else:
        inner = name if kind == "zip" else f"{MOODLE_VERA}/{name}"
        upload = {"mallorymax_88_501_stuff.zip": packed({inner: text(course, "Forged.")})}
    report = take(course, download(course, {CANVAS_VERA: text(course, "By Vera."), **upload}), roster=roster)
    forgers, victims = whose(course, "Forged."), whose(course, "By Vera.")
    if roster:
        assert (forgers, victims) == (["mm1"], ["vv1"])
    else:  # nobody can tell, or the forged one is not placed
        assert not forgers and (victims == ["Victim_Vera"] or len(report.held) == 2)


def test_the_first_mark_of_a_path_counts():
    canvas = origin(PurePosixPath(f"mallorymax_LATE_88_501_stuff-2.zip/{MOODLE_VERA}/vera@uni.edu/x-7.ipynb"))
    assert (canvas.system, canvas.number, canvas.attempt, canvas.late) == ("Canvas", "88", 2, True)
    assert canvas.file_name == "x-7.ipynb"
    assert origin(PurePosixPath("max@uni.edu/stuff.zip/vera@uni.edu/x.ipynb")).email == "max@uni.edu"
    assert origin(PurePosixPath("Max Mallory - hw1.zip/Vera Victim - hw1.ipynb")).person == "Max Mallory"
    assert origin(PurePosixPath("Section 2 - Tuesday.zip/Vera Victim - hw1.ipynb")).person == "Vera Victim"
    assert not marked(PurePosixPath("Section 2 - Tuesday.zip")) and marked(PurePosixPath("submission_3/a.zip"))


def test_a_senders_name_is_no_address():
    mail = b'From: "vera@uni.edu <vera@uni.edu>" <max@uni.edu>\nContent-Type: multipart/mixed; boundary="x"\n\n'
    mail += b'--x\nContent-Disposition: attachment; filename="hw1.ipynb"\n\n{}\n--x--\n'
    for name in ("1.eml", "vera@uni.edu.eml"):  # mail programs name a saved message by its subject
        [found] = unpack(Found(PurePosixPath(name), mail, NOW))
        assert origin(found.path).email == "max@uni.edu"


@pytest.mark.parametrize("system", ["Moodle", "Gradescope"])
def test_a_file_goes_to_whom_the_system_names(course, system):
    """Never by its name alone, and never in the place of a file that came with the owner's own mark."""
    vera, max_ = (MOODLE_VERA, MOODLE_MAX) if system == "Moodle" else ("submission_1", "submission_2")
    entries = {
        f"{vera}/Victim_Vera_hw0-tiny.ipynb": text(course),
        f"{vera}/predictions.csv": "own",
        f"{max_}/Victim_Vera_predictions.csv": "planted",
        f"{max_}/Victim_Vera_weights.pt": "planted",
        "submission_metadata.yml": yml(s1="vera", s2="max"),
    }
    report = take(course, download(course, entries), roster="roster.csv")
    handin = course.submitted("vv1", "hw0-tiny") / "handin"
    assert {p.name: p.read_text() for p in handin.iterdir()} == {"predictions.csv": "own"}
    assert len(report.refused) == 2


def test_an_unmarked_file_never_takes_the_place_of_a_marked_one(course):
    put(course, f"{MOODLE_VERA}/Victim_Vera_hw0-tiny.ipynb", answered(course))
    put(course, f"{MOODLE_VERA}/predictions.csv", raw="own")
    put(course, "later/Victim_Vera_predictions.csv", raw="found somewhere")
    take(course)
    assert (course.submitted("Victim_Vera", "hw0-tiny") / "handin" / "predictions.csv").read_text() == "own"


@pytest.mark.parametrize(
    "upload",
    [f"{MOODLE_MAX}/stuff.zip", "mallorymax_88_501_stuff.zip", "Mallory_Max_hw0-tiny.zip", "mallorymax_88_501_it.eml"],
)
@pytest.mark.parametrize("inbox", ["a zip", "a folder"])
def test_a_student_does_not_date_the_own_hand_in(course, upload, inbox):
    content = forged(course) if upload.endswith("eml") else packed({"Mallory_Max_hw0-tiny.ipynb": text(course)}, day=1)
    path = download(course, {upload: content}, day=21)
    if inbox == "a folder":
        path = course.root / "inbox"
        (path / upload).parent.mkdir(exist_ok=True)
        (path / upload).write_bytes(content)
    take(course, path, roster="roster.csv")
    [stamp] = course.root.glob("submitted/*/hw0-tiny/timestamp.txt")
    assert not stamp.read_text().startswith("2026-11-01")
    if inbox == "a zip":
        assert stamp.read_text() == "2026-11-21 12:00:00.000000 UTC"


def test_a_download_in_a_folder_keeps_its_times(course):
    inner = packed({CANVAS_VERA: text(course)}, day=3)
    (course.root / "inbox" / "submissions.zip").write_bytes(inner)
    take(course)
    assert (course.submitted("Victim_Vera", "hw0-tiny") / "timestamp.txt").read_text().startswith("2026-11-03")
    assert named(PurePosixPath("Doe_Jane_hw0-tiny.zip"), ["hw0-tiny"])
    assert not named(PurePosixPath("hw0-tiny submissions.zip"), ["hw0-tiny"])


def test_one_file_that_sets_something_off_stops_nobody(course, monkeypatch):
    from coursework.intake import store

    put(course, "Aa_Ann_hw0-tiny.ipynb", answered(course))
    put(course, "Mm_Max_hw0-tiny.ipynb", answered(course, why="Evil."))
    put(course, "Zz_Zoe_hw0-tiny.ipynb", answered(course))
    real = store.repair

    def repair(payload, *rest):
        if b"Evil." in payload:
            raise MemoryError("\x1b[2Jtoo much")
        return real(payload, *rest)

    monkeypatch.setattr("coursework.intake.store.repair", repair)
    report = take(course)
    assert [t.student for t in report.taken] == ["Aa_Ann", "Zz_Zoe"] and report.exit_code == 3
    [(file, why)] = report.held
    assert (
        file == "Mm_Max_hw0-tiny.ipynb"
        and "could not be taken" in why
        and "(�[2Jtoo much)" in why
        and "Error" not in why
    )
    assert not course.submitted("Mm_Max", "hw0-tiny").exists()


def test_a_fault_while_it_is_placed_holds_one_file_back(course, monkeypatch):
    put(course, "Aa_Ann_hw0-tiny.ipynb", answered(course))
    put(course, "Mm_Max_hw0-tiny.ipynb", answered(course, why="Evil."))
    real = collect.identify_all

    def one(place, *rest):
        if "Max" in place.file_name:
            raise RecursionError
        return real(place, *rest)

    monkeypatch.setattr("coursework.intake.collect.identify_all", one)
    report = take(course)
    assert [t.student for t in report.taken] == ["Aa_Ann"] and "set off an error" in report.held[0][1]
    assert "RecursionError" not in report.held[0][1]


def test_a_name_that_no_disk_takes_holds_one_file_back(course):
    long = f"{'x' * 300} Mm_Max_hw0-tiny.ipynb"
    entries = {"Aa_Ann_hw0-tiny.ipynb": text(course), f"max@uni.edu/{long}": text(course, "Long.")}
    report = take(course, download(course, entries), roster="", matches={long: "mm1"})
    assert [t.student for t in report.taken] == ["Aa_Ann"] and "File name too long" in report.held[0][1]


def test_code_that_no_parser_takes(course):
    nb = answered(course)
    for cell in nb.cells:
        if cell.id == "q1-1-double":
            cell.update(source="y = " + "-" * 20_000 + "1", metadata={}, id="zzz")
    put(course, "Mm_Max_hw0-tiny.ipynb", nb)
    put(course, "Zz_Zoe_hw0-tiny.ipynb", answered(course))
    assert [t.student for t in take(course).taken] == ["Mm_Max", "Zz_Zoe"]


def test_deep_outputs_do_not_travel(course):
    deep: object = 1
    for _ in range(300):
        deep = {"a": deep}
    raw = json.loads(text(course))
    raw["cells"][3]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"application/json": deep}}]
    put(course, "Mm_Max_hw0-tiny.ipynb", raw=json.dumps(raw))
    assert len(take(course).taken) == 1
    nb = nbformat.read(course.submitted("Mm_Max", "hw0-tiny") / "hw0-tiny.ipynb", 4)
    assert [dict(o) for c in nb.cells for o in c.get("outputs", [])] == [
        {"output_type": "stream", "name": "stdout", "text": "[an output that is nested too deep: see the original]\n"}
    ]


def files_of(payload: bytes) -> list[Found | Refused]:
    return list(unzip(payload, PurePosixPath(), 1))


def test_the_zips_of_a_zip_share_its_budget(monkeypatch):
    """By size, in all: a file that unpacks a thousandfold is taken as long as it is small."""
    assert [type(f) for f in files_of(packed({"in.zip": packed({"a.bin": bytes(5 * 2**20)})}))] == [Found]
    monkeypatch.setattr(members, "MAX_TOTAL", 2_000)
    inner = packed({"a.bin": bytes(1_000)})
    found = files_of(packed({f"{i}.zip": inner for i in range(4)}))
    assert [type(f) for f in found] == [Found, Refused, Refused, Refused]
    assert "more than 2,000" in found[-1].reason


def test_one_upload_does_not_use_up_the_entries_of_the_others(monkeypatch):
    monkeypatch.setattr(members, "MAX_OWN_ENTRIES", 5)
    monkeypatch.setattr(members, "MAX_ENTRIES", 14)
    many, few = packed({f"{i}": b"" for i in range(9)}), packed({"a": b"1", "b": b"2"})
    found = files_of(packed({"many.zip": many, "x.zip": few, "y.zip": few, "z.zip": few}))
    assert [type(f) for f in found] == [Refused, *[Found] * 6] and "9 files, more than 5" in found[0].reason
    with pytest.raises(members.UnsafeArchive, match="15 files, more than 14"):
        files_of(packed({f"{i}": b"" for i in range(15)}))


def test_many_files_of_one_upload_are_one_line(course):
    junk = packed({f"{i}.bin": b"x" for i in range(50)})
    entries = {f"{MOODLE_MAX}/a.zip": junk, f"{MOODLE_VERA}/x.pdf": "%PDF", "loose.zip": junk}
    report = take(course, download(course, entries), roster="roster.csv")
    said = dict(report.refused)
    assert len(said) == 3 and "50 files in it, e.g." in said[MOODLE_MAX] and "50 files" in said["loose.zip"]
    apart = [(f"all.zip/{i}.ipynb", f"nobody in the roster is {i}") for i in range(20)]
    assert summed(apart) == apart  # they may be twenty people's


def test_a_hand_in_writes_nothing_but_text_into_reports(course, capsys):
    nb = answered(course)
    nb.metadata["coursework"]["release"] = "\x1b[2J\x1b]0;owned\x07" + "x" * 500
    put(course, "Aa_Mallory_hw0-tiny.ipynb", nb)
    put(course, "x\x1b]52;c;ZXZpbA==\x1b\\_hw0-tiny.ipynb", answered(course))
    put(course, "new\nline\r_hw0-tiny.ipynb", answered(course))
    (Path(course.root) / "inbox" / "=cmd|A1.bin").write_bytes(b"x")
    (course.root / "inbox" / "a.zip").write_bytes(packed({"\x1b[31mred.ipynb": "{}"}))
    report = take(course)
    out = io.StringIO()
    intake_report.show(report, Console(file=out, force_terminal=False, width=200))
    intake_report.keep(course, report)
    pages = [(course.root / f"collected.{ending}").read_text() for ending in ("html", "csv")]
    record = (course.submitted("Aa_Mallory", "hw0-tiny") / "repair.json").read_text()
    for shown in (out.getvalue(), *pages, record):
        assert "\x1b" not in shown and "\\u001b" not in shown and "\x07" not in shown
    assert "x�]52;c;" in out.getvalue() and '"\'=cmd|A1.bin"' in pages[1]
    assert len(json.loads(record)["release"]) == 80


def test_a_reports_own_lines_are_tamed_too(course):
    out, report = io.StringIO(), take(course, download(course, {"a.bin": "x"}), roster="")
    report.held.append(("a\x1b[2J", "b\x00"))
    intake_report.show(report, Console(file=out, force_terminal=False, width=200))
    assert "a�[2J: b�" in out.getvalue()


def test_printable():
    assert printable("a\tb\r\nc\x1b[2J\x00\x85\u202etxt\ud800é") == "a b c�[2J���txt�é"
    assert printable("a\r\nb\rc\x07", lines=True) == "a\nb\nc�"
    assert printable("می‌خواهم") == "می‌خواهم"  # joins letters in a word; it does no harm
    assert printable("abcdef", 4) == "abc…"


def test_released_notebooks_are_read_once(course, monkeypatch):
    from coursework.intake import assignments

    read = []
    real = assignments.read_notebook
    monkeypatch.setattr(assignments, "read_notebook", lambda path: read.append(path) or real(path))
    assignments._marks.cache_clear()
    payload = Found(PurePosixPath("x"), text(course).replace('"assignment"', '"x"').encode(), NOW)
    assert [assignments.by_content(course, payload) for _ in range(5)] == ["hw0-tiny"] * 5 and len(read) == 1


def test_an_honest_notebook_with_many_cells_is_no_attack(course):
    nb = answered(course)
    nb.cells += [new_code_cell(f"x_{i} = {i}", outputs=[new_output("stream", text="1")]) for i in range(300)]
    put(course, "Aa_Ann_hw0-tiny.ipynb", nb)
    [taken] = take(course).taken
    assert not taken.review
