"""What learning systems say: groups, clocks, names; what is no notebook; and what staff have decided."""

import gzip
import io
import lzma
import re
import tarfile
import zipfile

import nbformat
import pytest

from coursework.core import clock
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import late
from coursework.core.naming import BadName
from coursework.core.roster import Roster
from coursework.intake import decisions, systems, times
from coursework.intake.copies import bare
from coursework.intake.identify import identify_all
from coursework.intake.systems import Origin, System
from coursework.intake.systems.gradescope import moment
from coursework.intake.waiting import waiting
from coursework.reporting.grades import grade_table
from tests.support.course import answered, put, take

ROSTER = """id,last,first,email,number,group
jdoe,Doe,Jane,jane@uni.edu,1001,Team Rocket
rroe,Roe,Rita,rita@uni.edu,1002,Team Rocket
psmith,Smith,Paul,paul@uni.edu,1003,
"""
COPIES = """Copy of {}|{} - Copy|{} - Copy (2)|{} copy 3|{} (3rd copy)|{} (another copy)|{}-Copy1|{} (1)
Kopie von {}|{} – Kopie|Copie de {}|{} – Copie|{} (copie)|Copia de {}|{} - Copia (2)|Copia di {}
Cópia de {}|{} - Cópia|Kopie van {}|Kopia av {}|Kopi af {}|Kopi av {}|Kopio kohteesta {}|{} - Kopio
Kopia pliku {}|{} — kopia|Kopie souboru {}|Kópia súboru {}|{} - Kópia|{} másolata|{} - másolat
Копия {}|{} — копия 2|Копія {}|Αντίγραφο του {}|{} - Αντίγραφο|{} kopyası|{} - Kopya|Bản sao của {}
Salinan {}|สำเนาของ {}|نسخة من {}|{}のコピー|{} - コピー|{}의 사본|{} - 복사본|{}的副本|{} - 副本|{} 拷贝 2
「{}」のコピー
“{}”的副本|Copy of Copy of {}|העתק של {}"""


@pytest.fixture
def classed(course):
    (course.root / "roster.csv").write_text(ROSTER)
    return course


def whole(course, **answers):
    return nbformat.writes(answered(course, **answers))


