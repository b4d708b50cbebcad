"""Who handed in what: from the shapes of downloads, names that break the rule, and the roster."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursework.core.course import Course, StaffError
from coursework.core.names import fold
from coursework.core.naming import BadName
from coursework.core.roster import Roster
from coursework.intake.assignments import assignment_of, strip_assignment
from coursework.intake.found import Found
from coursework.intake.identify import identify_all
from coursework.intake.origins import origin, own_files, unpack

KNOWN = ["hw1-mlp", "hw2-autodiff", "hw5-cnn"]
NOW = datetime(2026, 10, 5, tzinfo=UTC)
ROSTER = """id,Last name,First name,Email,Section,LMS ID,Extension,Extension hw2-autodiff
jdoe,Doe,Jane,jane@uni.edu,A,1234567,0,3
amueller,Müller,Åsa Maria,asa@uni.edu,B,22,1.5,
zwei,张,伟,,B,23,,
bsmith,Smith,Bob,bob@uni.edu,A,24,,
bsmith2,Smith,Bob,bob2@uni.edu,A,25,,
obrien,O'Brien,Seán,,A,26,,
"""


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return Roster.read(tmp_path / "roster.csv")


def who(path, roster=None):
    place = origin(PurePosixPath(path))
    found, missing = identify_all(place, "hw1-mlp", KNOWN, roster)
    if len(found) != 1 or missing:
        raise BadName("; ".join(missing) or f"{place.file_name} is {len(found)} people's")
    return found[0]


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("doejane_1234567_987654_Doe_Jane_hw1-mlp.ipynb", "number in Canvas"),
        ("doejane_LATE_99_987654_homework1-2.ipynb", "name in Canvas"),
        ("Jane Doe_77_assignsubmission_file_/my homework.ipynb", "name in Moodle"),
        ("Jane Doe_77_assignsubmission_file_Doe_Jane_hw1-mlp.ipynb", "name in Moodle"),
        ("Jane Doe <jane@uni.edu>/hw1.ipynb", "e-mail in the message"),
        ("jane@uni.edu/notebook.ipynb", "e-mail in the message"),
        ("Jane Doe - hw1-mlp.ipynb", "name in Classroom"),
        ("hw1-mlp - Jane Doe.ipynb", "name in Classroom"),
        ("Doe_Jane_hw1-mlp.ipynb", "file name"),
        ("DOE_jane_HW1-MLP.ipynb", "file name"),
        ("Copy of Doe_Jane_hw1-mlp (2).ipynb", "file name"),
        ("Doe_Jane_hw1-mlp.ipynb.txt", "file name"),
        ("Dое_Jаne_hw1-mlp.ipynb", "file name"),  # with Cyrillic letters in it
        ("doe jane hw1 mlp.ipynb", "words of the file name"),
        ("Jane-Doe-hw1_mlp final.ipynb", "words of the file name"),
        ("jdoe_hw1.ipynb", "words of the file name"),
        ("1234567_hw1.ipynb", "the id, number or e-mail address in the file name"),
        ("hw1-mlp 1234567 final.ipynb", "the id, number or e-mail address in the file name"),
        ("jane@uni.edu_hw1-mlp.ipynb", "the id, number or e-mail address in the file name"),
        ("HW1_Jane@uni.edu (1).ipynb", "the id, number or e-mail address in the file name"),
    ],
)
def test_jane_is_found(roster, path, how):
    found = who(path, roster)
    assert (found.student, found.how) == ("jdoe", how)


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("Mueller_Asa Maria_hw1-mlp.ipynb", "amueller"),
        ("MÜLLER_ÅSA-MARIA_hw1-mlp.ipynb", "amueller"),
        ("张_伟_hw1-mlp.ipynb", "zwei"),
        ("O’Brien_Sean_hw1-mlp.ipynb", "obrien"),
        ("OBrien Sean hw1-mlp.ipynb", "obrien"),
    ],
)
def test_accents_and_apostrophes_do_not_matter(roster, path, student):
    assert who(path, roster).student == student


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("Doe_Jan_hw1-mlp.ipynb", "near: jdoe (Jane Doe); use --match FILE=ID"),
        ("Müller_Åsa_hw1-mlp.ipynb", "near: amueller"),
        ("Smith_Bob_hw1-mlp.ipynb", "near: bsmith (Bob Smith), bsmith2 (Bob Smith)"),
        ("Nobody_Nina_hw1-mlp.ipynb", "nobody in the roster is Nina Nobody"),
        (
            "Nobody_Nina_hw1-mlp.ipynb",
            "; add a row to the roster if they came late to the course; if they are in it, use",
        ),
        ("Nina Nobody_77_assignsubmission_file_/a.ipynb", "of that name; add a row to the roster if they came late"),
        ("Doe_Jan_hw1-mlp.ipynb", "FILE=ID; if it is somebody else, add a row to the roster"),
        ("hw1-mlp.ipynb", "nobody in the roster"),
        ("jane@uni.edu asa@uni.edu hw1-mlp.ipynb", "nobody in the roster"),
        ("Smith Bob 1234567 hw1-mlp.ipynb", "nobody in the roster"),
        ("asa_hw1-mlp.ipynb", "near: amueller"),
        ("91234567_hw1-mlp.ipynb", "nobody in the roster"),
    ],
)
def test_near_is_proposed_and_never_guessed(roster, path, says):
    with pytest.raises(BadName) as error:
        who(path, roster)
    assert says in str(error.value)


def test_the_place_beats_the_name_and_says_so(roster):
    found = who("Jane Doe_77_assignsubmission_file_/Smith_Bob_hw1-mlp.ipynb", roster)
    assert found.student == "jdoe"
    found = who("bob@uni.edu/Doe_Jane_hw1-mlp.ipynb", roster)
    assert found.student == "bsmith" and "its name says Jane Doe" in found.odd[-1]


@pytest.mark.parametrize(
    ("folder", "student", "system"),
    [
        ("12345-67890 - Jane Doe - Oct 5, 2026 800 PM", "jdoe", "Brightspace"),
        ("Doe_Jane_jdoe_12345", "jdoe", "ILIAS"),
        ("Doe, Jane(jdoe)/Submission attachment(s)", "jdoe", "Sakai"),
        ("sheet 1/4711 Jane Doe", "jdoe", "the folder's name"),
        ("hw1-mlp-jdoe", "jdoe", "the folder's name"),
        ("hw1-mlp-janedoe", "jdoe", "the folder's name"),
        ("jdoe", "jdoe", "the folder's id"),
    ],
)
def test_whom_a_folder_names_beats_the_files_name(roster, folder, student, system):
    path = PurePosixPath(f"{folder}/Müller_Åsa-Maria_hw1-mlp.ipynb")
    (found,), _ = identify_all(origin(path), "hw1-mlp", KNOWN, roster, path)
    assert found.student == student and system in found.how
    assert "its name says Åsa" in found.odd[-1]


@pytest.mark.parametrize(("folder", "student"), [("Kim Lee", None), ("kim", "kim"), ("kim - Lang, Kim", "kim")])
def test_an_id_that_is_a_word_of_names_is_a_folder_only_alone(tmp_path, folder, student):
    (tmp_path / "roster.csv").write_text("id,last,first\nkim,Lang,Kim\njdoe,Doe,Jane\n", encoding="utf-8")
    path, roster = PurePosixPath(f"{folder}/a.ipynb"), Roster.read(tmp_path / "roster.csv")
    if student:
        assert identify_all(origin(path), "hw1-mlp", KNOWN, roster, path)[0][0].student == student
    else:
        with pytest.raises(BadName):
            identify_all(origin(path), "hw1-mlp", KNOWN, roster, path)


OTHERS = """id,last,first,group
liwei,Li,Wei,
weili,Wei,Li,
jdoe,Doe,Jane,G1
jdoe2,Doe,John,G1
anna,Schmidt,Anna,
aneu,Neu,Anna,
"""


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("Li Wei_123_assignsubmission_file_/a.ipynb", None),
        ("hw1 Li Wei.ipynb", None),
        ("liwei_hw1-mlp.ipynb", "liwei"),
        ("J. Doe_123_assignsubmission_file_/a.ipynb", None),
        ("J_Doe_hw1-mlp.ipynb", None),
        ("jdoe_hw1-mlp.ipynb", "jdoe"),
        ("Do_Jane_hw1-mlp.ipynb", None),
        ("Anna_hw1-mlp.ipynb", None),  # two have this name
        ("JaneDoe_hw1.ipynb", "jdoe"),
        ("sjdoe_hw1.ipynb", None),
    ],
)
def test_an_id_is_not_a_name(tmp_path, path, student):
    (tmp_path / "roster.csv").write_text(OTHERS, encoding="utf-8")
    roster = Roster.read(tmp_path / "roster.csv")
    if student:
        assert who(path, roster).student == student
    else:
        with pytest.raises(BadName):
            who(path, roster)


MARKS = """id,last,first,email,number
al,Doe,Al,doe@uni.edu,2023
jane,Doe,Jane,jane.doe@uni.edu,1234567
c.roe,Roe,Carl,c.roe@uni.edu,12-345-678
rroe,Roe,Rita,,345-678
berg,Berg,Ann,,20261005
hund_k,Hund,Kim,,
hund_b,Hund,Bo,,
max.mueller,Müller,Max,,
asa,Do,Åsa,,
li_wei,Wang,Li,,
wei2,Li,Wei,,
nana,Na,An,,
aneu,Neu,Anna,,
long-way,Long,Way Ann,,7654321
way2,Long,Ann,,
"""


@pytest.mark.parametrize(
    ("name", "student"),
    [
        # an address, number or login is whole
        ("jane.doe@uni.edu_#", "jane"), ("#_jane.doe@uni.edu", "jane"), ("# doe@uni.edu", "al"),
        ("m-doe@uni.edu #", ""), ("m_doe@uni.edu_#", ""), ("doe@uni.edu.au_#", ""), ("x.c.roe@uni.edu_#", ""),
        ("Doe_Jane-jane.doe@uni.edu #", "jane"), ("s1234567_#", "jane"), ("v1234567_#", "jane"),
        ("12-345-678_#", "c.roe"), ("345-678_#", "rroe"), ("9-345-678_#", ""),
        # a date is no number
        ("#_2023-10-05", ""), ("fall 2023 #", ""), ("Doe_Jane_2023_#", "jane"), ("Doe_Jane_20261005_#", ""),
        ("Doe_#_20261005", ""), ("20261005_#", ""), ("1234567_2023_#", "jane"),
        # what else is in the name
        ("1234567_Berg_#", ""), ("1234567_Jane_#", "jane"), ("1234567 aneu #", ""), ("1234567 MüllerMax #", ""),
        ("1234567_colab_#", "jane"), ("7654321_Long_Ann_#", ""), ("c.roe and hund_k #", ""),
        # logins
        ("c.roe_#", "c.roe"), ("# c.roe", "c.roe"), ("#_c.roe", "c.roe"), ("#.c.roe", "c.roe"), ("c.roe-smith_#", ""),
        ("x.c.roe #", ""), ("c.roe@gmail.com #", ""), ("#_hund_k", "hund_k"), ("Bob_hund_k_#", ""), ("Li_Wei_#", ""),
        ("Long-Way_#", "long-way"), ("long-way jim #", ""),
        # umlauts
        ("Max Mueller #", "max.mueller"), ("MuellerMax_#", "max.mueller"), ("max.mueller #", "max.mueller"),
        ("Asa Doe #", ""), ("Doe_Asa_#", ""), ("Aasa Do #", "asa"), ("Anna_#", ""), ("An Na #", "nana"),
        ("Doe_Jane_#.nbconvert", "jane"), ("Doe_Jane_#.v2", "jane"),
    ],
)  # fmt: skip
def test_a_mark_in_a_files_name_is_whole_and_nothing_says_otherwise(tmp_path, name, student):
    (tmp_path / "roster.csv").write_text(MARKS, encoding="utf-8")
    path = f"{name.replace('#', 'hw1-mlp')}.ipynb"
    try:
        found = who(path, Roster.read(tmp_path / "roster.csv")).student
    except BadName:
        found = ""
    assert found == student


def test_both_whom_a_files_name_may_mean_are_near(tmp_path):
    (tmp_path / "roster.csv").write_text(MARKS, encoding="utf-8")
    roster = Roster.read(tmp_path / "roster.csv")
    with pytest.raises(BadName, match=r"near: berg \(Ann Berg\), jane \(Jane Doe\); use --match"):
        who("1234567_Berg_hw1-mlp.ipynb", roster)
    path = PurePosixPath("2023/Doe_Jane_hw1-mlp.ipynb")  # a folder of the year
    assert identify_all(origin(path), "hw1-mlp", KNOWN, roster, path)[0][0].student == "jane"


def test_a_number_that_a_spreadsheet_has_taken_the_zeros_off_is_named(roster):
    with pytest.raises(BadName, match="the roster has 1234567: has a spreadsheet taken the zeros off"):
        who("001234567_hw1.ipynb", roster)


@pytest.mark.parametrize("folder", ["jane@uni.edu, bob@uni.edu", "jane@uni.edu+x@y.org", "jane@uni.edu_bob@uni.edu"])
def test_a_folder_with_two_addresses_is_nobodys(roster, folder):
    path = PurePosixPath(f"{folder}/hw1.ipynb")
    with pytest.raises(BadName):
        identify_all(origin(path), "hw1-mlp", KNOWN, roster, path)


def test_a_loose_file_may_be_a_groups(tmp_path):
    (tmp_path / "roster.csv").write_text(OTHERS, encoding="utf-8")
    place, roster = origin(PurePosixPath("G1_hw1-mlp.ipynb")), Roster.read(tmp_path / "roster.csv")
    found, _ = identify_all(place, "hw1-mlp", KNOWN, roster)
    assert [one.student for one in found] == ["jdoe", "jdoe2"]


@pytest.mark.parametrize(
    "path",
    ["late_submissions/hw1-mlp.ipynb", "to_grade/hw1-mlp.ipynb", "week_one/a.ipynb", "My_Answers_hw1-mlp.ipynb",
     "Nachname_Vorname_hw1-mlp.ipynb", "Deep_Learning_hw1-mlp.ipynb", "hw1-mlp - Final Version.ipynb",
     "hw1-mlp jupyter colab.ipynb", "Untitled Notebook hw1-mlp.ipynb", "ready to_submit_hw1-mlp.ipynb",
     "Abgabe_Final_hw1-mlp.ipynb", "Meine_Lösung_hw1-mlp.ipynb", "mon devoir hw1-mlp.ipynb", "mi tarea hw1-mlp.ipynb",
     "Compito Finale hw1-mlp.ipynb", "meu trabalho hw1-mlp.ipynb", "Mijn_Opdracht_hw1-mlp.ipynb"],
)  # fmt: skip
def test_without_a_roster_nobody_is_made_up(path):
    with pytest.raises(BadName):
        place = origin(PurePosixPath(path))
        identify_all(place, "hw1-mlp", KNOWN, None, PurePosixPath(path))


@pytest.mark.parametrize(
    "place", ["12345-67890 - Jane Miller - Oct 5, 2026 800 PM/", "Miller_Jane_jm_12345/", "Miller, Jane(jm)/",
              "hw1_jm_attempt_2026-10-05-18-00-00_"],
)  # fmt: skip
def test_somebody_whom_a_system_names_and_the_roster_does_not_know_is_never_a_friend(roster, place):
    with pytest.raises(BadName, match="has nobody and no group of that name; the file calls itself Jane Doe's"):
        who(f"{place}Doe_Jane_hw1-mlp.ipynb", roster)


@pytest.mark.parametrize(
    "said",
    ["Oct 5, 2026 800 PM", "October 5, 2026 8:00 PM", "5 Oct, 2026 2000", "5 October 2026 20.00", "Oct 5, 2026 20:00",
     "5 Oct. 2026, 8:00 PM"],
)  # fmt: skip
def test_brightspace_writes_its_time_as_the_school_has_set_it(said):
    place = origin(PurePosixPath(f"12345-67890 - Jane Doe - {said}/hw1-mlp.ipynb"))
    assert place.when == datetime(2026, 10, 5, 20) and place.person == "Jane Doe"


def test_blackboard_tells_the_login_and_the_time(roster):
    path = PurePosixPath("hw1_jdoe_attempt_2026-10-05-18-00-00_notebook.ipynb")
    place = origin(path)
    assert place.when == datetime(2026, 10, 5, 18) and place.file_name == "notebook.ipynb"
    assert who(str(path), roster).student == "jdoe"
    place = origin(PurePosixPath("Doe_Jane_jdoe_1/20261005180000_x.ipynb"))
    assert (place.file_name, place.when) == ("x.ipynb", datetime(2026, 10, 5, 18))


def test_without_a_roster_names_are_taken_as_they_stand():
    assert who("Doe_Jane_hw1-mlp.ipynb").student == "Doe_Jane"
    found = who("doe jane hw1 mlp.ipynb")
    assert found.student == "doe_jane" and "breaks the rule" in found.odd[-1]
    assert who("Jane Maria Doe_77_assignsubmission_file_/x.ipynb").student == "Doe_Jane-Maria"
    for name in ("Lee_In", "Work_Henry", "Nguyen_To", "Data_Van"):  # one of the words of a name may be a common one
        assert who(f"{name}_hw1-mlp.ipynb").student == name
    assert who("Winter Mi_77_assignsubmission_file_/x.ipynb").student == "Mi_Winter"  # whom a system names is somebody
    for name in ("homework1.ipynb", "jane hw1.ipynb", "one two three hw1-mlp.ipynb", "{Last-name}_{first-name}.ipynb"):
        with pytest.raises(BadName):
            who(name)


def test_the_assignment_is_found_in_the_notebook_the_name_the_folder_or_the_content(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()")
    ours = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1", id="q1-1-double")])
    for name in KNOWN:
        for stage in ("source", "release"):
            (tmp_path / stage / name).mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(), tmp_path / "source" / name / f"{name}.ipynb")
    nbformat.write(ours, tmp_path / "release" / "hw1-mlp" / "hw1-mlp.ipynb")
    course = Course(tmp_path)

    def of(path, own=None, cells=()):
        nb = nbformat.v4.new_notebook(cells=list(cells), metadata={"coursework": {"assignment": own}} if own else {})
        return assignment_of(course, Found(PurePosixPath(path), nbformat.writes(nb).encode(), NOW))

    assert of("Homework 2/Doe_Jane.ipynb", "hw5-cnn") == "hw5-cnn"
    assert of("Homework 2/Doe_Jane.ipynb", cells=ours.cells) == "hw2-autodiff"
    assert of("HW1_MLP Doe Jane.ipynb") == "hw1-mlp"
    assert of("Doe_Jane.ipynb", cells=ours.cells) == "hw1-mlp"
    with pytest.raises(BadName, match="does not say which assignment"):
        of("Doe_Jane.ipynb")
    assert strip_assignment("hw 1 mlp Doe_Jane", "hw1-mlp") == "Doe Jane"


@given(st.text(max_size=60))
def test_no_name_makes_it_fall_over(name):
    try:
        who(name.replace("/", "_") + ".ipynb")
    except BadName as error:
        assert "\n" not in str(error) or "\n" in name


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_gradescopes_metadata_names_submitters_and_times():
    text = """submission_12:
  :submitters:
  - :name: Jane Doe
    :sid: '77'
    :email: jane@uni.edu
  :created_at: 2026-10-04 20:00:00.5 Z
  :score: 0.0
