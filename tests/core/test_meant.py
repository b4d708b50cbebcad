"""Whom a typed text means: exactly one student, or nobody."""

import pytest

from coursework.core.roster import Roster
from coursework.core.students import Student


def rosters(text):
    """A row a student: id, last, first, email, number."""
    return Roster(
        tuple(
            Student(id_, last, first, email, number=number)
            for id_, last, first, email, number in (
                ([part.strip() for part in row.split(",")] + ["", ""])[:5] for row in text.strip().splitlines()
            )
        )
    )


CLASS = rosters("""
    jdoe,Doe,Jane,jane.doe@uni.edu,1234567
    ab12,Berg,Ann
    d-ab123,Dahl,Ida
    ab123,Beck,Abe
    smith2,Smith,John
    bsmith,Smith,Ben,b.smith@uni.edu,7654321
    goebel,Göbel,Uwe
    kovacs,Kovács,Győző
    kim1,Kim,Seo-yeon
    kim2,Kim,Seo
    kim3,Kim,Yeon
    pohl,Pohl,Quin,,20190812
    ott,Ott,Pia,,210315
    rau,Rau,Rolf
    eve1,Engel,Eve
    lia,Lang,Lia
    hann,Horn,Hanna
    g2,Voss,Vic,,1237777
    g6,Uhl,Udo,,A1237777
    roe1,Roe,Bob,,3334444
    roetwo,Roe,Bob
    row_b,Row,Bill
    row,Bo,Row
""")
NUMBERS = rosters("""
    1001,Adler,Tim
    1002,Baum,Tina
    1003,Cohn,Uli
    2024,Dorn,Vera
    10,Ehm,Wim
""")
LIKE = rosters("""
    t1,Thomas,Thomas
    t2,Doe,Thomas
    s1,Sukarno,
    s2,Sukarno,Bambang
    l1,Li,Na
    l2,Berg,Lina
    a1,Na,An
    aneu,Neu,Anna
    kim,Lang,Kim
    k2,Kim,Bo
    doe_j,Doe,Jane
    d2,Doe,Jim
    j.roe,Roe,Jane
    r2,Roe,Jim
    max.noe,Ohm,Al
    m2,Noe,Max
    vogel,Kurz,Max
    v2,Vogel,Max
    lee,Ray,Sun
    l3,Lee,Bo
    john,Ames,John
    ja,Ames,John Adam
""")


@pytest.mark.parametrize(
    ("text", "student"),
    [
        # the whole name, in any spelling, and no part of a longer one
        ("Uwe Goebel - Abgabe", "goebel"), ("Gobel_Uwe", "goebel"), ("Gyoezoe Kovacs", "kovacs"), ("JaneDoe", "jdoe"),
        ("Seo-yeon Kim", "kim1"), ("Kim Seo", "kim2"), ("Kim_Seo_Kim_Yeon", ""), ("Jane Doe and Pia Ott", ""),
        # a whole mark
        ("j.smith2", ""), ("smith2", "smith2"), ("m-ab12", ""), ("Doe-Jane-ab12", ""), ("Berg-Ann-ab12", "ab12"),
        ("Dahl_d-ab123", "d-ab123"), ("Ida-ab123", ""), ("s1234567", "jdoe"), ("A1237777_Uhl", "g6"),
        ("jane.doe@uni.edu_b.smith@uni.edu", ""), ("jane.doe@uni.edu, x@y.de", ""), ("Smith_b.smith@uni.edu", "bsmith"),
        # an id or number beside a word of the own name
        ("jdoe_Doe_Jane", "jdoe"), ("Jane Doe (jdoe)", "jdoe"), ("jdoe_Jane", "jdoe"), 
        ("20190812_Pohl", "pohl"), ("Ott_210315", "ott"), ("20190812", ""), ("210315", ""), ("jdoe_2026-10-05", "jdoe"),
        # a word that means somebody else
        ("Rau_Rolf_20190812", ""), ("Rau_Rolf_20190813", "rau"), ("Rau_Rolf_R", "rau"), ("eve1 lia", ""),
        ("ab12-hanna", ""), ("Horn_1234567", ""), ("1234567_colab", "jdoe"), ("Eve Engel helped by Lia", ""),
        ("Jane Doe bsmith", ""), ("1234567_PohlQuin", ""), ("row_b_Bo", ""),
        # of two people of one name the mark tells which
        ("Roe_Bob", ""), ("Roe_Bob_3334444", "roe1"), ("Bob Roe (roetwo)", "roetwo"), ("Roe_Bob_1234567", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("folder", [False, True])
def test_one_is_meant_or_nobody_in_files_and_folders_alike(text, student, folder):
    found = CLASS.meant(text, folder)
    assert (found.id if found else "") == student


@pytest.mark.parametrize(
    ("text", "student"),
    [("1001", "1001"), ("1001_Adler", "1001"), ("Adler_1001", "1001"), ("Adler_Tim_1001", "1001"), ("2024", ""),
     ("Adler_Tim_1002", ""), ("Adler_Tim_2024", "1001"), ("1001 1002", ""), ("10", ""), ("Baum_1001", "")],
)  # fmt: skip
def test_a_short_number_is_an_id_where_the_class_has_such(text, student):
    found = NUMBERS.meant(text)
    assert (found.id if found else "") == student


@pytest.mark.parametrize(
    ("text", "student"),
    [("Thomas", ""), ("Thomas Doe", "t2"), ("Sukarno", ""), ("Sukarno Bambang", "s2"), ("lina", ""),
     ("Lina Berg", "l2"), ("Li Na", "l1"), ("anna", ""), ("Anna Neu", "aneu"), ("kim", ""),
     ("Kim Lang", "kim"), ("doe_j", ""), ("j.roe", "j.roe"), ("max.noe", ""),
     ("vogel", ""), ("Vogel Max", "v2"), ("lee", ""), ("lee_Ray", ""),
     ("John A. Ames", ""), ("Ames_John_A", ""), ("John Ames", "john"), ("Ames_John-Adam", "ja")],
)  # fmt: skip
@pytest.mark.parametrize("folder", [False, True])
def test_a_text_that_is_anothers_name_as_well_means_nobody(text, student, folder):
    found = LIKE.meant(text, folder)
    assert (found.id if found else "") == student


def test_an_id_of_letters_is_found_among_the_words_of_a_folder_only():
    assert CLASS.meant("hw-jdoe", folder=True) == CLASS.by_id["jdoe"] and CLASS.meant("hw-jdoe") is None
    assert CLASS.meant("jdoe_Miller", folder=True) == CLASS.by_id["jdoe"] and CLASS.meant("jdoe_Miller") is None
    assert CLASS.meant("sheet lia", folder=True) is None  # it is a name, too


def test_canvas_writes_both_names_as_one_word_whatever_else_it_may_be():
    assert LIKE.by_squeezed("lina") == LIKE.by_id["l1"]