def zipped(course, entries, when=(2026, 10, 5, 20, 0, 0)):
    with zipfile.ZipFile(course.root / "in.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in entries.items():
            info = zipfile.ZipInfo("x", when)
            info.filename = name
            z.writestr(info, content)
    return course.root / "in.zip"


def got(report):
    return {t.student for t in report.taken}


@pytest.mark.parametrize("form", re.split(r"[|\n]", COPIES))
def test_copies_in_the_languages_of_the_systems(form):
    for name in (form.format("Doe_Jane_hw1-mlp") + ".ipynb", form.format("Doe_Jane_hw1-mlp.ipynb")):
        assert bare(name, ["hw1-mlp"])[0] == "Doe_Jane_hw1-mlp", name


MORE_COPIES = """Copy (2) of {0}.ipynb|Copy-of-{0}.ipynb|副本{0}.ipynb|{0} (复件).ipynb|Másolat - {0}.ipynb
Duplikat von {0}.ipynb|{0} - Copiere.ipynb|{0} - Копировать.ipynb|{0} - Kopiëren.ipynb|{0}-DESKTOP-ABC123.ipynb
Doe_Jane - Kopie_hw1-mlp.ipynb|Doe_Jane copy_hw1-mlp.ipynb|Backup of {0}.ipynb|Kopia zapasowa {0}.ipynb
\u200f{0}.ipynb|{0}.ipynb.bak|{0} (Duplicado).ipynb"""


@pytest.mark.parametrize("name", re.split(r"[|\n]", MORE_COPIES))
def test_more_marks_of_copies(name):
    assert bare(name.format("Doe_Jane_hw1-mlp"), ["hw1-mlp"])[0] == "Doe_Jane_hw1-mlp"


@pytest.mark.parametrize(
    "name", ["Copie_Paul_hw1-mlp", "Kopia_Jan_hw1-mlp", "de la Cruz_Ana_hw1-mlp", "Kopp_Ana_hw1-mlp"]
)
def test_names_that_only_look_like_copies(name):
    assert bare(f"{name}.ipynb", ["hw1-mlp"]) == (name, [])


def test_everybody_of_a_group_gets_the_submission(classed):
    meta = "submission_5:\n  :submitters:\n" + "".join(
        f"  - :name: {n}\n    :email: {n}@uni.edu\n" for n in ("jane", "rita", "nina")
    )
    report = take(classed, zipped(classed, {
        "e/submission_metadata.yml": meta, "e/submission_5/x.ipynb": whole(classed)}), roster="roster.csv")  # fmt: skip
    assert got(report) == {"jdoe", "rroe"} and "Gradescope says nina" in report.refused[0][1]


def test_what_a_group_submitted_together_is_not_equal_by_chance(classed):
    from coursework.reporting.similarity import equal_files, groups

    entries = {f"Team Rocket_4711_assignsubmission_file_/{n}": b for n, b in (
        ("x.ipynb", whole(classed)), ("weights.pt", b"trained"))}  # fmt: skip
    take(classed, zipped(classed, entries), roster="roster.csv")
    together = {"jdoe", "rroe"}
    course = Course(classed.root)
    assert groups(course, "hw0-tiny") == {"jdoe": together, "rroe": together}
    assert equal_files(course, "hw0-tiny").empty
    entries = {f"smithpaul_1003_{n}": b for n, b in (
        ("1_Smith_Paul_hw0-tiny.ipynb", whole(classed, double="ok = 1")), ("2_weights.pt", b"trained"))}  # fmt: skip
    take(classed, zipped(classed, entries), roster="roster.csv")
    assert list(equal_files(course, "hw0-tiny")["who"]) == ["jdoe, psmith, rroe"]


@pytest.mark.parametrize(
    "name",
    ["Team Rocket_4711_assignsubmission_file_/x.ipynb", "Team Rocket_assignsubmission_file_/Smith_Paul_hw0-tiny.ipynb",
     "teamrocket_1001_900_hw0.ipynb", "teamrocket_77_900_hw0.ipynb"],
)  # fmt: skip
def test_a_groups_name_of_the_roster_stands_for_its_members(classed, name):
    report = take(classed, zipped(classed, {name: whole(classed)}), roster="roster.csv")
    assert got(report) == {"jdoe", "rroe"}, report


def test_moodles_visible_groups_are_taken_off(tmp_path):
    (tmp_path / "r.csv").write_text(ROSTER)
    people = Roster.read(tmp_path / "r.csv")

    def who(person, groups=frozenset()):
        return identify_all(Origin("x.ipynb", "Moodle", person), "hw1", ["hw1"], people, groups=groups)[0][0].student

    assert who("Group 3-Paul Smith") == who("Lab-Paul Smith", frozenset({"lab"})) == "psmith"
    assert who("Team Rocket-Jane Doe") == "jdoe"
    with pytest.raises(BadName, match="Anna-Jane Doe"):  # somebody else, who is not Jane Doe
        who("Anna-Jane Doe")


@pytest.mark.parametrize("name", ["Rita Roe-Miller_12_assignsubmission_file_/Doe_Jane_hw0-tiny.ipynb",
                                  "roemillerrita_12_900_Doe_Jane_hw0-tiny.ipynb",
                                  "rita@mail.com/Doe_Jane_hw0-tiny.ipynb",
                                  "Rita Roe-Miller - hw0-tiny.ipynb"])  # fmt: skip
def test_whom_the_system_names_is_never_somebody_else(classed, name):
    report = take(classed, zipped(classed, {name: whole(classed)}), roster="roster.csv")
    assert not report.taken and "says" in report.refused[0][1] and "the roster has nobody" in report.refused[0][1]


def packed(kind, name, content):
    out = io.BytesIO()
    if kind.startswith("tar"):
        with tarfile.open(
            fileobj=out, mode={"tar": "w", "tar.gz": "w:gz", "tar.bz2": "w:bz2", "tar.xz": "w:xz"}[kind]
        ) as t:
            info = tarfile.TarInfo(f"hw0/{name}")
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
            bad = tarfile.TarInfo("hw0/link.ipynb")
            bad.type, bad.linkname = tarfile.SYMTYPE, "/etc/passwd"
            t.addfile(bad)
    elif kind == "zip":
        with zipfile.ZipFile(out, "w") as z:
            z.writestr(f"hw0\\{name}", content)
            z.writestr(f"hw0\\.ipynb_checkpoints\\{name}", b"{}")
            z.writestr(f"__MACOSX/hw0/._{name}", b"\0\5\26\7")
    else:
        return gzip.compress(content) if kind == "gz" else lzma.compress(content)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "gz", "xz"])
