"""One parser for submission names: strict on who and what, lenient on what browsers and Colab add."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursework.core.naming import BadName, parse_hand_in_name, student_id

IDS = ["hw1-mlp", "hw2-autodiff"]


@pytest.mark.parametrize(
    ("file", "who", "odd"),
    [
        ("Doe_Jane_hw1-mlp.ipynb", ("Doe", "Jane", "hw1-mlp"), 0),
        ("van der Berg_Anne-Marie_hw2-autodiff.ipynb", ("van der Berg", "Anne-Marie", "hw2-autodiff"), 0),
        ("O'Neil_Séan_hw1-mlp.ipynb", ("O'Neil", "Séan", "hw1-mlp"), 0),
        ("王_小明_hw1-mlp.ipynb", ("王", "小明", "hw1-mlp"), 0),
        ("Müller_Jürgen_hw1-mlp.pdf", ("Müller", "Jürgen", "hw1-mlp"), 0),
        ("García_Márquez_Gabriel_hw1-mlp.ipynb", ("García Márquez", "Gabriel", "hw1-mlp"), 0),
        ("Copy of Doe_Jane_hw1-mlp.ipynb", ("Doe", "Jane", "hw1-mlp"), 1),
        ("Doe_Jane_hw1-mlp (1).ipynb", ("Doe", "Jane", "hw1-mlp"), 1),
        ("Copy of Copy of Doe_Jane_hw1-mlp (2).ipynb", ("Doe", "Jane", "hw1-mlp"), 3),
        ("Doe_Jane_HW1-MLP.ipynb", ("Doe", "Jane", "hw1-mlp"), 1),
        ("Doe_Jane_hw1-mlp.ipynb.ipynb", ("Doe", "Jane", "hw1-mlp"), 1),
        ("{Doe}_{Jane}_hw1-mlp.ipynb", ("Doe", "Jane", "hw1-mlp"), 1),
        ("some/folder/Doe_Jane_hw1-mlp.ipynb", ("Doe", "Jane", "hw1-mlp"), 0),
    ],
)
def test_good_names(file, who, odd):
    name = parse_hand_in_name(file, IDS)
    assert (name.last, name.first, name.assignment) == who
    assert len(name.odd) == odd


@pytest.mark.parametrize(
    "file",
    [
        "hw1-mlp.ipynb",
        "Doe_hw1-mlp.ipynb",
        "Doe_Jane_hw9.ipynb",
        "Doe_Jane_hw1-mlp.docx",
        "{Last-name}_{first-name}_hw1-mlp.ipynb",
        "Last_First_hw1-mlp.ipynb",
        "_Jane_hw1-mlp.ipynb",
        "Doe_1234_hw1-mlp.ipynb",
        "Doe_Ja/../ne_hw1-mlp.txt",
        "Do<e_Jane_hw1-mlp.ipynb",
        "",
    ],
)
def test_bad_names_say_why_in_one_line(file):
    with pytest.raises(BadName) as caught:
        parse_hand_in_name(file, IDS)
    assert str(caught.value) and "\n" not in str(caught.value)


letters = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)


@given(last=letters, first=letters)
def test_what_is_written_is_read_again(last, first):
    last, first = unicodedata.normalize("NFC", last), unicodedata.normalize("NFC", first)
    name = parse_hand_in_name(f"{last}x_{first}x_hw1-mlp.ipynb", IDS)
    assert (name.last, name.first) == (f"{last}x", f"{first}x")
    identity = student_id(name.last, name.first)
    assert "/" not in identity and not identity.startswith(".")
    taken_apart = unicodedata.normalize("NFD", f"{last}x_{first}x_hw1-mlp.ipynb")  # as macOS writes names
    again = parse_hand_in_name(taken_apart, IDS)
    assert student_id(again.last, again.first) == identity
