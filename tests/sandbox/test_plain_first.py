"""Reading a cell as Python first says the same of it as IPython, and says it sooner."""

import warnings
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipykernel import zmqshell
from IPython.core.inputtransformer2 import MagicAssign, TransformerManager

from coursework.sandbox.plain_first import Compiler, PlainFirst, ZMQInteractiveShell

ROOT = Path(__file__).parents[2]
LINES = (
    "x = 1", "def f(a):", "    return a", "    %time f(1)", "%matplotlib inline", "!ls -l", "files = !ls", "y = %pwd",
    "f?", "?f", "x = 5 \\", "    % 3", "s = '''", "%time inside", "'''", "print(", ")", "a = [", "% 2]", "# why?", "",
    "  # indented", ">>> x", "... y", "In [1]: x", "   ...: y", "%%time", "%%bash", "/f x", ";f x", ",f x",
    "z: int = 3", "if x: y = 'a?'", "await g()", "x = f'{x!r}'", "@decorated", "lambda: 0", "match x:",
    "    case 1: pass", "\tq = 1", "r'\\d'", "'\\d'", "x is 1", "\x0c", "x = 1;", "return", "n = 'ä'; м = 2",
)  # fmt: skip


def same(text: str) -> None:
    found = []
    for manager in (TransformerManager(), PlainFirst()):
        try:
            found.append(manager.transform_cell(text))
        except Exception as error:
            found.append(type(error))
    assert found[0] == found[1]


@given(st.lists(st.sampled_from(LINES), max_size=7))
def test_any_mixture_of_lines_is_read_as_ipython_reads_it(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        same("\n".join(lines))


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/*/*.ipynb")), ids=lambda path: path.stem)
def test_so_are_all_our_cells(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            same(cell.source)


def test_a_transformer_that_a_student_adds_is_heard():
    class Answer(MagicAssign):
        @classmethod
        def find(cls, tokens_by_line):
            return cls((1, 0)) if tokens_by_line[0][0].string == "x" else None

        def transform(self, lines):
            return ["y = 42\n"]

    manager = PlainFirst()
    assert manager.transform_cell("x = 1") == "x = 1\n"
    manager.token_transformers.append(Answer)
    assert manager.transform_cell("x = 1") == "y = 42\n"


def test_it_says_nothing_of_its_own():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert PlainFirst().transform_cell("x = '\\d'\n") == "x = '\\d'\n"


@pytest.mark.parametrize("text", ["x = 1", "await g()", "async def g(): pass", "[x async for x in g()]", "x = ("])
def test_what_has_to_wait_is_found_as_ipython_finds_it(text):
    asked = {"transformed_cell": text}
    shell = ZMQInteractiveShell()
    assert shell.should_run_async(text, **asked) == zmqshell.ZMQInteractiveShell().should_run_async(text, **asked)


def test_a_cell_keeps_its_file_as_long_as_its_text():
    compiler = Compiler()
    names = {text: compiler.get_code_name(text, text, 1) for text in ("x = 1", "x = 2", "ä = '\ud800'")}
    assert len(set(names.values())) == 3 and all("ipykernel_" in name for name in names.values())
    assert compiler.get_code_name("x = 1", "", 7) == names["x = 1"]