@pytest.mark.parametrize("ending", ["right", "none", "wrong"])
def test_archives_are_told_by_their_bytes(classed, kind, ending):
    name = "Doe_Jane_hw0-tiny.ipynb"
    called = f"Doe_Jane_hw0-tiny{ {'right': '.' + kind, 'none': '', 'wrong': '.ipynb'}[ending] }"
    (classed.root / "inbox" / called).write_bytes(packed(kind, name, whole(classed).encode()))
    report = take(classed, roster="roster.csv")
    assert got(report) == {"jdoe"} and all("link" in why for _, why in report.refused), report


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("doejane_1001_link.html", b'<html><a href="https://colab.google/x">here</a></html>', "a link (https://colab.google/x)"),
        ("doejane_LATE_1001_text.html", b"<html><body><p>Dear staff, it is late.</p></body></html>", "a text"),
        ("doejane_1001_9_Doe_Jane_hw0-tiny.pdf", b"%PDF-1.4", "a PDF"),
        ("doejane_1001_9_Doe_Jane_hw0-tiny.ipynb", b"%PDF-1.4", "a PDF"),
        ("doejane_1001_9_hw0.rar", b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        ("doejane_1001_9_hw0.zip", b"7z\xbc\xaf\x27\x1c" + bytes(30), "zip"),
        ("doejane_1001_9_hw0.docx", b"PK\3\4" + bytes(26) + b"[Content_Types].xml", "an Office document"),
        ("doejane_1001_9_hw0.png", b"\x89PNG\r\n", "a picture"),
        ("doejane_1001_9_hw0.ipynb", b"", "an empty file"),
        ("doejane_1001_9_hw0.gdoc", b'{"url": "https://docs.google.com/d/1"}', "a link (https://docs.google.com/d/1)"),
    ],
)  # fmt: skip
def test_whoever_submitted_no_notebook_is_named_with_it(classed, file, content, says):
    entries = {file: content, "roerita_1002_8_hw0-tiny.ipynb": whole(classed)}
    report = take(classed, zipped(classed, entries), roster="roster.csv")
    [(_, why)] = report.refused
    assert "jdoe (Jane Doe)" in why and says in why and "ask for" in why, why
    assert report.nothing == {"hw0-tiny": ["psmith"]} and list(waiting(classed, "hw0-tiny")) == ["jdoe"]
    take(classed, zipped(classed, {"doejane_1001_10_hw0-tiny.ipynb": whole(classed)}), roster="roster.csv")
    assert waiting(classed, "hw0-tiny") == {}


def test_an_attempt_without_answers_does_not_replace_a_whole_one(classed):
    blank = classed.released("hw0-tiny").read_text()
    entries = {"roerita_1002_2_a_hw0-tiny.ipynb": whole(classed), "roerita_1002_9_a_hw0-tiny-1.ipynb": blank}
    report = take(classed, zipped(classed, entries), roster="roster.csv")
    [taken] = report.taken
    assert taken.file.endswith("a_hw0-tiny.ipynb") and taken.review and "without any answer" in "; ".join(taken.odd)
    report = take(classed, zipped(classed, {"roerita_1002_9_a_hw0-tiny-1.ipynb": blank}), roster="roster.csv")
    assert "x + x" in (classed.submitted("rroe", "hw0-tiny") / "hw0-tiny.ipynb").read_text() and report.taken[0].review


