"""A planted pair stands out; the template, the usual ways to write an answer and honest work do not."""

import random
import re
import shutil

import nbformat
import pytest
from nbgrader.utils import is_solution

from coursework.core.course import StaffError
from coursework.judging import proof
from coursework.judging.reference import notebook
from coursework.reporting.similarity import ANSWERS, NOTEBOOK, code_of, equal_files, fingerprints, pairs, write
from tests.support.course import answered, put, submit, take
from tests.support.solutions import COURSE


def klass(assignment, size):
    """student → code: for every item another answer of the bank, so that no two hand in the very same."""
    released = nbformat.read(COURSE.released(assignment), as_version=4)
    bank = proof.answers(COURSE, assignment)
    codes = {}
    for number in range(size):
        items = [c.id for c in released.cells if bank.get(c.id)]
        answers = [bank[i][sorted(bank[i])[-1 - number]] for i in items if len(bank[i]) > number]
        codes[f"s{number:02d}"] = "\n\n".join(re.sub(r"^# misconception:.*\n", "", text) for text in answers)
    template = "\n\n".join(c.source for c in released.cells if c.cell_type == "code")
    return codes, template


def disguised(code):
    """The same code with other names, comments, blank lines and the halves swapped."""
    for number, name in enumerate(
        sorted(set(re.findall(r"\b(?:total|loss|out|model|grad|result|value|hidden|y)\b", code)))
    ):
        code = re.sub(rf"(?<![.\w]){name}\b", f"renamed_{number}", code)
    half = code.index("\n\n", len(code) // 2)
    return "# my own work\n" + code[half:].replace("\n\n", "\n\n\n") + "\n\n" + code[:half]


@pytest.fixture(scope="module")
def planted():
    """A class whose members each write their own solution of a task; s03's was copied and disguised."""
    codes, template = klass("hw4-backprop", 9)
    own = {s: f"{code}\n\n{novel(int(s[1:]))}" for s, code in codes.items()}
    own["thief"] = disguised(own["s03"])
    return own, template


def novel(seed):
    """A longer piece that nobody else writes so."""
    dice = random.Random(1000 + seed)
    lines = [f"def helper_{seed}(a, b):"]
    for _ in range(40):
        operator, number = dice.choice("+-*/%"), dice.randrange(100)
        call = dice.choice(["np.sqrt", "torch.exp", "abs", "len", "np.log1p", "torch.sum", "min", "round"])
        lines.append(f"    a = {call}(a {operator} {number}) {dice.choice('+-*')} b[{dice.randrange(9)}]")
    return "\n".join([*lines, "    return a"])


def test_the_planted_pair_is_the_first_and_clear(planted):
    found = pairs(*planted)
    assert {found[0].one, found[0].two} == {"s03", "thief"} and found[0].similarity > 0.6
    assert all(p.similarity < 0.4 for p in found[1:]), found[1]


def test_the_template_and_what_all_write_do_not_count():
    released = nbformat.read(COURSE.released("hw2-autodiff"), as_version=4)
    solved = {c.id: c.source for c in notebook(COURSE, "hw2-autodiff").cells}
    for cell in released.cells:
        if is_solution(cell):
            cell.source = solved[cell.id]
    template = {c.id: c.source for c in nbformat.read(COURSE.released("hw2-autodiff"), as_version=4).cells}
    code = code_of(released, template)
    assert "my_function" in code and "public checks" not in code
    # Fifteen who all hand in the textbook's way: nothing of it is anybody's own.
    assert pairs({f"s{i}": code for i in range(15)}, "\n".join(template.values())) == []
    # Three of four: what they share may be what they copied.
    assert [p.similarity for p in pairs({f"s{i}": code for i in range(4)}, "\n".join(template.values()))] == [1.0] * 6


def test_names_comments_and_layout_change_nothing():
    one = "def f(x, y):\n    t = x * y\n    for i in range(10):\n        t = t + np.sin(i) * x[i] - y\n    return t\n"
    two = "def g(a, b):  # mine\n\n    s = a * b\n    for k in range(10):\n        s = s + np.sin(k) * a[k] - b\n"
    two += "    return s\n"
    assert set(fingerprints(one)) == set(fingerprints(two)) != set()


def test_the_page_shows_pairs_and_runs_nothing(proven):
    code = novel(1) + "\n" + novel(2)
    submit(proven, "Doe_Jane", answered(proven, double=f"def double(x):\n    return x + x\n\n{code}\n# <script>"))
    with pytest.raises(StaffError, match="needs two at least"):
        write(proven, "hw0-tiny", proven.root / "report")
    submit(proven, "Roe_Rita", answered(proven, double=f"{code}\n\ndef double(x):\n    return 2 * x"))
    submit(proven, "Moe_Nina", answered(proven))
    count, equal, page = write(proven, "hw0-tiny", proven.root / "report")
    text = page.read_text()
    assert count == 1 and equal == 0 and "Doe_Jane and Roe_Rita" in text and "<mark>" in text and "<script" not in text
    assert "Moe_Nina" not in text and "Doe_Jane" in (proven.root / "report" / "similarity.csv").read_text()


def test_equal_files_are_shown_and_what_all_were_given_is_not(proven):
    """Design, decision 8: equal blocks in two submissions are flagged."""
    (proven.released("hw0-tiny").parent / "given.csv").write_text("1,2")
    for number, name in enumerate(["Ann_A", "Bob_B", "Cid_C", "Dee_D"]):
        submit(proven, name, answered(proven))
        files = {"weights.pt": b"mine %d" % (number // 2 * number), "given.csv": b"1,2", "empty.csv": b""}
        files["history.json" if number else "my_history.json"] = b"[0.1]"
        handin = proven.submitted(name, "hw0-tiny") / "handin"
        handin.mkdir()
        for file, payload in files.items():
            (handin / file).write_bytes(payload)
    table = equal_files(proven, "hw0-tiny")
    assert table.to_numpy().tolist() == [
        ["weights.pt", 6, 2, 4, "Ann_A, Bob_B"],
        ["history.json, my_history.json", 5, 4, 4, "Ann_A, Bob_B, Cid_C, Dee_D"],
    ]
    _, count, page = write(proven, "hw0-tiny", proven.root / "report")
    text = page.read_text()
    assert count == 2 and "Equal files" in text and "Ann_A, Bob_B" in text and "no accusation" in text
    assert '"weights.pt","6","2","4","Ann_A, Bob_B"' in (page.parent / "equal-files.csv").read_text()


COMMENT = "    # the sum of a number with itself, as the first semester has it, and not the product"
LONG = f"def double(x):\n{COMMENT}\n    return x + x"


def test_equal_notebooks_are_equal_files(proven):
    """Three of four have one file, and a fifth its answers under another name: in a small class, too."""
    inbox = {name: answered(proven, double=LONG) for name in ("Ann_A", "Bob_B", "Cid_C", "Dee_D")}
    inbox["Dee_D"].cells.append(nbformat.v4.new_code_cell("print('my own cell')"))
    inbox["Eve_E"] = answered(proven, double=LONG.replace("x", "number"))
    for name, nb in inbox.items():
        put(proven, f"{name}_hw0-tiny.ipynb", nb)
    for name in ("Bob_B", "Cid_C"):
        shutil.copy(proven.root / "inbox" / "Ann_A_hw0-tiny.ipynb", proven.root / "inbox" / f"{name}_hw0-tiny.ipynb")
    put(proven, "Fay_F_hw0-tiny.ipynb", raw=proven.released("hw0-tiny").read_text())  # as it was handed out
    put(proven, "Gil_G_hw0-tiny.ipynb", raw=proven.released("hw0-tiny").read_text())
    assert len(take(proven).taken) == 7
    table = equal_files(proven, "hw0-tiny")
    assert table[["file", "students", "of", "who"]].to_numpy().tolist() == [
        [NOTEBOOK, 3, 5, "Ann_A, Bob_B, Cid_C"],
        [ANSWERS, 4, 5, "Ann_A, Bob_B, Cid_C, Dee_D"],
    ]
    page = write(proven, "hw0-tiny", proven.root / "report")[2].read_text()
    assert "the notebook&#39;s answers" in page and "With fewer than 15" in page
