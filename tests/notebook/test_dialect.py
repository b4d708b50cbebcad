"""IPython's dialect is read as IPython runs it: what a cell calls there, its plain Python calls, too."""

import ast

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from coursework.notebook.dialect import DEEP, LONG_HELP, code_tree, reading
from coursework.notebook.whole import parses

# A cell → what it runs as plain Python.
PLAIN = {
    "%time call(1)": "call(1)",
    "%timeit -n 1 -r 1 call(1)": "call(1)",
    "%timeit -n 1_0 -r1 call(1)": "call(1)",
    "%prun -q -s cumtime call(1)": "call(1)",
    "%time %time call(1)": "call(1)",
    "%time %prun -q -l 10 call('a b')": "call('a b')",
    "%time x = call(1)": "x = call(1)",
    "x = %time call(1)": "x = call(1)",
    "%time call(1)  # fast": "call(1)",
    "x = %time call(1)  # fast": "x = call(1)",
    "%timeit -n 1 -r 1 call(1)  # fast": "call(1)",
    "%prun -q call(1)  # fast": "call(1)",
    "x = %time y = call(1)": "x = None\ny = call(1)",
    "x['k'] = %time call(1)": "x['k'] = call(1)",
    "x = !true": "x = None",
    "x['k'] = !true": "x['k'] = None",
    "x: list = !true": "x: list = None",
    "!true \\\ncall(1)": "pass",  # the shell's, in one line with it
    "!true \\ \ncall(1)": "pass\ncall(1)",  # a blank behind the backslash ends the line
    "!true \\\r\ncall(1)": "pass\ncall(1)",
    "!true {call(1)}": "call(1)",
    "%alias_magic again time\n%again call(1)": "pass\ncall(1)",
    "%%html {call(1)}\n<b>": "call(1)",
    "%time call(1, \\\n   2)\ncall(3)": "call(1, 2)\ncall(3)",
    "%%time\ncall(1)": "pass\ncall(1)",
    "%%time\n    x = 1\n    call(x)": "pass\nx = 1\ncall(x)",
    "%%time\n>>> x = 1\n>>> call(x)": "pass\nx = 1\ncall(x)",
    "%%time\n%%capture out\ncall(1)": "pass\nout = None\ncall(1)",
    "%%timeit -n 1 -r 1 x = call(1)\ncall(2)": "x = call(1)\ncall(2)",
    "%%capture out\ncall(1)": "out = None\ncall(1)",
    "if 0:\n    %html x\ncall(1)": "if 0:\n    pass\ncall(1)",
    "if 0:\n    %%html\ncall(1)": "if 0:\n    pass\ncall(1)",
    "%%html\n<b>": "pass",
    "call?": "pass",
    "x = call?": "pass",
    "?call": "pass",
    "/call 1 2": "call(1, 2)",
    ",call a b": "call('a', 'b')",
    "time call(1)": "call(1)",
    "    x = 1\n    %time call(x)": "x = 1\ncall(x)",
    "In [3]: x = 1\n   ...: %time call(x)": "x = 1\ncall(x)",
    "x = '''\n%time call(1)\n'''": "x = '\\n%time call(1)\\n'",
    "for i in (1, 2):\n    %time call(i)\nelse:\n    %time call(3)": (
        "for i in (1, 2):\n    call(i)\nelse:\n    call(3)"
    ),
    "x = 7 % 4\nif x: %time call(x)": "",
    "%time call 1": "pass",
}
SILENT = ("call?", "x = call?", "?call")  # help needs the shell's pager


@pytest.mark.parametrize("cell", PLAIN)
def test_a_cell_reads_as_it_runs(cell):
    if PLAIN[cell]:
        assert ast.unparse(code_tree(cell)) == PLAIN[cell]
    else:
        with pytest.raises(ValueError, match="line 2 cannot be read"):
            code_tree(cell)


@pytest.mark.parametrize("cell", [cell for cell in PLAIN if PLAIN[cell] and cell not in SILENT])
def test_what_ipython_calls_is_what_is_read(cell):
    ran, seen = [], []
    shell = InteractiveShell()
    shell.user_ns.update(call=lambda *given: ran.append(given), x={})
    with capture_output():
        shell.run_cell(cell)
    exec(compile(code_tree(cell), "<read>", "exec"), {"call": lambda *given: seen.append(given), "x": {}})
    repeated = "timeit" in cell  # it may call more than once
    assert (set(ran) == set(seen)) if repeated else (ran == seen)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("pip install torch", True),  # in a cell of one line IPython lets one leave out the sign
        ("time f(1)", True),
        ("%time f(1)\nx = 2", True),
        ("x = !ls", True),
        ("pip install torch\nx = 1", False),
        ("three words here", False),
        ("    return y", False),  # a piece, though IPython would take the indentation off
        (">>> x = 1", False),
    ],
)
def test_a_text_is_whole_as_it_is_or_with_its_magics(text, whole):
    assert parses(text) == whole


@pytest.mark.parametrize(
    ("cell", "magics"),
    [
        ("x = 1\n\n%time %timeit f()", [(3, "time"), (3, "timeit")]),
        ("%%time\n%%capture out\n!ls", [(1, "time"), (2, "capture"), (3, "!")]),
        ("!ls \\\n  -l\n%run a.py\n?f", [(1, "!"), (3, "run")]),
        ("%%bash\n%run a.py", [(1, "bash")]),
    ],
)
def test_magics_are_known_by_line_and_name(cell, magics):
    assert reading(cell)[1] == magics


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("\n\n%time f(1, \\\n  2)\ng(\n1)", [3, 5]),
        ("%%time\n\n\n  x = 1\n  y = 2", [1, 4, 5]),
        ("!a \\\nb \\\nc\nx", [1, 4]),
    ],
)
def test_lines_keep_their_numbers(cell, lines):
    assert [node.lineno for node in code_tree(cell).body] == lines


@pytest.mark.parametrize(
    "cell",
    [
        "x = (\n",
        "%time call(",
        "x = %time for a in b: call(a)",
        "%time " * (DEEP + 2) + "call(1)",
        "!ls\n" * 4_000,
        "(" + "a" * 2 * LONG_HELP + "?",
        "a" * 2 * LONG_HELP + " b?",
        "!ls\n" + "(" * 50_000,
        "x = 1\n\0",
        "a b",
    ],
)
def test_what_cannot_be_read_is_one_sentence(cell):
    with pytest.raises(ValueError, match=r"read|no Python has") as error:
        code_tree(cell)
    assert "\n" not in str(error.value)