DUE = {"deadlines": {"hw0-tiny": "2026-10-24 23:59"}, "time_zone": "Europe/Berlin", "roster": "roster.csv"}


def test_canvas_knows_only_that_something_is_late(classed):
    """The zip is from a week after the deadline: its times are those of the download."""
    entries = {"doejane_1001_1_hw0-tiny.ipynb": whole(classed), "roerita_LATE_1002_2_hw0-tiny.ipynb": whole(classed)}
    inbox = zipped(classed, entries, (2026, 10, 31, 12, 0, 0))
    report = take(classed, inbox, **DUE)
    assert (
        got(report) == {"jdoe"} and "use --times FILE" in report.held[0][1] and report.nothing["hw0-tiny"] == ["psmith"]
    )
    assert late(Course(classed.root), "hw0-tiny", "jdoe").days == 0
    rows = (classed.root / "decisions.csv").read_text()
    assert "rroe" in rows and "late; when it came" in rows
    from coursework.intake.collect import collect

    (classed.root / "times.csv").write_text("SIS User ID;Submitted At\n1002;2026-10-25T22:30:00Z\n")
    collect(Course(classed.root), inbox, table=classed.root / "times.csv")
    assert late(Course(classed.root), "hw0-tiny", "rroe").days == 1


def test_the_staffs_word_on_a_time_and_on_two_files_holds(classed):
    inbox = zipped(classed, {"roerita_LATE_1002_2_hw0-tiny.ipynb": whole(classed)}, (2026, 10, 31, 12, 0, 0))
    take(classed, inbox, **DUE)
    path = classed.root / "decisions.csv"
    path.write_text(path.read_text().replace(",,,late;", ",,2026-10-26 00:01,late;"))
    assert got(take(classed, inbox, **DUE)) == {"rroe"}
    assert late(Course(classed.root), "hw0-tiny", "rroe").days == 2
    path.write_text(path.read_text().replace("2026-10-26 00:01", "yesterday"))
    with pytest.raises(StaffError, match=r"decisions.csv, line 2: the time 'yesterday'"):
        take(classed, inbox, **DUE)


def test_a_file_that_was_taken_out_of_the_inbox_stays_out(classed):
    one = put(classed, "a/Doe_Jane_hw0-tiny.ipynb", answered(classed))
    two = put(classed, "b/Doe_Jane_hw0-tiny.ipynb", answered(classed, why="The other."))
    assert len(take(classed, roster="roster.csv").held) == 1
    kept = two.read_bytes()
    two.unlink()
    assert got(take(classed, roster="roster.csv")) == {"jdoe"}
    two.write_bytes(kept)
    [taken] = take(classed, roster="roster.csv").taken
    assert "Because two is more." in (classed.submitted("jdoe", "hw0-tiny") / "hw0-tiny.ipynb").read_text()
    rows = [r for r in decisions.Decisions.read(classed).rows if r.counts is not None]
    assert [(r.file, r.counts) for r in rows] == [(str(one.relative_to(classed.root / "inbox")), True),
                                                  ("b/Doe_Jane_hw0-tiny.ipynb", False)]  # fmt: skip
    assert taken.student == "jdoe"