submission_13: nonsense
"""
    about, own = own_files([Found(PurePosixPath("e/submission_metadata.yml"), text.encode(), NOW)], [])
    assert own == {PurePosixPath("e/submission_metadata.yml")}
    place = origin(PurePosixPath("e/submission_12/hw.ipynb"), about)
    assert (place.system, place.person, place.email) == ("Gradescope", "Jane Doe", "jane@uni.edu")
    assert place.when == datetime(2026, 10, 4, 20, 0, 0, 500000, tzinfo=UTC)
    assert origin(PurePosixPath("e/submission_13/hw.ipynb"), about).system == ""
    assert own_files([Found(PurePosixPath("submission_metadata.yml"), b"\x00: [", NOW)], [])[0] == {}


def test_mail_is_opened():
    text = (
        "From: Jane Doe <jane@uni.edu>\nDate: Sun, 4 Oct 2026 22:00:00 +0200\nSubject: homework\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nDear all\n'
        '--x\nContent-Type: application/json; name="../../hw1.ipynb"\n'
        'Content-Disposition: attachment; filename="../../hw1.ipynb"\n\n{}\n--x--\n'
    )
    found = list(unpack(Found(PurePosixPath("box/1.eml"), text.encode(), NOW)))
    assert [f.path.name for f in found] == ["hw1.ipynb"] and ".." not in found[0].path.parts
    assert found[0].changed == datetime(2026, 10, 4, 20, tzinfo=UTC)
    place = origin(found[0].path)
    assert (place.email, place.person) == ("jane@uni.edu", "Jane Doe")
    assert list(unpack(Found(PurePosixPath("1.eml"), b"\xff\x00", NOW))) == []


def test_extensions_and_aliases(roster):
    assert roster.by_id["jdoe"].extension("hw2-autodiff") == 3 and roster.by_id["jdoe"].extension("hw1-mlp") == 0
    assert roster.by_id["amueller"].extension("hw2-autodiff") == 1.5
    assert roster.by_id["bsmith"].section == "A"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nJane\n", "no column 'id'"),
        ("", "no column 'id'"),
        ("id,last,first\n../x,Doe,Jane\n", "line 2: the id '../x' cannot be the name of a folder"),
        ("id,last,first\na,Doe,Jane\nA,Roe,Rita\n", "has the id a twice"),
        ("id,last,first,extension\na,Doe,Jane,soon\n", "line 2: 'soon' is not a number of days"),
    ],
)
def test_a_bad_roster_is_one_clear_line(tmp_path, text, says):
    (tmp_path / "r.csv").write_text(text)
    with pytest.raises(StaffError, match=says):
        Roster.read(tmp_path / "r.csv")
    with pytest.raises(StaffError, match="cannot be read"):
        Roster.read(tmp_path / "missing.csv")
