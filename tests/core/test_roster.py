"""Rosters as spreadsheets and learning systems save them: read, or refused with the row."""

import re

import pytest

from coursework.core.course import StaffError
from coursework.core.roster import Roster

HEADS = ("id", "last", "first", "email", "number")
ROWS = (("00123", "Doe", "Jane", "jane.doe@uni.example", "1001"), ("00124", "Müller", "Jörg", "jm@uni.example", "1002"))


def table(separator, *rows):
    return "\r\n".join(separator.join(row) for row in rows) + "\r\n"


def read(tmp_path, raw):
    path = tmp_path / "roster.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return Roster.read(path)


@pytest.mark.parametrize(
    ("separator", "encoding", "before"),
    [(",", "utf-8", ""), (";", "cp1252", ""), (";", "utf-8-sig", ""), ("\t", "utf-16", ""), ("\t", "utf-16-le", ""),
     ("|", "utf-8", ""), (";", "utf-8", "sep=;\r\n"), (",", "utf-8", '"sep=,"\n')],
)  # fmt: skip
def test_any_encoding_and_separator_of_a_spreadsheet(tmp_path, separator, encoding, before):
    text = before + table(separator, HEADS, *ROWS) + separator * 4 + "\r\n\r\n"
    people = read(tmp_path, text.encode(encoding))
    assert [(s.id, s.last, s.first, s.number) for s in people.students] == [
        ("00123", "Doe", "Jane", "1001"), ("00124", "Müller", "Jörg", "1002")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("First name,Last name,ID number,Email address\nJane,Doe,00123,j@x.edu\n", ("00123", "Doe", "Jane", "00123")),
        ('Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Doe, Jane",1001,s77,jane@x.edu,A\n'
         '"Student, Test",9,,,A\n', ("s77", "Doe", "Jane", "1001")),
        ("First Name,Last Name,SID,Email,Sections\nJane,Doe,00123,jane@x.edu,A\n", ("00123", "Doe", "Jane", "00123")),
        ("Name,Email,SID\nJane Anne Doe,jane@x.edu,77\n", ("77", "Doe", "Jane Anne", "77")),
        ("id,last,first\nmadonna,,Madonna\n", ("madonna", "", "Madonna", "")),
    ],
)  # fmt: skip
def test_columns_as_learning_systems_export_them(tmp_path, text, found):
    [student] = read(tmp_path, text).students
    assert (student.id, student.last, student.first, student.number) == found


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("123.0", "Doe", "Jane", "", "1")], "line 2: id '123.0' is a number that a spreadsheet has rewritten"),
        ([("1.24E+05", "Doe", "Jane", "", "1")], "line 2: id '1.24E.05'"),
        ([("1,24E+05", "Doe", "Jane", "", "1")], "line 2: id"),
        ([("a", "Doe", "Jane", "", "1"), ("b", "Roe", "Rita", "", "1002.0")], "line 3: number '1002.0'"),
        ([("00123", "Doe", "Jane", "", ""), ("124", "Roe", "Rita", "", "")], "line 3: id '124' has lost its lead"),
        ([("a b", "Doe", "Jane", "", "")], "line 2: the id 'a b' cannot be the name of a folder"),
    ],
)  # fmt: skip
def test_an_identifier_that_a_spreadsheet_has_spoilt_is_refused_with_its_row(tmp_path, rows, says):
    with pytest.raises(StaffError, match=says):
        read(tmp_path, table(";", HEADS, *rows))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,last,first\n########,Doe,Jane\n", "line 2: id '########' is what a spreadsheet shows"),
        ("id,last,first\n#NAME?,Doe,Jane\n", "is what a spreadsheet shows"),
        ("id,last,first\n5-Jan,Doe,Jane\n", "is what a spreadsheet shows"),
        ("id,last,first\n1.24E 05,Doe,Jane\n", "has rewritten"),
        ("id,last,first\n1234567890123450000,Doe,Jane\n1234567890123460000,Roe,Rita\n", "lost its last digits"),
        ("PK\x03\x04 and more", "save it as CSV, UTF-8"),
        ("<html><table>", "save it as CSV, UTF-8"),
        ("id,last,first\n", "no row with a student"),
    ],
)
def test_more_that_spreadsheets_do_is_refused(tmp_path, text, says):
    with pytest.raises(StaffError, match=re.escape(says)):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('id,last,first\n="00123",Doe,Jane\n', "00123"),
        ("id,last,first\n'00123,Doe,Jane\n", "00123"),
        ("id,last,first\n\u200e00123\u00a0,Doe,Jane\n", "00123"),
        ("id,last,first\n13.jdoe,Doe,Jane\n", "13.jdoe"),
        ("id,last,first\n5-doe,Doe,Jane\n", "5-doe"),
        ("Nachname;Vorname;Matrikelnummer;E-Mail-Adresse\nDoe;Jane;00123;j@x\n", "00123"),
        ("Nombre,Apellido(s),Número de ID,Dirección de correo\nJane,Doe,00123,j@x\n", "00123"),
    ],
)
def test_identifiers_that_were_protected_and_columns_in_other_languages(tmp_path, text, found):
    [student] = read(tmp_path, text).students
    assert (student.id, student.last, student.first) == (found, "Doe", "Jane")


