"""Answers that are there and never run need review; those that run, or are run from a file, do not."""

import pytest

from tests.intake.test_pasted import answered
from tests.intake.test_readable import STUB
from tests.support.notebooks import RIGHT

LAZY = "def double(x):\n    'Twice.'\n    raise NotImplementedError('later')"  # a stub, and not the released one
INDENTED = RIGHT.strip().replace("\n", "\n    ")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (f'{STUB}\n\n"""\n{RIGHT}"""', "speaks of double"),
        (f'{LAZY}\n\nmine = r"""\n{RIGHT}"""', "speaks of double"),
        (f"if False:\n    {INDENTED}", "speaks of double"),
        (f"{STUB}\nif not True:\n    {INDENTED}", "speaks of double"),
        (f"while 0:\n    {INDENTED}", "speaks of double"),
        (f"if 1 == 0:\n    {INDENTED}", "speaks of double"),
        (f"{STUB}\nif 'a' != 'a':\n    {INDENTED}", "speaks of double"),
        (f"if True:\n    pass\nelse:\n    {INDENTED}", "speaks of double"),
        (LAZY + "\n" + "\n".join(f"# {line}" for line in RIGHT.splitlines()), "is in comments"),
        (f"%%timeit -n 1\n{RIGHT}", "is below %%timeit"),
        (f"\n%%capture\n%%timeit\n{RIGHT}", "is below %%timeit"),
        (f"{RIGHT}\n\n{LAZY}", "the stub below defines it again"),
        (f"{STUB}\n    return x + x", "below the stub's `raise`"),
    ],
)
def test_an_answer_that_is_never_run_needs_review(left, said):
    record = answered(left)[2]
    assert [r.cell for r in record.repairs if said in r.text and r.review] == ["q1-1-double"]


@pytest.mark.parametrize(
    "answer",
    [LAZY, f"{STUB}\nprint('double(x) is hard')", f"{STUB}\n\n{RIGHT}", f"if False:\n    pass\nelse:\n    {INDENTED}",
     f"while True:\n    {INDENTED}\n    break", f"if __name__ == '__main__':\n    {INDENTED}", f"%%time\n{RIGHT}",
     f"%%prun\n{RIGHT}", f"{RIGHT}\n%timeit double(3)", f'"""def double(x): twice"""\n{RIGHT}',
     f'exec("""\n{RIGHT}""")', f"{RIGHT}\n\n{LAZY}\n\n{RIGHT}",
     "globals()['double'] = lambda x: 2 * x", "import __main__\nsetattr(__main__, 'double', lambda x: 2 * x)",
     "match [lambda x: 2 * x]:\n    case [double]:\n        pass",
     "match {'f': abs}:\n    case {**double}:\n        pass",
     "get_ipython().push({'double': lambda x: 2 * x})"],
)  # fmt: skip
def test_an_answer_that_runs_and_one_that_is_none_need_no_review(answer):
    assert not answered(answer)[2].review


def test_what_another_cell_defines_needs_no_review():
    assert not [r for r in answered(f"%%timeit\n{RIGHT}", RIGHT)[2].repairs if r.what == "unrun"]
    assert [r for r in answered(f"%%timeit\n{RIGHT}", "model.eval()")[2].repairs if r.what == "unrun"]


@pytest.mark.parametrize("run", ["%run mine.py", "%run -i ./mine", "from mine import *", "run mine.py", ""])
def test_a_file_that_is_written_counts_where_it_is_run(run):
    record = answered(f"%%writefile mine.py\n{RIGHT}", run or "%run others.py")[2]
    said = [r.text for r in record.repairs if r.what == "unrun"]
    assert [("mine.py" in text, "no cell runs that file" in text) for text in said] == ([] if run else [(True, True)])