@pytest.mark.parametrize(
    ("text", "utc"),
    [("2026-11-20 10:00:00 -05:00", "2026-11-20 15:00:00"), 
     ("2026-10-05 18:12:13.398571000 Z", "2026-10-05 18:12:13.398571"),
     ("2026-10-25 00:30:00 +02:00", "2026-10-24 22:30:00"), ("2026-10-05 23:59:59", "2026-10-05 23:59:59")],
)  # fmt: skip
def test_gradescopes_clock_has_an_offset(text, utc):
    assert moment(text).strftime("%Y-%m-%d %H:%M:%S.%f").startswith(utc)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("id,submitted at\njdoe,10/11/2026 10:00\n", "line 2: '10/11/2026 10:00' can be read as"),
        ("id,submitted at\njdoe,2026-10-05 10:00 CEST\n", "names a zone"),
        ("id,submitted at\njdoe,5. Okt 2026\n", "cannot be read as a time"),
        ("id,points\njdoe,3\n", "needs a column"),
        ('[{"a": 1}]', "no entry with user_id"),
    ],
)
def test_a_table_of_times_that_cannot_be_read_is_refused_with_the_row(tmp_path, table, says):
    (tmp_path / "t.csv").write_text(table)
    with pytest.raises(StaffError, match=says):
        times.read(tmp_path / "t.csv", clock.zone("Europe/Berlin"))


@pytest.mark.parametrize(
    "table",
    ["id,submitted at\njdoe,2026-10-05 10:00\n", "Email;Submission Time\njane@uni.edu;2026-10-05 10:00:00 +0200\n",
     "Full name,Last modified (submission)\nJane Doe,\"Monday, 5 October 2026, 10:00 AM\"\n",
     '[{"user_id": 1001, "submitted_at": "2026-10-05T08:00:00Z", "id": 3}]'],
)  # fmt: skip
def test_tables_of_times_as_systems_export_them(tmp_path, table):
    (tmp_path / "r.csv").write_text(ROSTER)
    (tmp_path / "t.csv").write_text(table)
    found = times.read(tmp_path / "t.csv", clock.zone("Europe/Berlin"))
    when = found.lookup("jdoe", Origin("x", number="1001"), Roster.read(tmp_path / "r.csv"))
    assert when == clock.moment("2026-10-05 08:00:00Z", clock.zone("UTC"))


def test_a_course_adds_a_system_of_its_own(classed, monkeypatch):
    class Ilias(System):
        name = "ILIAS"

        def origin(self, part, path, last, about):
            _, _, rest = part.partition("_")
            number = rest.rpartition("_")[2]
            return None if last or not number.isdigit() else Origin(part, self.name, number=number)

    monkeypatch.setattr(systems, "added", lambda group, kind: {"ilias": Ilias()} if group == systems.GROUP else {})
    systems.known.cache_clear()
    try:
        report = take(classed, zipped(classed, {"Doe_Jane_1001/x.ipynb": whole(classed)}), roster="roster.csv")
    finally:
        systems.known.cache_clear()
    assert got(report) == {"jdoe"} and report.taken[0].how == "number in ILIAS"


def test_what_could_not_be_taken_is_told_alike_everywhere(classed):
    from coursework.grading.autograde import autograde
    from coursework.reporting import report
    from coursework.returning.feedback import write_feedback

    entries = {
        "doejane_1001_link.html": b"<html>https://colab.google/x</html>",
        "roerita_1002_8_hw0-tiny.ipynb": whole(classed),
        "smithpaul_1003_9_hw0-tiny.ipynb": b"---\ntitle: hw0\n---\nWords, and no cell that can be told apart.",
    }
    take(classed, zipped(classed, entries), roster="roster.csv")
    course = Course(classed.root)
    autograde(course, "hw0-tiny")
    rows = grade_table(course, "hw0-tiny").set_index("student")
    lost = "could not be taken"
    assert rows["state"].to_dict() == {"jdoe": lost, "rroe": "graded", "psmith": lost}
    assert "a link" in rows.loc["jdoe", "notes"] and rows.loc["psmith", "total"] != 0
    table = report.collect_tables(course, "hw0-tiny").tables["missing"].set_index("student")
    assert set(table.index) == {"jdoe", "psmith"} and "a link" in table.loc["jdoe", "notes"]
    said = "\n".join(write_feedback(course, "hw0-tiny").lines())
    assert "! no feedback page for jdoe: could not be taken: submitted a link (https://colab.google/x)" in said