def test_a_table_that_is_none(tmp_path):
    with pytest.raises(StaffError, match="no column 'last'"):
        read(tmp_path, "id;vorname\n1;Jane\n")
    with pytest.raises(StaffError, match="roster"):
        read(tmp_path, bytes(range(128, 256)))


def test_groups_are_a_column_and_serve_as_sections(tmp_path):
    people = read(tmp_path, "id,last,first,group\na,A,A,Team Rocket\nb,B,B,team-rocket\nc,C,C,\n")
    assert [s.id for s in people.by_group("Team rocket")] == ["a", "b"] and people.students[0].section == "Team Rocket"
    assert people.by_group("") == []


EXPORTS = {  # the headers of each system's own export → what is read of it: id, last, first, e-mail, section, number
    "Canvas's gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (12)\n    Points Possible,,,,,104\n"
        '"Doe, Jane",101,u1234,jdoe@uni.example,"A, Lab 2",\n"Student, Test",999,,abc,A,\n',
        ("u1234", "Doe", "Jane", "jdoe@uni.example", "A, Lab 2", "101"),
    ),
    "Moodle's grades": (
        "First name,Last name,ID number,Institution,Department,Email address,Last downloaded from this course\n"
        "Jane,Doe,0012345,Uni,,jane@uni.example,1700000000\n",
        ("0012345", "Doe", "Jane", "jane@uni.example", "", "0012345"),
    ),
    "Moodle's participants": (
        "First name,Surname,Email address,Groups,Roles\nJane,Doe,jane@uni.example,Team 1,Student\n"
        "Tea,Cher,tc@uni.example,,Non-editing teacher\n",
        ("jane@uni.example", "Doe", "Jane", "jane@uni.example", "Team 1", ""),
    ),
    "Gradescope's roster": (
        "First Name,Last Name,SID,Email,Sections,Role\nJane,Doe,0012345,jane@uni.example,A,Student\n"
        "Ann,Ta,,ann@uni.example,,TA\nIn,Structor,999,in@uni.example,,Instructor\n",
        ("0012345", "Doe", "Jane", "jane@uni.example", "A", "0012345"),
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_each_systems_own_export_is_a_roster(tmp_path, name):
    text, wanted = EXPORTS[name]
    (tmp_path / "roster.csv").write_text(text)
    (one,) = Roster.read(tmp_path / "roster.csv").students  # no test student, no staff, no row of points
    assert (one.id, one.last, one.first, one.email, one.section, one.number) == wanted


@pytest.mark.parametrize("above", ["\n\n", ",,\n", ",,\r\n \r\n"])
def test_blank_rows_above_the_headers_are_none(tmp_path, above):
    assert [s.id for s in read(tmp_path, above + "id,last,first\njdoe,Doe,Jane\n").students] == ["jdoe"]


def test_what_the_first_row_is_is_said_where_it_is_no_header(tmp_path):
    with pytest.raises(StaffError, match="it needs id, last, first; its first row: Autumn 2026"):
        read(tmp_path, "Autumn 2026,,\nid,last,first\njdoe,Doe,Jane\n")


def test_a_comma_that_shifts_a_row_is_refused_with_the_row(tmp_path):
    with pytest.raises(StaffError, match="line 3: it has 4 values under 3 headers"):
        read(tmp_path, "id,last,first\njdoe,Doe,Jane\nrroe,Roe, Jr.,Rita\n")
    assert list(read(tmp_path, "id,last,first\njdoe,Doe,Jane,,\n").by_id) == ["jdoe"]


def test_a_title_above_the_headers_is_shown(tmp_path):
    with pytest.raises(StaffError, match=r"no column 'id': .*its first row: Deep learning, winter"):
        read(tmp_path, '"Deep learning, winter"\nid,last,first\njdoe,Doe,Jane\n')


def test_a_quotation_mark_that_is_not_closed_swallows_nobody(tmp_path):
    with pytest.raises(StaffError, match="line 2: a quotation mark is not closed"):
        read(tmp_path, 'id,last,first\njdoe,"Doe,Jane\nrroe,Roe,Rita\n')
